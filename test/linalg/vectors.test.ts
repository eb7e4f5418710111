import { describe, expect, test } from 'vitest';
import { addScaled, dot, scale } from '../../src/linalg/kernels/dot.js';
import { multiplyRows, transposed, transposeTo } from '../../src/linalg/kernels/transposed.js';

describe('vectors', () => {
  test('dot adds for ascending i, from +0', () => {
    expect(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, -5, 6))).toBe(12);
    expect(dot(Float64Array.of(1e16, 1, -1e16), Float64Array.of(1, 1, 1))).toBe(0);
    expect(dot(Float64Array.of(-0), Float64Array.of(1))).toBe(0);
    expect(dot(new Float64Array(0), new Float64Array(0))).toBe(0);
    for (const other of [new Float64Array(2), new Float64Array(4)]) {
      expect(() => dot(new Float64Array(3), other)).toThrow(
        `dot: y needs the length of x = 3 elements, but has ${other.length}`,
      );
    }
  });

  test('addScaled adds a multiple, of itself too', () => {
    const y = Float64Array.of(1, 2, 4);
    addScaled(y, -2, Float64Array.of(3, 0.5, 1));
    expect([...y]).toEqual([-5, 1, 2]);
    addScaled(y, 3, y);
    expect([...y]).toEqual([-20, 4, 8]);
    expect(() => addScaled(y, 1, new Float64Array(2))).toThrow(
      'addScaled: x needs the length of y = 3 elements, but has 2',
    );
    expect(() => addScaled(y.subarray(1), 1, y.subarray(0, 2))).toThrow(
      'addScaled: the result and x share a part of their memory',
    );
    expect([...y]).toEqual([-20, 4, 8]);
  });

  test('scale multiplies each', () => {
    const x = Float64Array.of(1, -2, 4);
    scale(x, -0.5);
    expect([...x]).toEqual([-0.5, 1, -2]);
  });
});

describe('a matrix turned round', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  const turned = [1, 4, 2, 5, 3, 6];

  test('has rows for columns', () => {
    expect([...transposed(a, 2, 3)]).toEqual(turned);
    expect([...transposed(transposed(a, 2, 3), 3, 2)]).toEqual([...a]);
    expect([...transposed(new Float64Array(0), 0, 3)]).toEqual([]);
    const out = new Float64Array(6);
    transposeTo(out, a, 2, 3);
    expect([...out]).toEqual(turned);
  });

  test('is as large as it was, and elsewhere', () => {
    const out = new Float64Array(6).fill(7);
    const cases: [Float64Array, Float64Array, number, number, string][] = [
      [out, a, 2, 2, 'a needs rows·columns = 4 elements, but has 6'],
      [new Float64Array(5), a, 2, 3, 'out needs rows·columns = 6 elements, but has 5'],
      [out, a, 1.5, 4, 'rows is a whole number ≥ 0, not 1.5'],
      [out, a, -2, -3, 'rows is a whole number ≥ 0, not -2'],
      [out, a, 4, 1.5, 'columns is a whole number ≥ 0, not 1.5'],
      [a, a, 2, 3, 'out and a share memory'],
    ];
    for (const [to, from, rows, columns, message] of cases) {
      expect(() => transposeTo(to, from, rows, columns)).toThrow(`transposeTo: ${message}`);
    }
    expect([...out]).toEqual(new Array(6).fill(7));
  });

  test('rows are multiplied as the columns of an operator', () => {
    /** out [3, k] = A·x for A [3, 2] and x [2, k]. */
    const A = [1, 2, 0, -1, 3, 1];
    const given: number[] = [];
    const apply =
      (k: number) =>
      (out: Float64Array, x: Float64Array): void => {
        given.push(out.length, x.length);
        for (let i = 0; i < 3; i++) {
          for (let c = 0; c < k; c++)
            out[i * k + c] = A[2 * i]! * x[c]! + A[2 * i + 1]! * x[k + c]!;
        }
      };
    const rows = Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40);
    const [scratch, more] = [new Float64Array(20), new Float64Array(20)];
    for (const count of [1, 2, 4]) {
      const to = new Float64Array(3 * count);
      multiplyRows(to, rows.subarray(0, 2 * count), count, apply(count), scratch, more);
      const expected = Array.from({ length: count }, (_, r) =>
        [21, -10, 13].map((y) => y * (r + 1)),
      );
      expect([...to]).toEqual(expected.flat());
    }
    expect(given).toEqual([3, 2, 6, 4, 12, 8]);
    // A single one is a row and a column at once.
    const to = new Float64Array(3);
    const straight = (out: Float64Array, x: Float64Array): void => {
      expect(out).toBe(to);
      expect(x).toBe(rows);
    };
    multiplyRows(to, rows, 1, straight, scratch, more);
  });
});
