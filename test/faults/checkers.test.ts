import { describe, expect, test } from 'vitest';
import { type Engine, ourEngine } from '../../src/check/engine.js';
import { Node, type Op } from '../../src/graph/index.js';
import { mul, stopGradient, tanh } from '../../src/ops/index.js';
import { checkGrads as autograd } from './checkers/autograd.js';
import { gradcheck, gradcheckFast } from './checkers/gradcheck.js';
import { checkGrads as jax } from './checkers/jax.js';
import type { Check, Subject } from './checkers/subject.js';
import { expectArraysClose } from './checkers/tfjs.js';

/** x with a gradient that is off: by a factor, and by so much. */
const off = (factor: number, by = 0): Subject['f'] => {
  const op: Op = {
    name: 'x',
    formula: 'y = x',
    shape: (x) => x,
    kernel: (y, x) => () => y.data.set(x.data),
    vjp: (dy) => [() => (by === 0 ? mul(factor, dy) : mul(factor + by, dy))],
  };
  return (x) => new Node(op, [x!], x!.shape);
};

const at = (f: Subject['f'], ...values: number[]): Subject => ({
  f,
  inputs: [{ shape: [values.length], values: Float64Array.from(values) }],
});

const says = (check: Check, subject: Subject, engine: Engine = ourEngine) => check(subject, engine);

/** The largest error that a checker lets pass, of a slope of 1 and of one of `small`. */
const limits: [string, Check, number][] = [
  ['gradcheck', gradcheck[0]!, 1e-3 + 1e-5],
  ['gradcheck, fast', gradcheckFast[0]!, 1e-3 + 1e-5],
  ['JAX check_grads', jax[0]!, 2e-5],
  ['autograd check_grads', autograd[0]!, 2e-6],
];

describe('the procedures of other checkers find what is beyond their tolerance, and nothing else', () => {
  test.each(limits)('%s', (_name, check, limit) => {
    expect(says(check, at(off(1), 1))).toBe('right');
    expect(says(check, at(off(1 + limit / 4), 1))).toBe('right');
    expect(says(check, at(off(1 + limit * 4), 1))).toBe('wrong');
  });

  test.each(limits)('%s finds NaN', (_name, check) => {
    expect(says(check, at(off(Number.NaN), 1))).toBe('wrong');
  });

  test('gradcheck looks at every entry of the Jacobian, the others at a projection', () => {
    // The two elements of x change places on the way back: with u = v nothing would show.
    const swapped: Op = {
      name: 'x',
      formula: 'y = x',
      shape: (x) => x,
      kernel: (y, x) => () => y.data.set(x.data),
      vjp: (dy) => [() => flipped(dy)],
    };
    const flipped = (x: Node): Node =>
      new Node(
        {
          ...swapped,
          kernel:
            (y, { data }) =>
            () =>
              y.data.set([...data].reverse()),
        },
        [x],
        x.shape,
      );
    const subject = at((x) => new Node(swapped, [x!], x!.shape), 1, 2);
    expect(says(gradcheck[0]!, subject)).toBe('wrong');
  });

  test('gradcheck runs the backward pass twice, and with a dy of zeros', () => {
    let runs = 0;
    const moody: Engine = {
      gradients: ourEngine.gradients,
      prepare: (nodes) => {
        const right = ourEngine.prepare(nodes);
        return {
          ...right,
          value: (node) => right.value(node).map((x) => x * (1 + (runs++ % 2) * 1e-15)),
        };
      },
    };
    expect(says(gradcheck[0]!, at(tanh as Subject['f'], 0.5), moody)).toBe('wrong');
    const constant = at(
      (x) => new Node({ ...off(1)(x!).op, vjp: (dy) => [() => mul(0, dy)] }, [x!], x!.shape),
      1,
    );
    expect(says(gradcheck[0]!, constant)).toBe('wrong');
  });

  test('all but tfjs look at second order', () => {
    const saved = at((x) => mul(x!, stopGradient(x!)), 0.5, 1.5);
    for (const checks of [gradcheck, gradcheckFast, jax, autograd]) {
      expect(checks.length).toBe(2);
      expect(says(checks[1]!, saved)).toBeDefined();
    }
  });

  test('tfjs: 10⁻³ whatever the size, and what is not finite is close', () => {
    const right = { ...at(off(1), 1), dy: Float64Array.of(1) };
    const told = (factor: number) =>
      expectArraysClose({ ...right, f: off(factor) }, right, ourEngine);
    expect(told(1.0005)).toBe('right');
    expect(told(1.002)).toBe('wrong');
    expect(told(Number.NaN)).toBe('wrong');
    const infinite = { ...right, f: off(Number.POSITIVE_INFINITY) };
    expect(expectArraysClose({ ...right, f: off(Number.NaN) }, infinite, ourEngine)).toBe('right');
  });
});
