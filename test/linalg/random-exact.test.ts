/** The random numbers, one by one, against a plain Threefry of its own and the words of each function. */
import { describe, expect, test } from 'vitest';
import { AliasTable } from '../../src/linalg/random/alias-table.js';
import {
  fillNormal,
  fillUniform,
  normalAt,
  randomKey,
  uniformAt,
} from '../../src/linalg/random/random.js';
import { Random } from '../../src/linalg/random/random-stream.js';

const MASK = 2n ** 32n - 1n;
type Words = [bigint, bigint];

/** Threefry-2x32-20 as the paper has it: round r rotates by R[r mod 8], every fourth adds a key. */
function cipher([k0, k1]: Words, [c0, c1]: Words): Words {
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  const keys = [k0, k1, 0x1bd11bdan ^ k0 ^ k1];
  let [x0, x1] = [(c0 + k0) & MASK, (c1 + k1) & MASK];
  for (let r = 0; r < 20; r++) {
    x0 = (x0 + x1) & MASK;
    const by = rotations[r % 8]!;
    x1 = (((x1 << by) | (x1 >> (32n - by))) & MASK) ^ x0;
    if (r % 4 !== 3) continue;
    const s = BigInt((r + 1) / 4);
    x0 = (x0 + keys[Number(s % 3n)]!) & MASK;
    x1 = (x1 + keys[Number((s + 1n) % 3n)]! + s) & MASK;
  }
  return [x0, x1];
}

/** (seed, length) under −1, then one UTF-16 unit to a block. */
function keyOf(seed: number, label: string): Words {
  const word = BigInt.asUintN(64, BigInt(seed));
  let key = cipher([word & MASK, word >> 32n], [BigInt(label.length), MASK]);
  for (let i = 0; i < label.length; i++) {
    key = cipher(key, [BigInt(label.charCodeAt(i)), BigInt(i)]);
  }
  return key;
}

/** The upper 27 and 26 bits of the words, as a number below 1. */
const unit = ([high, low]: Words): number => Number(((high >> 5n) << 26n) + (low >> 6n)) / 2 ** 53;

const names: [number, string][] = [
  [0, ''],
  [1, 'a'],
  [-1, 'ab'],
  [2 ** 32 + 5, 'ba'],
  [-(2 ** 40) - 3, 'é☃ and more'],
  [Number.MAX_SAFE_INTEGER, '\u0000'],
  [Number.MIN_SAFE_INTEGER, '\u0000\u0000'],
];
const places = [0, 1, 2 ** 31, 2 ** 32 - 1];

describe.each(names)('the table of %d and %j', (seed, label) => {
  const key = randomKey(seed, label);
  const words = keyOf(seed, label);
  const at = (step: number, index: number): number =>
    unit(cipher(words, [BigInt(index), BigInt(step)]));

  test('has its key', () => {
    expect([key.k0 >>> 0, key.k1 >>> 0]).toEqual(words.map(Number));
    if (label === '') expect(randomKey(seed)).toEqual(key);
  });

  test('holds the uniform numbers of its cipher', () => {
    for (const step of places) {
      for (const index of places) expect(uniformAt(key, step, index)).toBe(at(step, index));
      const filled = new Float64Array(5);
      fillUniform(filled, key, step);
      expect([...filled]).toEqual(Array.from(filled, (_, i) => at(step, i)));
    }
    const filled = new Float64Array(3);
    fillUniform(filled, key);
    expect([...filled]).toEqual([at(0, 0), at(0, 1), at(0, 2)]);
  });

  test('holds the normal numbers of the polar method on them, however they are asked for', () => {
    const pair = (step: number, index: number): [number, number] => {
      for (let attempt = 1n; ; attempt++) {
        const own: Words = [words[0], (words[1] + attempt) & MASK];
        const [u, v] = [0, 1].map(
          (k) => 2 * unit(cipher(own, [BigInt(index + k), BigInt(step)])) - 1,
        ) as [number, number];
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const stretch = Math.sqrt((-2 * Math.log(s)) / s);
        return [u * stretch, v * stretch];
      }
    };
    const near = (value: number, expected: number): void =>
      expect(Math.abs(value / expected - 1)).toBeLessThan(1e-15);
    for (const step of [0, 2 ** 32 - 1]) {
      for (const index of [0, 2, 2 ** 32 - 2]) {
        const [even, odd] = pair(step, index);
        near(normalAt(key, step, index), even);
        near(normalAt(key, step, index + 1), odd);
      }
      for (const length of [0, 1, 2, 3, 513]) {
        const around = new Float64Array(length + 1).fill(7);
        fillNormal(around.subarray(0, length), key, step);
        for (let i = 0; i < length; i += 1 + Math.floor(i / 2)) {
          expect(around[i]).toBe(normalAt(key, step, i));
        }
        if (length > 0) expect(around[length - 1]).toBe(normalAt(key, step, length - 1));
        expect(around[length]).toBe(7);
      }
    }
    const filled = new Float64Array(2);
    fillNormal(filled, key);
    expect([...filled]).toEqual([normalAt(key, 0, 0), normalAt(key, 0, 1)]);
  });
});

test('what is no seed, no step and no index is named', () => {
  const key = randomKey(1);
  for (const bad of [-1, 0.5, 2 ** 32, Number.NaN]) {
    const range = `is a whole number from 0 to 2³² − 1, not ${bad}`;
    expect(() => uniformAt(key, bad, 0)).toThrow(`uniformAt: step ${range}`);
    expect(() => uniformAt(key, 0, bad)).toThrow(`uniformAt: index ${range}`);
    expect(() => normalAt(key, bad, 0)).toThrow(`normalAt: step ${range}`);
    expect(() => normalAt(key, 0, bad)).toThrow(`normalAt: index ${range}`);
    expect(() => fillUniform(new Float64Array(1), key, bad)).toThrow(`fillUniform: step ${range}`);
    expect(() => fillNormal(new Float64Array(1), key, bad)).toThrow(`fillNormal: step ${range}`);
  }
  expect(() => randomKey(2 ** 53)).toThrow('a seed is a whole number within ±(2⁵³ − 1)');
});

describe('a stream', () => {
  test('reads its table number by number, over the end of a row', () => {
    const key = randomKey(3, 'stream');
    const random = new Random(3, 'stream');
    expect(random.key).toEqual(key);
    expect(random.position).toBe(0);
    expect(new Random(3).key).toEqual(randomKey(3, ''));
    for (const [position, step, index] of [
      [0, 0, 0],
      [2 ** 32 - 1, 0, 2 ** 32 - 1],
      [2 ** 32, 1, 0],
      [5 * 2 ** 32 + 7, 5, 7],
    ] as const) {
      random.position = position;
      expect(random.uniform()).toBe(uniformAt(key, step, index));
      expect(random.position).toBe(position + 1);
      random.position = position;
      expect(random.normal()).toBe(normalAt(key, step, index));
      expect(random.position).toBe(position + 1);
    }
  });

  /** The whole number of a stream of draws of 53 bits, in whole numbers throughout. */
  const integer = (draws: Random, below: number): number => {
    const n = BigInt(below);
    for (;;) {
      const draw = BigInt(draws.uniform() * 2 ** 53);
      if (draw < (2n ** 53n / n) * n) return Number(draw % n);
    }
  };

  test.each([1, 2, 3, 10, 2 ** 32 + 1, 3 * 2 ** 51, 2 ** 52 + 1, 2 ** 53 - 1])(
    'integer(%d) is the remainder of a draw below the last full multiple',
    (below) => {
      const [random, draws] = [new Random(4, 'integers'), new Random(4, 'integers')];
      for (let i = 0; i < 20; i++) expect(random.integer(below)).toBe(integer(draws, below));
      expect(random.position).toBe(draws.position);
    },
  );

  test('a draw at the last full multiple is drawn anew', () => {
    const random = new Random(1);
    const given = [0.75, 0.75 - 2 ** -53, 0.5];
    random.uniform = () => given.shift()!;
    expect(random.integer(3 * 2 ** 51)).toBe(3 * 2 ** 51 - 1);
    expect(given).toEqual([0.5]);
  });

  test('shuffles from the last to the first', () => {
    for (const n of [0, 1, 2, 3, 20]) {
      const [random, draws] = [new Random(n, 'order'), new Random(n, 'order')];
      const expected = Array.from({ length: n }, (_, i) => i);
      for (let last = n - 1; last > 0; last--) {
        const chosen = integer(draws, last + 1);
        const [a, b] = [expected[chosen]!, expected[last]!];
        expected[chosen] = b;
        expected[last] = a;
      }
      expect([...random.permutation(n)]).toEqual(expected);
      expect(random.position).toBe(draws.position);
    }
    expect(() => new Random(1).permutation(-1)).toThrow(
      'Random.permutation: n is a whole number ≥ 0, not -1',
    );
    expect(() => new Random(1).integer(0)).toThrow(
      'Random.integer: below is a whole number ≥ 1, not 0',
    );
  });
});

describe('an alias table of weights whose sum is a power of two', () => {
  test.each([
    [[1, 3]],
    [[3, 1]],
    [[1, 1]],
    [[0, 4]],
    [[4, 0, 0, 0]],
    [[1, 2, 5, 8]],
    [[8, 5, 2, 1]],
    [[1, 7, 1, 7]],
    [[5]],
    [[0.25, 0.125, 0.0625, 0.5625]],
    [[2, 0, 1, 1, 4, 0, 6, 2]],
  ])('%j: each index has its share of all u, exactly', (weights) => {
    const table = new AliasTable(weights);
    expect(table.length).toBe(weights.length);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Every break is a multiple of 1/fine.
    const fine = 1024;
    const counts = weights.map(() => 0);
    for (let i = 0; i < fine; i++) {
      const [first, last] = [table.at(i / fine), table.at((i + 1 - 2 ** -30) / fine)];
      expect(first).toBe(last);
      counts[first]!++;
    }
    expect(counts).toEqual(weights.map((weight) => (fine * weight) / total));
  });

  test('what rounding leaves over goes to no index of weight 0', () => {
    const random = new Random(5, 'weights');
    for (let n = 2; n < 60; n++) {
      const weights = Array.from({ length: n }, (_, i) => (i === 0 ? 0 : random.uniform()));
      const table = new AliasTable(weights);
      for (let i = 0; i < n; i++) {
        for (const u of [i / n, (i + 0.5) / n, ((i + 1) / n) * (1 - 2 ** -53)]) {
          expect(table.at(u)).toBeGreaterThan(0);
        }
      }
    }
  });

  test('a stream chooses by its next uniform number', () => {
    const table = new AliasTable([1, 2, 5, 8]);
    const [random, draws] = [new Random(6), new Random(6)];
    for (let i = 0; i < 50; i++) expect(random.choose(table)).toBe(table.at(draws.uniform()));
  });

  test.each<[number[], string]>([
    [[], 'weights need a finite sum > 0, but it is 0'],
    [[0, 0], 'weights need a finite sum > 0, but it is 0'],
    [[1e308, 1e308], 'weights need a finite sum > 0, but it is Infinity'],
    [[1, -1], 'weights are finite and ≥ 0, but number 1 is -1'],
    [[Number.NaN, 1], 'weights are finite and ≥ 0, but number 0 is NaN'],
    [[1, Number.POSITIVE_INFINITY], 'weights are finite and ≥ 0, but number 1 is Infinity'],
  ])('%j is refused', (weights, message) => {
    expect(() => new AliasTable(weights)).toThrow(RangeError);
    expect(() => new AliasTable(weights)).toThrow(message);
  });
});
