import { describe, expect, test } from 'vitest';
import { evaluate, gradient, input, type Node } from '../../src/graph/index.js';
import { matmul, mul, pow, sum } from '../../src/ops/index.js';

/** Small whole numbers, so that every order of adding gives the same. */
const whole = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, i) => ((i * 7 + seed * 5) % 11) - 5);

const [T, m, n, k] = [3, 2, 4, 5];

describe.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])('a stack of matrices times one matrix, transposed %s and %s', (transposeA, transposeB) => {
  const a = input('a', transposeA ? [T, k, m] : [T, m, k]);
  const b = input('b', transposeB ? [n, k] : [k, n]);
  const y = matmul(a, b, { transposeA, transposeB });
  const feeds = { a: whole(T * m * k, 1), b: whole(k * n, 2) };
  /** Where Aᵗᵢₗ and Bₗⱼ stand. */
  const placeA = (t: number, i: number, l: number): number =>
    t * m * k + (transposeA ? l * m + i : i * k + l);
  const placeB = (l: number, j: number): number => (transposeB ? j * k + l : l * n + j);
  const forEach = (visit: (y: number, a: number, b: number) => void): void => {
    for (let t = 0; t < T; t++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++)
          for (let l = 0; l < k; l++) visit((t * m + i) * n + j, placeA(t, i, l), placeB(l, j));
  };

  test('is each of them times it', () => {
    expect(y.shape).toEqual([T, m, n]);
    const expected = new Array(T * m * n).fill(0);
    forEach((at, p, q) => {
      expected[at] += feeds.a[p]! * feeds.b[q]!;
    });
    expect([...evaluate(y, feeds)].map((value) => value + 0)).toEqual(expected);
  });

  test('gives each its gradient, and the one matrix the sum', () => {
    const w = whole(T * m * n, 3);
    const loss = sum(mul(y, input('w', [T, m, n])));
    const [da, db] = [new Array(T * m * k).fill(0), new Array(k * n).fill(0)];
    forEach((at, p, q) => {
      da[p] += w[at]! * feeds.b[q]!;
      db[q] += w[at]! * feeds.a[p]!;
    });
    const of = (x: Node): number[] => [...gradient(loss, x, { ...feeds, w })].map((g) => g + 0);
    expect(of(a)).toEqual(da);
    expect(of(b)).toEqual(db);
  });
});

test('a power whose exponent is written as a number is the op that it is', () => {
  const x = input('x', [4]);
  expect(pow(x, 1)).toBe(x);
  for (const [exponent, name] of [
    [2, 'square'],
    [0.5, 'sqrt'],
    [3, 'pow'],
    [0, 'pow'],
  ] as const) {
    expect(pow(x, exponent).op.name).toBe(name);
  }
  // The square of a negative number has a gradient, as a general power of it has for its base.
  const feeds = { x: [-2, -0.5, 1, 4] };
  expect([...evaluate(pow(x, -1), feeds)]).toEqual([-0.5, -2, 1, 0.25]);
  expect([...gradient(sum(pow(x, -1)), x, feeds)]).toEqual([-0.25, -4, -1, -0.0625]);
  expect([...gradient(sum(pow(x, 2)), x, feeds)]).toEqual([-4, -1, 2, 8]);
  expect([...gradient(sum(pow(x, 1)), x, feeds)]).toEqual([1, 1, 1, 1]);
});
