import { describe, expect, test } from 'vitest';
import { assertGradient, checkGradient } from '../../src/check/index.js';
import { apply, evaluate, Graph, gradients, input, type Op } from '../../src/graph/index.js';
import { cos, customOp, mul, sum, tanh } from '../../src/ops/index.js';

/** y = A·v for a fixed band matrix, by loops that fill both gradients at once. */
const weighted = customOp({
  name: 'weighted',
  formula: 'y_i = a_i x_i + x_{i+1}',
  shape: (x) => x,
  forward: ({ data: y }, [x, a]) => {
    for (let i = 0; i < y.length; i++) y[i] = a!.data[i]! * x!.data[i]! + (x!.data[i + 1] ?? 0);
  },
  backward: ([dx, da], { data: dy }, _y, [x, a]) => {
    for (let i = 0; i < dy.length; i++) {
      dx!.data[i]! += a!.data[i]! * dy[i]!;
      if (i + 1 < dy.length) dx!.data[i + 1]! += dy[i]!;
      da!.data[i] = x!.data[i]! * dy[i]!;
    }
  },
});

describe('custom ops by loops', () => {
  test('say what they are: by a formula, or by their name', () => {
    const [x, a] = [input('x', [3]), input('a', [3])];
    expect(weighted(x, a).op).toMatchObject({
      name: 'weighted',
      formula: 'y_i = a_i x_i + x_{i+1}',
    });
    const loops = { shape: () => [], forward: () => {}, backward: () => {} };
    expect(customOp({ name: 'wordless', ...loops })(x).op.formula).toBe('y = \\text{wordless}(x)');
  });

  test('several inputs, the gradient of each, inside a larger graph', () => {
    assertGradient(
      (x, a) => tanh(mul(weighted(tanh(x), a), x)),
      [
        [0.5, -1, 0.25],
        [1, 2, -0.5],
      ],
    );
  });

  test('only the input that is asked for, run twice: accumulating loops begin from 0', () => {
    const [x, a] = [input('x', [3]), input('a', [3])];
    const graph = new Graph(sum(weighted(x, a)), { wrt: [x] });
    for (let run = 0; run < 2; run++) {
      graph.forward({ x: [1, 2, 3], a: [4, 5, 6] });
      graph.backward();
      graph.backward();
      expect(graph.gradient(x)).toEqual(Float64Array.of(4, 5 + 1, 6 + 1));
    }
  });

  test('says its name when it is asked for a second derivative', () => {
    const x = input('x', [3]);
    const y = sum(weighted(x, x));
    const [dx] = gradients(y, [x]);
    expect(() => gradients(sum(mul(dx!, dx!)), [x])).toThrow(
      /^weighted was given by numeric loops, so it has no second derivative and no forward mode; write it as an Op/,
    );
  });

  test('a shape that is none is an error where the op is used', () => {
    const shapeless = customOp({
      name: 'shapeless',
      shape: () => [Number.NaN],
      forward: () => {},
      backward: () => {},
    });
    expect(() => shapeless(input('x', []))).toThrow(/^shapeless: the shape \[NaN\]/);
  });

  test.each(['shape', 'forward', 'backward'] as const)('without %s: an error at once', (part) => {
    const loops = { name: 'halved', shape: () => [], forward: () => {}, backward: () => {} };
    const { [part]: _, ...rest } = loops;
    // @ts-expect-error: as a program without types may have it
    expect(() => customOp(rest)).toThrow(
      `customOp: ${part} of halved is undefined; an op given by loops is { name, shape(`,
    );
  });

  test('wrong loops are found', () => {
    const wrong = customOp({
      name: 'wrong',
      shape: (x) => x,
      forward: ({ data: y }, [x]) => y.set(x!.data.map((v) => v * v)),
      backward: ([dx], { data: dy }, _y, [x]) => dx!.data.set(x!.data.map((v, i) => v * dy[i]!)),
    });
    expect(checkGradient(wrong, [[1, 2]]).outcome).toBe('failed');
  });
});

describe('custom ops by rules', () => {
  const sinOp: Op = {
    name: 'mySin',
    formula: 'y = \\sin x',
    shape: (x) => x,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.sin(x[i]!);
      },
    vjp: (dy, _y, x) => [() => mul(dy, cos(x))],
  };

  test('are like any other: differentiated as often as you like', () => {
    const x = input('x', []);
    let derivative = apply(sinOp, x);
    for (const expected of [
      Math.sin,
      Math.cos,
      (t: number) => -Math.sin(t),
      (t: number) => -Math.cos(t),
    ]) {
      expect(evaluate(derivative, { x: 0.7 })[0]).toBeCloseTo(expected(0.7), 14);
      derivative = gradients(derivative, [x])[0]!;
    }
  });
});
