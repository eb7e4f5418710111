import { describe, expect, test } from 'vitest';
import { Csr } from '../../src/linalg/index.js';
import {
  Corpus,
  cooccurrence,
  EntryPairs,
  type PairSampler,
  WindowPairs,
  type WindowPairsOptions,
  WordSampler,
} from '../../src/text/index.js';

const corpus = Corpus.fromText('a b c a d\nb a\nc\nd d a b c b a e', { minCount: 1 });
const V = corpus.vocabulary.size;
const DRAWS = 30_000;

/** How often each pair was drawn, as a share. */
function shares(sampler: PairSampler, columns: number, draws = DRAWS): Float64Array {
  const x = new Int32Array(draws);
  const xPlus = new Int32Array(draws);
  sampler.fill(0, x, xPlus);
  const counts = new Float64Array(V * columns);
  for (let i = 0; i < draws; i++) counts[x[i]! * columns + xPlus[i]!]! += 1 / draws;
  return counts;
}

/**
 * Whether observed shares can come from the expected ones: none is further off than five standard
 * deviations (a false alarm in a million; and the seed is fixed), and what cannot be never was.
 */
function consistent(observed: Float64Array, expected: Float64Array, draws = DRAWS): boolean {
  const total = expected.reduce((a, b) => a + b, 0);
  return expected.every((e, i) => {
    const p = e / total;
    return Math.abs(observed[i]! - p) <= 5 * Math.sqrt((p * (1 - p)) / draws);
  });
}

describe('WindowPairs', () => {
  const kinds: WindowPairsOptions[] = [
    { window: 1, side: 'next' },
    { window: 3 },
    { window: 4, weighting: 'flat' },
    { window: 2, side: 'next', weighting: 'flat' },
  ];
  test.each(kinds)('in proportion to the co-occurrence counts: %o', (options) => {
    const expected = cooccurrence(corpus, options).toDense();
    expect(consistent(shares(new WindowPairs(corpus, options), V), expected)).toBe(true);
    // The test can tell: it does not take one window for another.
    const other = cooccurrence(corpus, { ...options, window: options.window! + 1 }).toDense();
    expect(consistent(shares(new WindowPairs(corpus, options), V), other)).toBe(false);
  });

  test('subsampling: a pair is kept √(t/share)·√(t/share′) times', () => {
    const subsample = 0.15;
    const keep = Array.from(corpus.vocabulary.counts, (count) =>
      Math.min(1, Math.sqrt(subsample / (count / corpus.tokens.length))),
    );
    expect(keep.some((p) => p < 1) && keep.some((p) => p === 1)).toBe(true);
    const counts = cooccurrence(corpus, { window: 2 });
    const expected = counts.map((value, i, j) => value * keep[i]! * keep[j]!).toDense();
    const drawn = shares(new WindowPairs(corpus, { window: 2, subsample }), V);
    expect(consistent(drawn, expected)).toBe(true);
    expect(consistent(drawn, counts.toDense())).toBe(false);
  });

  test('heavy subsampling of a corpus of frequent words does not take for ever', () => {
    const two = Corpus.fromText('yes no '.repeat(10));
    const x = new Int32Array(100);
    new WindowPairs(two, { window: 1, subsample: 1e-9 }).fill(0, x, new Int32Array(100));
    expect(new Set(x)).toEqual(new Set([0, 1]));
  });

  test('what cannot work', () => {
    const lonely = Corpus.fromText('a\nb\na\nb', { minCount: 1 });
    expect(() => new WindowPairs(lonely)).toThrow(/no pairs/);
    expect(() => new WindowPairs(corpus, { window: 0 })).toThrow(/window/);
    expect(() => new WindowPairs(corpus, { subsample: 0 })).toThrow(/subsample/);
    const sampler = new WindowPairs(corpus);
    expect(() => sampler.fill(0, new Int32Array(2), new Int32Array(3))).toThrow(/2 words x but 3/);
  });
});

describe('EntryPairs', () => {
  const dense = Float64Array.of(
    0,
    0,
    0,
    0,
    2.5,
    1,
    0,
    0.5,
    0,
    4,
    0,
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    1,
    1,
    0,
    3,
    0,
    0,
    0.25,
  );

  test('in proportion to the entries, also where rows are empty or hold zeros', () => {
    const rows = Array.from(dense.keys(), (e) => Math.floor(e / 5));
    const columns = Array.from(dense.keys(), (e) => e % 5);
    const stored = Csr.fromTriplets(5, 5, rows, columns, dense);
    expect(stored.nonZeros).toBe(25);
    for (const matrix of [Csr.fromDense(5, 5, dense), stored]) {
      expect(consistent(shares(new EntryPairs(matrix), 5), dense)).toBe(true);
    }
  });

  test('what has no proportions', () => {
    expect(() => new EntryPairs(Csr.fromDense(1, 2, Float64Array.of(1, -1)))).toThrow(/-1 times/);
    expect(() => new EntryPairs(Csr.fromDense(2, 2, new Float64Array(4)))).toThrow(/sum > 0/);
  });
});

describe('WordSampler', () => {
  test('in proportion to the weights', () => {
    const { counts } = corpus.vocabulary;
    const drawn = new Float64Array(DRAWS);
    new WordSampler(counts).fill(3, drawn);
    const observed = counts.map((_, i) => drawn.filter((w) => w === i).length / DRAWS);
    expect(consistent(observed, counts)).toBe(true);
  });
});

describe('all samplers', () => {
  const makers: [string, (seed: number) => PairSampler][] = [
    ['WindowPairs', (seed) => new WindowPairs(corpus, { seed })],
    ['EntryPairs', (seed) => new EntryPairs(cooccurrence(corpus), { seed })],
    [
      'WordSampler',
      (seed) => {
        const sampler = new WordSampler(corpus.vocabulary.counts, { seed });
        return {
          fill: (step, x, xPlus) => [x, xPlus].forEach((out) => void sampler.fill(step, out)),
        };
      },
    ],
  ];
  const batch = (sampler: PairSampler, step: number) => {
    const x = new Int32Array(50);
    const xPlus = new Int32Array(50);
    sampler.fill(step, x, xPlus);
    return [...x, ...xPlus];
  };

  test.each(makers)('%s: a batch is a function of seed and step alone', (_, make) => {
    const first = make(1);
    const later = [0, 1, 2].map((step) => batch(first, step));
    expect(batch(make(1), 2)).toEqual(later[2]);
    expect(batch(first, 0)).toEqual(later[0]);
    expect(later[1]).not.toEqual(later[0]);
    expect(batch(make(2), 0)).not.toEqual(later[0]);
  });
});
