import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/check/index.js';
import {
  assertGradient,
  assertOp,
  type Build,
  checkGradient,
  checkKink,
  checkLaw,
  checkTranspose,
  explain,
  type Value,
} from '../../src/check/index.js';
import type { Definition } from '../../src/check/use.js';
import { weigh } from '../../src/check/witnesses/weigh.js';
import { apply, constant, type Node, type Op } from '../../src/graph/index.js';
import {
  abs,
  add,
  concatenate,
  exp,
  log,
  matmul,
  maximum,
  mul,
  neg,
  relu,
  sigmoid,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  tanh,
} from '../../src/ops/index.js';
import { cube } from './support/ops.js';

const point: Value[] = [
  [
    [0.5, -1.25, 2],
    [0.75, 0.125, -0.375],
  ],
];

/** y = x·s(x) element by element with the given rule: s = sin, whose rule is cos. */
function planted(rule: (dy: Node, y: Node, x: Node) => Node): Build {
  const op: Op = {
    name: 'planted',
    formula: 'y = x^3',
    shape: (x) => x,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3;
      },
    vjp: (dy, y, x) => [() => rule(dy, y, x)],
  };
  return (x) => apply(op, x);
}

describe('checkGradient', () => {
  test('right rules pass, every entry of every input', () => {
    const verdict = checkGradient((x, w) => tanh(matmul(x, w)), [...point, [[0.3], [-0.7], [1.1]]]);
    expect(verdict).toMatchObject({ outcome: 'passed', entries: 9 });
    expect(
      checkGradient(
        planted((dy, _, x) => mul(dy, mul(3, square(x)))),
        point,
      ).outcome,
    ).toBe('passed');
  });

  test('ops that take options are functions of their inputs', () => {
    const [A, B] = [[[0.5, -1.25]], [[2], [0.75]]];
    expect(checkGradient(matmul, [A, B]).outcome).toBe('passed');
    expect(checkLaw('branches', sum, [A]).outcome).toBe('passed');
    expect(checkTranspose(matmul, [A, B]).outcome).toBe('passed');
    expect(checkKink(maximum, [1, 1]).outcome).toBe('passed');
    assertGradient(sum, [A]);
    // @ts-expect-error: nodes are not what it needs.
    expect(() => checkGradient((x: Node, times: string) => label(times, x), [1, 2])).toThrow();
    // @ts-expect-error: there is an input too few for it.
    expect(() => checkGradient(matmul, [A])).toThrow(/input B is undefined/);
  });

  const faults: Record<string, (dy: Node, y: Node, x: Node) => Node> = {
    'a factor of 1 + 10⁻⁷': (dy, _, x) => mul(1 + 1e-7, mul(dy, mul(3, square(x)))),
    'a wrong sign': (dy, _, x) => neg(mul(dy, mul(3, square(x)))),
    'a rule that gives nothing': (dy) => mul(dy, 0),
    'a wrong factor': (dy, _, x) => mul(dy, mul(2, square(x))),
    'y for x': (dy, y) => mul(dy, mul(3, square(y))),
    'a forgotten ∂L/∂y': (_dy, _y, x) => mul(3, square(x)),
    'the sum over all elements': (dy, _, x) => mul(sum(dy), mul(3, square(x))),
    'a gradient that is NaN': (dy, _, x) => mul(dy, log(sub(square(x), square(x)))),
    'an error in one element only': (dy, _, x) =>
      mul(
        dy,
        add(
          mul(3, square(x)),
          constant([
            [0, 0, 0],
            [0, 0, 1e-6],
          ]),
        ),
      ),
  };
  test.each(Object.entries(faults))('finds %s', (_, rule) => {
    const verdict = checkGradient(planted(rule), point);
    expect(verdict.outcome).toBe('failed');
    expect(explain(verdict)).toMatch(
      /a gradient is wrong: input 1, \[\d, \d\] = .*\n(.*\n)? *backward gives/,
    );
    expect(() => assertGradient(planted(rule), point)).toThrow(/a gradient is wrong/);
  });

  test('what is thrown leads to the line of the user', () => {
    const lineOf = (check: () => void): string => {
      try {
        check();
      } catch (error) {
        return /^ +at .*/m.exec((error as Error).stack!)![0];
      }
      return 'nothing is thrown';
    };
    const wrong = planted((dy) => dy);
    expect(lineOf(() => assertGradient(wrong, point))).toContain('gradient.test.ts');
    expect(lineOf(() => assertOp(wrong, {}, { runs: 5 }))).toContain('gradient.test.ts');
  });

  test('finds a fault in gradients that are small, next to an input whose are not', () => {
    const wrong = (x: Node, w: Node): Node =>
      concatenate([mul(1e-5, planted((dy, _, a) => mul(dy, square(a)))(x)), square(w)]);
    expect(checkGradient(wrong, [[0.5], [2]])).toMatchObject({
      outcome: 'failed',
      worst: { slot: 0 },
    });
  });

  test('finds a broadcast that is not summed back, and a transposed rule', () => {
    const rows: Op = {
      name: 'rows',
      formula: 'y_{ij} = x_j',
      shape: ([n]) => [2, n!],
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          y.set(x);
          y.set(x, x.length);
        },
      vjp: (dy) => [() => sum(mul(dy, constant([[1], [0]])), 0)],
    };
    expect(checkGradient((x) => apply(rows, x), [[1, 2, 3]]).outcome).toBe('failed');
    const product: Op = {
      name: 'product',
      formula: 'Y = S X',
      shape: (x) => x,
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          y[0] = x[0]! + 2 * x[1]!;
          y[1] = x[1]!;
        },
      vjp: (dy) => [() => apply(product, dy)],
    };
    expect(checkGradient((x) => apply(product, x), [[1, 2]]).outcome).toBe('failed');
  });

  test('all that is looked at, beside the gradient', () => {
    const cubed: Definition = (A, x) => x!.map((value) => A.mul(value, A.mul(value, value)));
    const right = planted((dy, _, x) => mul(dy, mul(3, square(x))));
    expect(checkGradient(right, point, { order: 2, definition: cubed }).outcome).toBe('passed');
    const squared: Definition = (A, x) => x!.map((value) => A.mul(value, value));
    expect(checkGradient(right, point, { definition: squared })).toMatchObject({ law: 'value' });
    const constantSlope = planted((dy, _, x) => mul(dy, mul(3, square(stopGradient(x)))));
    expect(checkGradient(constantSlope, point).outcome).toBe('passed');
    expect(checkGradient(constantSlope, point, { order: 2 })).toMatchObject({
      law: 'second order',
      worst: { slot: 0 },
    });
    const writes = cube({
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3;
          x.fill(0);
        },
    });
    expect(checkGradient(writes, point)).toMatchObject({ law: 'untouched', blame: { op: 'cube' } });
    let runs = 0;
    const drifts = cube({
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          runs += 1;
          for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3 + runs;
        },
    });
    expect(checkGradient(drifts, point)).toMatchObject({ law: 'determinism' });
  });

  test('what is linear has no second derivative, and that is right', () => {
    expect(checkGradient((x) => mul(3, x), point, { order: 2 }).outcome).toBe('passed');
  });

  test('the arrays of a caller stay as they were', () => {
    const values = Float64Array.of(0.5, -1.25);
    checkGradient(tanh, [values], { order: 2 });
    checkKink(abs, [values]);
    expect(values).toEqual(Float64Array.of(0.5, -1.25));
  });

  test('a check that could not have failed does not count', () => {
    expect(checkGradient((x) => mul(x, 0), point)).toMatchObject({ reason: 'zero' });
    expect(checkGradient((x) => sub(x, x), point)).toMatchObject({ reason: 'zero' });
    expect(checkGradient((x) => x, [[]])).toMatchObject({ reason: 'zero', entries: 0 });
    expect(() => assertGradient((x) => mul(x, 0), point)).toThrow(/every gradient was 0/);
  });

  test('where differences can tell nothing, it says so', () => {
    // f is flat to the last bit at 40, though its slope is 4·10⁻¹⁸.
    expect(checkGradient(sigmoid, [40])).toMatchObject({ reason: 'rough' });
    expect(checkGradient(log, [-1])).toMatchObject({ reason: 'not finite' });
    expect(() => assertGradient(sqrt, [-1])).toThrow(/not finite here; take another point/);
    // a kink within the smallest step
    const near = checkGradient((x) => relu(sub(x, 1)), [1 + 2 ** -14]);
    expect(near).toMatchObject({ reason: 'rough' });
    expect(explain(near)).toMatch(
      /take another point, or allow them a larger error by gate\. input/,
    );
  });

  test('constant slots, several inputs, scalars', () => {
    const verdict = checkGradient((a, b, c) => mul(add(a, b), exp(c)), [2, [1, 2], 0.5], {
      slots: [1, 2],
    });
    expect(verdict).toMatchObject({ outcome: 'passed', entries: 3 });
  });
});

describe('checkKink', () => {
  test.each<[string, Build]>([
    ['relu', relu],
    ['abs', abs],
    ['maximum with itself', (x) => maximum(x, constant([0, 0, 0]))],
  ])('%s', (_, f) => {
    expect(checkKink(f, [[0, 1, -1]]).outcome).toBe('passed');
  });

  test('a slope that f has on neither side is found', () => {
    const op = (slope: number): Op => ({
      name: 'bent',
      formula: 'y = \\max(x, 0)',
      shape: (x) => x,
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = Math.max(x[i]!, 0);
        },
      vjp: (dy) => [() => mul(dy, slope)],
    });
    for (const slope of [0, 0.5, 1])
      expect(checkKink((x) => apply(op(slope), x), [0]).outcome).toBe('passed');
    for (const slope of [-1e-6, 1 + 1e-6, 2])
      expect(checkKink((x) => apply(op(slope), x), [0]).outcome).toBe('failed');
  });
});

describe('checkTranspose', () => {
  test('right rules pass', () => {
    const verdict = checkTranspose((x, w) => sin(matmul(x, w)), [...point, [[0.3], [-0.7], [1.1]]]);
    expect(verdict.outcome).toBe('passed');
  });

  test('a wrong rule, and one that is not linear in ∂L/∂y, fail', () => {
    expect(
      checkTranspose(
        planted((dy, _, x) => mul(dy, square(x))),
        point,
      ).outcome,
    ).toBe('failed');
    const bent = planted((dy, _, x) => mul(mul(dy, square(dy)), mul(3, square(x))));
    expect(checkTranspose(bent, point).outcome).toBe('failed');
    // right by itself, but with a derivative of its own that is not
    const cut = planted((dy, _, x) => mul(stopGradient(dy), mul(3, square(x))));
    expect(checkLaw('gradient', cut, point).outcome).toBe('passed');
    expect(checkTranspose(cut, point).outcome).toBe('failed');
    expect(checkGradient(cut, point)).toMatchObject({ outcome: 'failed', law: 'forward mode' });
    const definition: Definition = (A, x) => x!.map((v) => A.mul(v, A.mul(v, v)));
    expect(checkGradient(cut, point, { definition })).toMatchObject({ law: 'forward mode' });
    const nearly = planted((dy, _, x) => {
      const almost = add(mul(1 - 1e-9, dy), mul(1e-9, stopGradient(dy)));
      return mul(almost, mul(3, square(x)));
    });
    expect(checkTranspose(nearly, point).outcome).toBe('failed');
  });
});

describe('what counts as right', () => {
  const entry = (backward: number, value: number, error: number, slot = 0): Entry => ({
    slot,
    index: 0,
    at: [],
    x: 0,
    backward,
    differences: { value, error },
  });
  const outcome = (entries: Entry[], size = 1): string => {
    const verdict = weigh(entries, 1e-9, size);
    return verdict.outcome === 'inconclusive' ? verdict.reason : verdict.outcome;
  };

  test('ten errors of the differences, and a relative 10⁻¹²', () => {
    expect(outcome([entry(1 + 9e-10, 1, 1e-10)])).toBe('passed');
    expect(outcome([entry(1 + 12e-10, 1, 1e-10)])).toBe('failed');
    expect(outcome([entry(1e-6 * (1 + 0.9e-12), 1e-6, 0)], 0)).toBe('passed');
    expect(outcome([entry(1e-6 * (1 + 1.1e-12), 1e-6, 0)], 0)).toBe('failed');
  });

  test('a rounding error of the largest gradient of its input, or of f', () => {
    expect(outcome([entry(1e-16, 0, 0), entry(1, 1, 0)], 0)).toBe('passed');
    expect(outcome([entry(1e-15, 0, 0), entry(1, 1, 0)], 0)).toBe('failed');
    expect(outcome([entry(1e-16, 0, 0), entry(1, 1, 0, 1)], 0)).toBe('failed');
    expect(outcome([entry(1e-16, 0, 0)], 1)).not.toBe('failed');
  });

  test('differences that are too rough are no witness, for or against', () => {
    expect(outcome([entry(1, 1, 2e-9)])).toBe('rough');
    expect(outcome([entry(2, 1, 1e-8)])).toBe('rough');
    expect(outcome([entry(2, 1, 1e-8), entry(2, 1, 1e-12)])).toBe('failed');
    expect(outcome([entry(0, 1e-17, 1e-16)], 1)).toBe('passed');
    expect(outcome([entry(0, 1e-17, 1e-16)], 1e-9)).toBe('rough');
  });

  test('NaN and ∞ are wrong where f has a slope, and nothing where it has none', () => {
    expect(outcome([entry(Number.NaN, 1, 1e-12)])).toBe('failed');
    expect(outcome([entry(Number.POSITIVE_INFINITY, 1, 1e-12)])).toBe('failed');
    expect(outcome([entry(Number.NaN, Number.NaN, Number.POSITIVE_INFINITY)])).toBe('not finite');
    expect(outcome([])).toBe('zero');
  });
});
