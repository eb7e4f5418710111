// What goes wrong with an op of one's own is said of the op, and not of the engine that runs it.
import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkGradient,
  checkLaw,
  explain,
  type Failed,
  type SmoothLaw,
} from '../../src/check/index.js';
import { apply, type Node, type Op } from '../../src/graph/index.js';
import { add, exp, greater, log, mul, neg, sin, sqrt, where } from '../../src/ops/index.js';
import { engineWith } from './support/engines.js';
import { keeping } from './support/ops.js';

const point = [[0.5, -1.25]];

/** x² by another kernel. */
const squareBy = (kernel: Op['kernel'], promise: Partial<Op> = {}): Build => {
  const op: Op = {
    name: 'sq',
    formula: 'y = x^2',
    shape: (x) => x,
    kernel,
    vjp: (dy, _y, x) => [() => mul(dy, mul(2, x!))],
    ...promise,
  };
  return (x) => sin(apply(op, mul(x!, 1)));
};

function failureOf(law: SmoothLaw, f: Build): Failed {
  const verdict = checkLaw(law, f, point);
  if (verdict.outcome !== 'failed') throw new Error(explain(verdict));
  return verdict;
}

describe('a kernel', () => {
  let runs = 0;
  const kernels: [string, SmoothLaw[], Op['kernel'], RegExp][] = [
    [
      'that adds to what is there',
      ['order', 'determinism', 'poison'],
      (y, x) => () => {
        for (const [i, v] of x.data.entries()) y.data[i]! += v * v;
      },
      /sq \[2\], \[0\] is .* in the first run and .* in the second|the kernel reads what it has not written/,
    ],
    [
      'that writes to its input',
      ['order', 'untouched'],
      (y, x) => () => {
        for (const [i, v] of x.data.entries()) {
          y.data[i] = v * v;
          x.data[i] = 0;
        }
      },
      /the kernel of sq \[2\] writes to its input x/,
    ],
    [
      'that counts its runs',
      ['order', 'determinism'],
      (y, x) => () => {
        runs += 1;
        for (const [i, v] of x.data.entries()) y.data[i] = v * v + runs * 2 ** -30;
      },
      /sq \[2\], \[0\] is/,
    ],
  ];
  const cases = kernels.flatMap(([what, laws, kernel, told]) =>
    laws.map((law) => [what, law, kernel, told] as const),
  );
  test.each(cases)('%s: %s', (_what, law, kernel, told) => {
    const verdict = failureOf(law, squareBy(kernel));
    expect(verdict.blame).toMatchObject({ suspect: 'kernel', op: 'sq', node: 'sq [2]' });
    expect(explain(verdict)).toMatch(/to blame {9}the kernel of sq, in sq \[2\]/);
    expect(explain(verdict)).toMatch(told);
  });

  test('that counts its runs: it is said once', () => {
    const kernel: Op['kernel'] = (y, x) => () => {
      runs += 1;
      for (const [i, v] of x.data.entries()) y.data[i] = v * v + runs;
    };
    const told = explain(failureOf('determinism', squareBy(kernel)));
    expect(told.match(/in the first run/g)).toHaveLength(1);
  });

  test('that does not hold what the op promises', () => {
    const reverse: Op['kernel'] = (y, x) => () => {
      const n = y.data.length;
      for (let i = 0; i < n; i++) y.data[i] = x.data[n - 1 - i]! ** 2;
    };
    const verdict = failureOf('order', squareBy(reverse, { elementwise: true }));
    expect(verdict.blame).toMatchObject({ suspect: 'kernel', op: 'sq' });
  });

  test('that keeps what it is given, used twice', () => {
    const f = keeping();
    const verdict = checkGradient((x) => add(f(x), f(mul(x, 0.5))), point);
    expect(verdict).toMatchObject({
      law: 'gradient',
      blame: { suspect: 'kernel', op: 'keeping' },
      cause: { text: expect.stringContaining('keeps something from one use to the next') },
    });
  });

  test('an engine that is wrong is still the engine', () => {
    const engine = engineWith({ join: (_, term) => term });
    const verdict = checkGradient((x) => mul(sin(x), exp(x)), point, { engine });
    expect(verdict).toMatchObject({ outcome: 'failed', blame: { suspect: 'engine' } });
  });
});

describe('0·∞', () => {
  const masked =
    (f: (x: Node) => Node): Build =>
    (x) =>
      where(greater(x, 0), f(x), 0);

  test('of what a mask selects away', () => {
    const verdict = checkGradient(masked(sqrt), [[-1]]);
    expect(verdict).toMatchObject({
      outcome: 'failed',
      blame: { suspect: 'rule', op: 'sqrt', slot: 0, index: [0] },
      cause: { name: 'not finite' },
    });
    expect(explain(verdict)).toMatch(/to blame {9}the backward rule of sqrt, in sqrt \[1\]/);
    expect(explain(verdict)).toMatch(/where\(x > 0, x, 1\)/);
  });

  test('where f is flat beside what is not', () => {
    // e^(−e^x), which is 0 for a large x, and so is its slope
    const gompertz: Build = (x) => exp(neg(exp(x)));
    const verdict = checkGradient(gompertz, [[0.5, 1000]]);
    expect(verdict).toMatchObject({
      outcome: 'failed',
      worst: { index: 1, backward: Number.NaN, differences: { value: 0 } },
      blame: { suspect: 'rule', op: 'exp' },
      cause: { name: 'not finite' },
    });
    expect(verdict).not.toHaveProperty('blame.entry');
    expect(checkGradient(gompertz, [[0.5, 3]]).outcome).toBe('passed');
    // f itself is not finite: nothing can be told
    expect(checkGradient((x) => log(x), [[0.5, -1]]).outcome).toBe('inconclusive');
    expect(checkGradient((x) => exp(exp(x)), [[0.5, 1000]]).outcome).toBe('inconclusive');
  });

  test('found by another law, and in the midst', () => {
    const verdict = checkGradient((x) => exp(masked(sqrt)(mul(x, 2))), point);
    expect(verdict).toMatchObject({ blame: { suspect: 'rule', op: 'sqrt', index: [1] } });
  });

  test('what is kept out before the op, or is finite there, is right', () => {
    const before: Build = (x) => masked(() => sqrt(where(greater(x, 0), x, 1)))(x);
    expect(checkGradient(before, point).outcome).toBe('passed');
    expect(checkGradient(masked(log), point).outcome).not.toBe('failed');
  });
});
