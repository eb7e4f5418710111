import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  orthonormaliseRows,
  orthonormaliseScratch,
  projectOut,
  thinQr,
} from '../../src/linalg/eigen/orthogonalise.js';
import { transposed } from '../../src/linalg/kernels/transposed.js';
import { allocate, inMemory } from '../../src/linalg/memory.js';
import { Random } from '../../src/linalg/random/random-stream.js';
import { noise, noisy } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
import { gap, orthogonalityError } from './support/matrices.js';

const ε = 2 ** -52;

/** [n, k] with columns that depend on each other to within `spread`. */
function nearlyDependent(n: number, k: number, spread: number, seed: number): Float64Array {
  const next = noise(seed);
  const common = Float64Array.from({ length: n }, next);
  return Float64Array.from(
    { length: n * k },
    (_, p) => common[Math.floor(p / k)]! + spread * next(),
  );
}

describe('thinQr', () => {
  test('A = QR, QᵀQ = I, R upper triangular, at any shape', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(10), fc.integer(), (k, extra, seed) => {
        const n = k + extra;
        const a = noisy(n * k, seed);
        const { q, r, rank } = thinQr(a, n, k);
        for (let i = 0; i < k; i++)
          for (let j = 0; j < i; j++) if (r[i * k + j] !== 0) return false;
        return (
          rank === k && gap(a, q, r, n, k, k) <= 20 * ε * n && orthogonalityError(q, n, k) <= 20 * ε
        );
      }),
    );
  });

  test('a column that depends on others gives way to a direction of the stream that is given', () => {
    const [x, y] = [noisy(8, 1), noisy(8, 2)];
    const a = Float64Array.from({ length: 24 }, (_, p) => {
      const i = Math.floor(p / 3);
      return [x[i]!, y[i]!, x[i]! - 2 * y[i]!][p % 3]!;
    });
    const last = (random?: Random): Float64Array => {
      const { q, r, rank, dependent } = thinQr(a, 8, 3, random);
      expect([rank, dependent, r[8]]).toEqual([2, [2], 0]);
      expect(orthogonalityError(q, 8, 3)).toBeLessThan(20 * ε);
      expect(gap(a, q, r, 8, 3, 3)).toBeLessThan(60 * ε);
      return q.filter((_, p) => p % 3 === 2);
    };
    // The stream's first draw, less what the other two columns span of it.
    const drawn = (random: Random): Float64Array => {
      const columns = [x, y, Float64Array.from({ length: 8 }, () => random.normal())];
      for (const [j, v] of columns.entries()) {
        for (const u of columns.slice(0, j)) {
          const along = v.reduce((s, value, i) => s + value * u[i]!, 0);
          for (let i = 0; i < 8; i++) v[i]! -= along * u[i]!;
        }
        const length = Math.hypot(...v);
        for (let i = 0; i < 8; i++) v[i]! /= length;
      }
      return columns[2]!;
    };
    const expected = drawn(new Random(7, 'other'));
    for (const [i, value] of last(new Random(7, 'other')).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 12);
    }
    expect(last()).toEqual(last());
    expect(last()).not.toEqual(last(new Random(7, 'other')));
  });

  test('says how much scratch it needs', () => {
    const q = Float64Array.of(1, 0, 0, 1, 1, 1);
    // C, what is taken off it, three matrices of the block, lengths and dots: 2·3·4 + 3·4² + 2·4.
    expect(orthonormaliseScratch(3, 7)).toBe(80);
    const scratch = new Float64Array(orthonormaliseScratch(1, 2) - 1);
    const again = (more: Float64Array) => orthonormaliseRows(q, 1, 2, 3, { scratch: more });
    expect(() => again(scratch)).toThrow(
      `orthonormaliseRows: scratch needs ${scratch.length + 1} elements, but has ${scratch.length}`,
    );
    expect([...q]).toEqual([1, 0, 0, 1, 1, 1]);
    again(new Float64Array(scratch.length + 1));
    expect(q[3]).toBe(0);
    expect(q[4]! / Math.SQRT1_2).toBeCloseTo(1, 15);
    expect(q[5]! / Math.SQRT1_2).toBeCloseTo(1, 15);
  });

  test('stays orthonormal where one pass of Gram and Schmidt would lose every digit', () => {
    for (const spread of [1e-4, 1e-8, 1e-12]) {
      const a = nearlyDependent(60, 8, spread, 1);
      const { q, r, rank } = thinQr(a, 60, 8);
      expect(rank).toBe(8);
      expect(orthogonalityError(q, 60, 8)).toBeLessThan(20 * ε);
      expect(gap(a, q, r, 60, 8, 8)).toBeLessThan(60 * ε);
    }
  });

  test('finds dependent columns, and fills in orthogonal directions', () => {
    // Columns x, 2x, y, 0, x − y, z.
    const [x, y, z] = [noisy(9, 1), noisy(9, 2), noisy(9, 3)];
    const a = Float64Array.from({ length: 54 }, (_, p) => {
      const i = Math.floor(p / 6);
      return [x[i]!, 2 * x[i]!, y[i]!, 0, x[i]! - y[i]!, z[i]!][p % 6]!;
    });
    const { q, r, rank, dependent } = thinQr(a, 9, 6);
    expect(dependent).toEqual([1, 3, 4]);
    expect(rank).toBe(3);
    expect(orthogonalityError(q, 9, 6)).toBeLessThan(20 * ε);
    expect(gap(a, q, r, 9, 6, 6)).toBeLessThan(50 * ε);
    for (const j of dependent) expect(r[j * 6 + j]).toBe(0);
  });

  test('of zeros has rank 0 and an orthonormal Q all the same', () => {
    const { q, rank } = thinQr(new Float64Array(12), 4, 3);
    expect(rank).toBe(0);
    expect(orthogonalityError(q, 4, 3)).toBeLessThan(10 * ε);
  });

  test('at the ends of the range of doubles', () => {
    for (const scale of [2 ** -1000, 2 ** 1000]) {
      const a = noisy(30, 4).map((value) => value * scale);
      const { q, r } = thinQr(a, 10, 3);
      expect(orthogonalityError(q, 10, 3)).toBeLessThan(20 * ε);
      const [small, factor] = [a, r].map((m) => m.map((value) => value / scale));
      expect(gap(small!, q, factor!, 10, 3, 3)).toBeLessThan(20 * ε);
    }
  });

  test('says what is wrong', () => {
    expect(() => thinQr(new Float64Array(6), 2, 3)).toThrow(
      'thinQr: n is a whole number ≥ 3, not 2',
    );
    expect(() => thinQr(new Float64Array(3), 2, 1.5)).toThrow('thinQr: k is a whole number');
    expect(() => thinQr(new Float64Array(5), 3, 2)).toThrow('a needs n·k = 6');
    expect(() => thinQr(Float64Array.of(1, NaN), 2, 1)).toThrow('NaN or ∞');
  });
});

describe('orthonormaliseRows', () => {
  test('extends an orthonormal set and reports how the old vectors follow from the new', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(1, 1e-6, 1e-11),
        fc.integer(),
        (first, width, spread, seed) => {
          const n = 12;
          const count = first + width;
          const q = transposed(nearlyDependent(n, count, spread, seed), n, count);
          orthonormaliseRows(q.subarray(0, first * n), 0, first, n);
          const old = q.slice(first * n);
          const coefficients = new Float64Array(width * count);
          const replaced = orthonormaliseRows(q, first, count, n, { coefficients });
          return (
            replaced.length === 0 &&
            gap(old, coefficients, q, width, count, n) < 30 * ε &&
            orthogonalityError(transposed(q, count, n), n, count) < 30 * ε
          );
        },
      ),
    );
  });

  test('rows past the n-th become 0, what they were is in the coefficients', () => {
    const q = noisy(5 * 3, 7);
    const old = q.slice();
    const coefficients = new Float64Array(25);
    expect(orthonormaliseRows(q, 0, 5, 3, { coefficients })).toEqual([3, 4]);
    expect([...q.subarray(9)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(gap(old, coefficients, q, 5, 5, 3)).toBeLessThan(10 * ε);
  });

  test('behind others, says which rows depend on those before them; in a full space they become 0', () => {
    // e₁, then 2e₁, e₂ and e₁ + e₂ in a plane.
    const q = Float64Array.of(1, 0, 2, 0, 0, 1, 1, 1);
    const coefficients = new Float64Array(12);
    expect(orthonormaliseRows(q, 1, 4, 2, { coefficients })).toEqual([1, 2, 3]);
    expect([...q.subarray(0, 2)]).toEqual([1, 0]);
    expect(q[2]).toBeCloseTo(0, 14);
    expect(Math.abs(q[3]!)).toBeCloseTo(1, 14);
    expect([...q.subarray(4)]).toEqual([0, 0, 0, 0]);
    const [a, b] = [q[3]!, coefficients];
    for (const [actual, expected] of [
      [b[0]!, 2],
      [b[4]!, 0],
      [b[8]!, 1],
      [b[5]! * a, 1],
      [b[9]! * a, 1],
    ] as const) {
      expect(actual).toBeCloseTo(expected, 14);
    }
  });

  test('does not mind what the scratch holds', () => {
    // The last row is the sum of the others.
    const q = noisy(24, 5);
    orthonormaliseRows(q.subarray(0, 6), 0, 1, 6);
    for (let i = 0; i < 6; i++) q[18 + i] = q[6 + i]! + q[12 + i]!;
    const runs = [0, NaN].map((value) => {
      const [rows, coefficients] = [q.slice(), new Float64Array(12)];
      const scratch = new Float64Array(orthonormaliseScratch(1, 4)).fill(value);
      expect(orthonormaliseRows(rows, 1, 4, 6, { coefficients, scratch })).toEqual([3]);
      expect(gap(q.subarray(6), coefficients, rows, 3, 4, 6)).toBeLessThan(20 * ε);
      return [...rows, ...coefficients];
    });
    expect(runs[1]).toEqual(runs[0]);
  });

  test('a row depends on those before it when they leave no more than (n + 8)·ε of its length', () => {
    for (const [left, expected] of [
      [9, [1]],
      [10, [1]],
      [11, []],
    ] as const) {
      // e₁ and (1, left·ε)·2³⁰ in a plane: nothing rounds.
      const q = Float64Array.of(1, 0, 2 ** 30, left * ε * 2 ** 30);
      expect(orthonormaliseRows(q, 1, 2, 2)).toEqual(expected);
      expect(Math.abs(q[3]!)).toBe(1);
    }
    // It is its own length that counts.
    const [large, small] = [noisy(5, 1), noisy(5, 2).map((x) => x * 2 ** -70)];
    expect(orthonormaliseRows(Float64Array.of(...large, ...small), 0, 2, 5)).toEqual([]);
  });

  test('directions that stand in are orthogonal to all, and come one after the other from the stream', () => {
    const n = 5;
    const q = new Float64Array(4 * n);
    q.set(noisy(n, 3));
    orthonormaliseRows(q.subarray(0, n), 0, 1, n);
    expect(orthonormaliseRows(q, 1, 4, n, { random: new Random(7, 'rows') })).toEqual([1, 2, 3]);
    expect(orthogonalityError(transposed(q, 4, n), n, 4)).toBeLessThan(4 * ε);
    // The same by definition: the draws, each less what those before span of it.
    const random = new Random(7, 'rows');
    const rows = [
      q.slice(0, n),
      ...[1, 2, 3].map(() => new Float64Array(n).map(() => random.normal())),
    ];
    for (const [i, v] of rows.entries()) {
      for (const u of rows.slice(0, i)) {
        const along = v.reduce((s, x, l) => s + x * u[l]!, 0);
        for (let l = 0; l < n; l++) v[l]! -= along * u[l]!;
      }
      const length = Math.hypot(...v);
      for (let l = 0; l < n; l++) expect(q[i * n + l]).toBeCloseTo(v[l]! / length, 12);
      v.set(v.map((x) => x / length));
    }
  });

  test('gives up after six draws that depend on what is there', () => {
    const drawn: number[] = [];
    const stuck = new Random(0);
    stuck.normal = () => {
      drawn.push(1);
      return drawn.length % 2;
    };
    // e₁, and the only direction the stream knows is e₁.
    const q = Float64Array.of(1, 0, 3, 0);
    expect(orthonormaliseRows(q, 1, 2, 2, { random: stuck })).toEqual([1]);
    expect(drawn).toHaveLength(6 * 2);
  });

  test('goes twice over all, and again over those that were mostly rounding', () => {
    // Of rows behind others, a pass multiplies twice by those, twice for each row but the first, and twice for C. (What stands
    // in for a row is projected twice more.)
    const products = (
      q: Float64Array,
      first: number,
      count: number,
      n: number,
      random?: Random,
    ): number => {
      const place = inMemory(q);
      const scratch = allocate(orthonormaliseScratch(first, count));
      const run = () => void orthonormaliseRows(place, first, count, n, { scratch, random });
      const calls = callsOf('matmul', run).length;
      const there = transposed(place, count, n).filter((_, p) => p % count < n);
      expect(orthogonalityError(there, n, Math.min(count, n))).toBeLessThan(10 * ε);
      return calls;
    };
    const basis = noisy(4 * 9, 1);
    orthonormaliseRows(basis.subarray(0, 9), 0, 1, 9);
    expect(products(basis, 1, 4, 9)).toBe(2 * (2 + 2 * 2 + 2));
    expect(products(basis.subarray(0, 18), 1, 2, 9)).toBe(2 * 4);
    // A row past the n-th becomes 0 the first time, and stays 0.
    expect(products(Float64Array.of(1, 0, 1, 1, 2, 1), 1, 3, 2)).toBe(2 * (2 + 2 + 4 + 2));
    // What stands in for a row is made orthogonal in the second pass, and again where that leaves no more than half of it.
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const across = seeds.map((seed) => {
      const random = new Random(seed, 'plane');
      const [x, y] = [random.normal(), random.normal()];
      return Math.abs(y) / Math.hypot(x, y);
    });
    const plane = (seed: number) =>
      products(Float64Array.of(1, 0, 0, 0), 1, 2, 2, new Random(seed, 'plane'));
    expect(seeds.map(plane)).toEqual(across.map((part) => (part <= 0.5 ? 3 : 2) * 4));
    expect(new Set(seeds.map(plane)).size).toBe(2);
  });

  test('directions come from the same stream each time, if none is given', () => {
    const [one, other] = [new Float64Array(15), new Float64Array(15)];
    expect(orthonormaliseRows(one, 0, 3, 5)).toEqual([0, 1, 2]);
    const random = new Random(0, 'orthonormalise');
    expect(orthonormaliseRows(other, 0, 3, 5, { random })).toEqual([0, 1, 2]);
    expect([...other]).toEqual([...one]);
  });

  test('say what does not fit', () => {
    const q = new Float64Array(6).fill(1);
    const run = (first: number, count: number, n: number, length?: number) => () =>
      orthonormaliseRows(q, first, count, n, {
        ...(length !== undefined && { coefficients: new Float64Array(length) }),
      });
    expect(run(0.5, 2, 3)).toThrow('orthonormaliseRows: first is a whole number');
    expect(run(2, 1, 6)).toThrow('orthonormaliseRows: count is a whole number ≥ 2');
    expect(run(0, 4, 1.5)).toThrow('orthonormaliseRows: n is a whole number');
    expect(run(0, 2, 2)).toThrow('orthonormaliseRows: q needs count·n = 4');
    expect(run(1, 3, 2, 9)).toThrow(
      'orthonormaliseRows: coefficients needs (count − first)·count = 6',
    );
    expect(() => projectOut(q, new Float64Array(7), 1, new Float64Array(1))).toThrow(
      'projectOut: basis needs count·n = 6',
    );
  });

  test('projectOut leaves nothing along the basis', () => {
    const n = 40;
    const q = noisy(6 * n, 8);
    orthonormaliseRows(q, 0, 6, n);
    // Almost in the span: 10⁻¹⁰ of it is not.
    const rest = noisy(n, 9);
    const v = Float64Array.from(rest, (x, i) => q[i]! - 3 * q[2 * n + i]! + 1e-10 * x);
    projectOut(v, q, 6, new Float64Array(6));
    const length = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    expect(length).toBeGreaterThan(1e-11);
    for (let i = 0; i < 6; i++) {
      const along = v.reduce((s, x, l) => s + x * q[i * n + l]!, 0);
      expect(Math.abs(along)).toBeLessThan(10 * ε * length);
    }
  });
});
