import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkLaw,
  explain,
  LAWS,
  type SmoothLaw,
  type Value,
} from '../../src/check/index.js';
import { SMOOTH_LAWS } from '../../src/check/laws/index.js';
import { abs, add, mul, relu, sigmoid, softmax, sub, tanh } from '../../src/ops/index.js';
import { engineFaults } from './support/engine-faults.js';
import { cubed, type LawFault, pair, point } from './support/law-faults.js';
import { cube, product } from './support/ops.js';
import { ruleFaults } from './support/rule-faults.js';

const laws = Object.keys(SMOOTH_LAWS) as SmoothLaw[];

/** At least one fault for each law, which that law has to find. */
const faults: Record<SmoothLaw, readonly LawFault[]> = { ...ruleFaults, ...engineFaults };

describe.each(laws)('%s', (law) => {
  test.each(faults[law])('finds %s', (_, check) => {
    const verdict = check(law);
    expect(verdict).toMatchObject({ outcome: 'failed', law });
    expect(explain(verdict)).toContain(
      law === 'gradient' || law === 'second order' ? 'a gradient is wrong' : LAWS[law],
    );
  });

  test('holds for what is right', () => {
    for (const [f, inputs] of [
      [cube(), point],
      [product((dy, a, b) => [mul(dy, b), mul(dy, a)]), pair],
      [(a, b) => tanh(mul(add(a, b), sigmoid(sub(a, b)))), pair],
    ] as [Build, Value[]][]) {
      const definition = inputs === point ? { definition: cubed } : {};
      const verdict = checkLaw(law, f, inputs, definition);
      if (law === 'value' && inputs !== point) {
        expect(verdict).toMatchObject({ reason: 'no definition' });
      } else {
        expect(verdict.outcome, explain(verdict)).toBe('passed');
      }
    }
  });
});

test('where every gradient is 0, laws of the gradient tell nothing', () => {
  for (const law of ['gradient', 'linearity', 'zero seed', 'branches', 'forward mode'] as const) {
    expect(
      checkLaw(law, (x) => relu(sub(-1, abs(x))), point),
      law,
    ).toMatchObject({
      outcome: 'inconclusive',
      reason: 'zero',
    });
  }
});

test('kernels that break a law are named, with label and slot', () => {
  const verdict = faults.untouched[0]![1]('untouched');
  expect(verdict).toMatchObject({
    blame: { suspect: 'kernel', op: 'cube', node: 'cube [2, 3]', slot: 0, slotName: 'x' },
  });
  expect(explain(verdict)).toMatch(/the kernel of cube \[2, 3\] writes to its input x, \[0, 0\]/);
  expect(faults.poison[1]![1]('poison')).toMatchObject({ blame: { op: 'cube' } });
  expect(faults.determinism[0]![1]('determinism')).toMatchObject({ blame: { op: 'cube' } });
});

test('a Hessian that is 0 but for rounding is not said to be askew', () => {
  // p(1 − p)(1 − 2p) is 0 at p = ½
  const even = [{ shape: [1, 2], values: [0.0625, 0.0625] }];
  expect(checkLaw('symmetry', (x) => softmax(x, -1), even).outcome).not.toBe('failed');
});
