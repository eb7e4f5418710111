import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  orthonormaliseRows,
  orthonormaliseScratch,
  projectOut,
  thinQr,
} from '../../src/linalg/eigen/orthogonalise.js';
import { principalAngles } from '../../src/linalg/eigen/principal-angles.js';
import { jacobiRotation, svd } from '../../src/linalg/eigen/svd.js';
import { transposed } from '../../src/linalg/kernels/transposed.js';
import { Random } from '../../src/linalg/random/random-stream.js';
import { noise, noisy } from './support/arbitrary.js';
import { orthogonalityError, signsAreFixed } from './support/matrices.js';

const ε = 2 ** -52;

/** max |A − X·Y| for X [n, k], Y [k, m]. */
function gap(a: Float64Array, x: Float64Array, y: Float64Array, n: number, k: number, m: number) {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let s = a[i * m + j]!;
      for (let l = 0; l < k; l++) s -= x[i * k + l]! * y[l * m + j]!;
      worst = Math.max(worst, Math.abs(s));
    }
  }
  return worst;
}

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

describe('svd', () => {
  const check = (a: Float64Array, m: number, n: number): void => {
    const { u, values, v } = svd(a, m, n);
    const r = Math.min(m, n);
    const norm = Math.sqrt(a.reduce((s, x) => s + x * x, 0));
    const scaled = u.map((x, p) => x * values[p % r]!);
    expect(gap(a, scaled, transposed(v, n, r), m, r, n)).toBeLessThanOrEqual(
      20 * (m + n) * ε * norm,
    );
    expect(orthogonalityError(u, m, r)).toBeLessThanOrEqual(10 * (m + n) * ε);
    expect(orthogonalityError(v, n, r)).toBeLessThanOrEqual(10 * (m + n) * ε);
    expect(signsAreFixed(v, n, r)).toBe(true);
    for (let j = 0; j < r; j++) {
      expect(values[j]).toBeGreaterThanOrEqual(0);
      if (j > 0) expect(values[j]).toBeLessThanOrEqual(values[j - 1]!);
    }
  };

  test('A = UΣVᵀ at any shape and rank', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), fc.nat(3), fc.integer(), (m, n, rank, seed) => {
        check(noisy(m * n, seed), m, n);
        const [x, y] = [noisy(m * rank, seed), noisy(rank * n, seed + 1)];
        const low = Float64Array.from({ length: m * n }, (_, p) => {
          let s = 0;
          for (let l = 0; l < rank; l++)
            s += x[Math.floor(p / n) * rank + l]! * y[l * n + (p % n)]!;
          return s;
        });
        check(low, m, n);
      }),
      { numRuns: 50 },
    );
  });

  test('closed forms', () => {
    // [[1, 1], [0, 1]]: the golden ratio and its inverse.
    const { values } = svd(Float64Array.of(1, 1, 0, 1), 2, 2);
    expect(values[0]).toBeCloseTo((1 + Math.sqrt(5)) / 2, 14);
    expect(values[1]).toBeCloseTo((Math.sqrt(5) - 1) / 2, 14);
    expect([...svd(Float64Array.of(0, 0, 0, 0, -7, 0), 2, 3).values]).toEqual([7, 0]);
  });

  test('a rotation by at most an eighth of a turn makes two vectors orthogonal', () => {
    const cases = [
      [1, 1, 0.5],
      [1, 1, -0.5],
      [4, 1, 1e-9],
      [1, 4, 1e-9],
      [2, 1, 1],
      [1, 2, -1],
      [1.3, 1, 0.9],
      [1, 1e-30, 3e-16],
      [1e-30, 1, -3e-16],
    ] as const;
    for (const [pp, qq, pq] of cases) {
      const { c, s } = jacobiRotation(pp, qq, pq);
      expect(c * c + s * s).toBeCloseTo(1, 15);
      expect(c).toBeGreaterThan(0);
      expect(Math.abs(s)).toBeLessThanOrEqual(c * (1 + ε));
      // (cx + sy)ᵀ(cy − sx), of which nothing is left but the rounding of its terms.
      const [first, second] = [(c * c - s * s) * pq, c * s * (qq - pp)];
      expect(Math.abs(first + second)).toBeLessThanOrEqual(4 * ε * Math.abs(pq));
    }
  });

  test('of one column the left vector is its quotients, each rounded once', () => {
    for (let seed = 0; seed < 20; seed++) {
      const a = noisy(7, seed).map(Math.abs);
      const { u, values } = svd(a, 7, 1);
      expect([...u]).toEqual([...a.map((x) => x / values[0]!)]);
    }
  });

  test('columns of one length, which no difference tells apart', () => {
    const { values } = svd(Float64Array.of(1, 2, 2, 1), 2, 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
  });

  test('small singular values are right to their own last digits', () => {
    // Columns of lengths 1 and δ at an angle: σ₂ = δ·sin θ·(1 + O(δ²)), far below ε·σ₁.
    const δ = 1e-30;
    const { values } = svd(Float64Array.of(1, δ, 1, 0), 2, 2);
    expect(values[0]! / Math.SQRT2).toBeCloseTo(1, 14);
    expect(values[1]! / (δ * Math.SQRT1_2)).toBeCloseTo(1, 14);
  });

  test('columns whose squares underflow count as zero', () => {
    for (const δ of [1e-140, 1e-155, 1e-165, 1e-200, 5e-324]) {
      const { u, values, v } = svd(Float64Array.of(1, δ, 1, 0, 2, 3 * δ), 3, 2);
      expect(values[0]! / Math.sqrt(6)).toBeCloseTo(1, 14);
      expect(values[1]).toBeLessThanOrEqual(4 * δ);
      expect(orthogonalityError(u, 3, 2)).toBeLessThan(10 * ε);
      expect(orthogonalityError(v, 2, 2)).toBeLessThan(10 * ε);
    }
  });

  test('says what is wrong', () => {
    expect(() => svd(new Float64Array(3), 2, 2)).toThrow('svd: a needs m·n = 4');
    expect(() => svd(new Float64Array(3), 1.5, 2)).toThrow('svd: m is a whole number');
    expect(() => svd(new Float64Array(3), 2, 1.5)).toThrow('svd: n is a whole number');
    expect(() => svd(Float64Array.of(1, Number.POSITIVE_INFINITY), 2, 1)).toThrow('holds Infinity');
  });
});

describe('principalAngles', () => {
  test('are right to the last digits at every size of angle', () => {
    // Planes spanned by (e₁, e₂) and (cos θ e₁ + sin θ e₃, cos φ e₂ + sin φ e₄).
    for (const θ of [0, 1e-300, 1e-16, 1e-9, 1e-4, 0.3, 1, 1.57, Math.PI / 2]) {
      const φ = 0.7;
      const a = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0);
      const [c, s] = [Math.cos(θ), Math.sin(θ)];
      const b = Float64Array.of(c, 0, 0, Math.cos(φ), s, 0, 0, Math.sin(φ));
      const expected = [θ, φ].sort((x, y) => x - y);
      for (const angles of [principalAngles(a, b, 4, 2, 2), principalAngles(b, a, 4, 2, 2)]) {
        for (const [i, angle] of angles.entries()) {
          expect(Math.abs(angle - expected[i]!)).toBeLessThanOrEqual(
            4 * ε * Math.max(expected[i]!, 0.25),
          );
        }
      }
    }
  });

  test('of a small angle keep their relative digits', () => {
    const θ = 3e-11;
    const angle = principalAngles(Float64Array.of(1, 0), Float64Array.of(1, θ), 2, 1, 1)[0]!;
    expect(angle / θ).toBeCloseTo(1, 12);
  });

  test('do not depend on the bases, nor on columns too many', () => {
    const n = 10;
    const [a, b] = [noisy(n * 3, 1), noisy(n * 2, 2)];
    const mixed = Float64Array.from({ length: n * 4 }, (_, p) => {
      const [x, y] = [b[Math.floor(p / 4) * 2]!, b[Math.floor(p / 4) * 2 + 1]!];
      return [x + y, 5 * y, x - y, 3 * x][p % 4]!;
    });
    const angles = principalAngles(a, b, n, 3, 2);
    const again = principalAngles(mixed, a, n, 4, 3);
    expect(angles).toHaveLength(2);
    expect(again).toHaveLength(2);
    for (const [i, angle] of angles.entries()) expect(again[i]).toBeCloseTo(angle, 13);
    for (const angle of principalAngles(b, mixed, n, 2, 4)) expect(angle).toBeLessThan(1e-14);
  });

  test('where there are no dimensions there are no angles', () => {
    const none = new Float64Array(0);
    expect(principalAngles(none, none, 0, 0, 0)).toEqual(none);
    expect(principalAngles(none, noisy(6, 3), 3, 0, 2)).toEqual(none);
  });

  test('say what does not fit', () => {
    const x = new Float64Array(6);
    expect(() => principalAngles(x, x, 3, 1.5, 2)).toThrow('principalAngles: p is a whole number');
    expect(() => principalAngles(x, x, 3, 2, 1.5)).toThrow('principalAngles: q is a whole number');
    expect(() => principalAngles(x, x, 2, 1, 3)).toThrow(
      'principalAngles: n is a whole number ≥ 3',
    );
    expect(() => principalAngles(x, x, 3, 1, 2)).toThrow('principalAngles: a needs n·p = 3');
    expect(() => principalAngles(x, x, 3, 2, 1)).toThrow('principalAngles: b needs n·q = 3');
  });

  test('of perpendicular spaces are right angles', () => {
    const a = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0);
    const b = Float64Array.of(0, 0, 1, 0);
    expect([...principalAngles(a, b, 4, 2, 1)]).toEqual([Math.PI / 2]);
    expect([...principalAngles(a, new Float64Array(4), 4, 2, 1)]).toEqual([]);
  });
});
