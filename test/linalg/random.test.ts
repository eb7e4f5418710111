import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AliasTable } from '../../src/linalg/random/alias-table.js';
import {
  fillNormal,
  fillUniform,
  normalAt,
  type RandomKey,
  randomKey,
  uniformAt,
} from '../../src/linalg/random/random.js';
import { Random } from '../../src/linalg/random/random-stream.js';
import { block, threefry } from '../../src/linalg/random/threefry.js';

/** Largest gap between the empirical distribution of a sample and F. */
function kolmogorovSmirnov(sample: Float64Array, F: (x: number) => number): number {
  const sorted = sample.slice().sort();
  const n = sorted.length;
  let gap = 0;
  for (let i = 0; i < n; i++) {
    const f = F(sorted[i]!);
    gap = Math.max(gap, f - i / n, (i + 1) / n - f);
  }
  return gap;
}

/** Φ by a midpoint sum of the density, good to 10⁻⁶: no function of ours takes part. */
function normalDistribution(): (x: number) => number {
  const width = 1e-3;
  const density: number[] = [0];
  for (let x = -9 + width / 2; x < 9; x += width) {
    density.push(density.at(-1)! + (width * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI));
  }
  return (x) => density[Math.min(density.length - 1, Math.max(0, Math.round((x + 9) / width)))]!;
}

/** The gap that a true sample of n exceeds once in 10⁶ times: √(ln(2·10⁶)/2) / √n. */
const bound = (n: number): number => Math.sqrt(Math.log(2e6) / 2 / n);

const moment = (x: Float64Array, f: (value: number) => number): number =>
  x.reduce((s, value) => s + f(value), 0) / x.length;

describe('threefry', () => {
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ])('gives the published answer of Random123 for key %j, counter %j', (key, counter, answer) => {
    threefry(key[0]! | 0, key[1]! | 0, counter[0]! | 0, counter[1]! | 0);
    expect([block[0]! >>> 0, block[1]! >>> 0]).toEqual(answer);
  });
});

describe('uniformAt', () => {
  test('is the upper 53 bits of the block', () => {
    const key: RandomKey = { k0: 0x13198a2e, k1: 0x03707344 };
    const bits = (0xc4923a9cn << 32n) | 0x483df7a0n;
    const upper = ((bits >> 37n) << 26n) | ((bits & 0xffffffffn) >> 6n);
    expect(uniformAt(key, 0x85a308d3, 0x243f6a88)).toBe(Number(upper) / 2 ** 53);
  });

  test('is uniform: moments, and the distribution to the Kolmogorov–Smirnov bound', () => {
    const n = 100_000;
    const x = new Float64Array(n);
    fillUniform(x, randomKey(1, 'test'), 3);
    for (let power = 1; power <= 4; power++) {
      // Var x^p = 1/(2p+1) − 1/(p+1)²; five standard errors.
      const error = Math.sqrt((1 / (2 * power + 1) - 1 / (power + 1) ** 2) / n);
      expect(Math.abs(moment(x, (u) => u ** power) - 1 / (power + 1))).toBeLessThan(5 * error);
    }
    expect(kolmogorovSmirnov(x, (u) => u)).toBeLessThan(bound(n));
    expect(Math.min(...x.subarray(0, 1000))).toBeGreaterThanOrEqual(0);
  });

  test('neighbours in index and in step are uncorrelated', () => {
    const n = 50_000;
    const key = randomKey(2);
    const [a, b] = [new Float64Array(n), new Float64Array(n)];
    fillUniform(a, key, 0);
    fillUniform(b, key, 1);
    // Var 12(u − ½)(v − ½) = 1.
    const limit = 5 / Math.sqrt(n);
    const correlation = (f: (i: number) => number): number =>
      12 *
      moment(
        Float64Array.from({ length: n - 1 }, (_, i) => (a[i]! - 0.5) * f(i)),
        (x) => x,
      );
    expect(Math.abs(correlation((i) => a[i + 1]! - 0.5))).toBeLessThan(limit);
    expect(Math.abs(correlation((i) => b[i]! - 0.5))).toBeLessThan(limit);
  });

  test('refuses a place that is none', () => {
    const key = randomKey(1);
    expect(() => uniformAt(key, -1, 0)).toThrow('uniformAt: step is a whole number from 0');
    expect(() => uniformAt(key, 0, 2 ** 32)).toThrow('index');
    expect(() => uniformAt(key, 0, 0.5)).toThrow(RangeError);
    expect(() => fillNormal(new Float64Array(2), key, NaN)).toThrow('step');
  });
});

describe('normalAt', () => {
  test('is normal: moments, and the distribution to the Kolmogorov–Smirnov bound', () => {
    const n = 100_000;
    const x = new Float64Array(n);
    fillNormal(x, randomKey(1, 'noise'), 7);
    // E x, x², x³, x⁴, x⁶ and the variances of those powers.
    for (const [power, mean, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [6, 15, 10170],
    ] as const) {
      const error = Math.sqrt(variance / n);
      expect(Math.abs(moment(x, (z) => z ** power) - mean), `power ${power}`).toBeLessThan(
        5 * error,
      );
    }
    expect(kolmogorovSmirnov(x, normalDistribution())).toBeLessThan(bound(n) + 1e-3);
  });

  test('is Marsaglia’s polar method on the uniform numbers of its attempts', () => {
    const key = randomKey(3, 'polar');
    for (let index = 0; index < 200; index += 2) {
      for (let attempt = 1; ; attempt++) {
        const table = { k0: key.k0, k1: key.k1 + attempt };
        const [u, v] = [0, 1].map((i) => 2 * uniformAt(table, 5, index + i) - 1) as [
          number,
          number,
        ];
        const s = u ** 2 + v ** 2;
        if (s >= 1 || s === 0) continue;
        const stretch = Math.sqrt((-2 * Math.log(s)) / s);
        expect(normalAt(key, 5, index) / (u * stretch)).toBeCloseTo(1, 13);
        expect(normalAt(key, 5, index + 1) / (v * stretch)).toBeCloseTo(1, 13);
        break;
      }
    }
  });

  test('the two of a pair are uncorrelated, and so are their squares', () => {
    const n = 100_000;
    const x = new Float64Array(n);
    fillNormal(x, randomKey(4));
    const pairs = Float64Array.from({ length: n / 2 }, (_, p) => x[2 * p]! * x[2 * p + 1]!);
    const squares = Float64Array.from(
      { length: n / 2 },
      (_, p) => (x[2 * p]! ** 2 - 1) * (x[2 * p + 1]! ** 2 - 1),
    );
    expect(Math.abs(moment(pairs, (z) => z))).toBeLessThan(5 / Math.sqrt(n / 2));
    expect(Math.abs(moment(squares, (z) => z))).toBeLessThan((5 * 2) / Math.sqrt(n / 2));
  });
});

describe('a table', () => {
  test('is a pure function of (seed, label, step, index): the order of looking does not matter', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.string(),
        fc.nat(1e6),
        fc.integer({ min: 0, max: 33 }),
        (seed, label, step, length) => {
          const [uniforms, normals] = [new Float64Array(length), new Float64Array(length)];
          fillUniform(uniforms, randomKey(seed, label), step);
          fillNormal(normals, randomKey(seed, label), step);
          const key = randomKey(seed, label);
          for (let i = length - 1; i >= 0; i--) {
            if (normalAt(key, step, i) !== normals[i]) return false;
            if (uniformAt(key, step, i) !== uniforms[i]) return false;
          }
          return true;
        },
      ),
    );
  });

  test('differs for another seed, label or step', () => {
    const seen = new Set<number>();
    const seeds = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), Number.MAX_SAFE_INTEGER];
    const labels = ['', 'a', 'b', 'ab', 'ba', '\0', '\0\0', 'é', '語'];
    for (const seed of seeds) {
      for (const label of labels) {
        for (const step of [0, 1, 2]) seen.add(uniformAt(randomKey(seed, label), step, 0));
      }
    }
    expect(seen.size).toBe(seeds.length * labels.length * 3);
    expect(() => randomKey(0.5)).toThrow('a seed is a whole number');
  });
});

describe('Random', () => {
  test('reads the table from front to back and can be resumed', () => {
    const [a, b] = [new Random(5, 'stream'), new Random(5, 'stream')];
    const first = [a.uniform(), a.uniform(), a.normal(), a.integer(10), a.uniform()];
    expect(first[1]).toBe(uniformAt(randomKey(5, 'stream'), 0, 1));
    expect(first[2]).toBe(normalAt(randomKey(5, 'stream'), 0, 2));
    b.position = a.position - 1;
    expect(b.uniform()).toBe(first[4]);
    b.position = 2 ** 32 + 3;
    expect(b.uniform()).toBe(uniformAt(randomKey(5, 'stream'), 1, 3));
  });

  test('integer(below) is even-handed: χ² of 60,000 throws', () => {
    const random = new Random(6);
    for (const below of [1, 2, 6, 7, 100]) {
      const counts = new Array<number>(below).fill(0);
      for (let i = 0; i < 60_000; i++) counts[random.integer(below)]!++;
      const expected = 60_000 / below;
      const chi = counts.reduce((s, count) => s + (count - expected) ** 2 / expected, 0);
      // χ² has mean below − 1 and variance 2(below − 1).
      expect(chi).toBeLessThan(below - 1 + 5 * Math.sqrt(2 * below));
    }
  });

  test('integer(below) has no bias at sizes where a remainder would have', () => {
    // 2⁵³ mod (3·2⁵¹) leaves the lower third of the range twice as likely.
    const random = new Random(7);
    const below = 3 * 2 ** 51;
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.integer(below) < 2 ** 51) low++;
    expect(Math.abs(low / 30_000 - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / 30_000));
    expect(() => random.integer(0)).toThrow('below is a whole number ≥ 1');
  });

  test('every order of four is equally likely', () => {
    const random = new Random(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chi = [...counts.values()].reduce((s, count) => s + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(23 + 5 * Math.sqrt(46));
  });

  test('shuffle keeps what there is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
        const shuffled = items.slice();
        new Random(seed).shuffle(shuffled);
        expect(shuffled.sort((a, b) => a - b)).toEqual(items.sort((a, b) => a - b));
      }),
    );
  });
});

describe('AliasTable', () => {
  /** The probability of each index, by integrating `at` over [0, 1): each column has one break. */
  const probabilities = (table: AliasTable): Float64Array => {
    const n = table.length;
    const fine = 1024;
    const p = new Float64Array(n);
    for (let i = 0; i < n * fine; i++) p[table.at((i + 0.5) / (n * fine))]! += 1 / (n * fine);
    return p;
  };

  test('chooses in proportion to the weights', () => {
    const weights = fc
      .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
        minLength: 1,
        maxLength: 20,
      })
      .filter((values) => values.some((value) => value > 1e-300));
    fc.assert(
      fc.property(weights, (values) => {
        const total = values.reduce((s, value) => s + value, 0);
        const p = probabilities(new AliasTable(values));
        // Each break is found to within one of the n·1024 points, and an index has at most n breaks.
        for (const [i, value] of values.entries()) {
          if (Math.abs(p[i]! - value / total) > 1 / 1024) return false;
          if (value === 0 && p[i] !== 0) return false;
        }
        return true;
      }),
    );
  });

  test('is drawn from by a stream', () => {
    const random = new Random(9);
    const table = new AliasTable([1, 0, 3]);
    const counts = [0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[random.choose(table)]!++;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[2]! / 40_000 - 0.75)).toBeLessThan(5 * Math.sqrt(3 / 16 / 40_000));
  });

  test('refuses weights that say nothing', () => {
    expect(() => new AliasTable([])).toThrow('sum > 0');
    expect(() => new AliasTable([0, 0])).toThrow('sum > 0');
    expect(() => new AliasTable([1, -1])).toThrow('number 1 is -1');
    expect(() => new AliasTable([NaN])).toThrow('finite');
    expect(() => new AliasTable([1e308, 1e308])).toThrow('finite sum');
  });
});
