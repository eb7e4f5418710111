import { expect, test } from 'vitest';
import { Source } from '../../src/models/source.js';
import { Corpus, ppmi } from '../../src/text/index.js';

const corpus = Corpus.fromText('a b a c\nc a\nb b a', { minCount: 1 });
const { words } = corpus.vocabulary;

test('words, and how often they come', () => {
  const source = new Source(corpus);
  expect([source.size, source.words]).toEqual([3, ['a', 'b', 'c']]);
  expect([...source.unigram]).toEqual([4 / 9, 3 / 9, 2 / 9]);
});

test('adjacent: (word, next-word), either way round, as counted by hand', () => {
  const pairs = [
    ['a', 'b'],
    ['b', 'a'],
    ['a', 'c'],
    ['c', 'a'],
    ['b', 'b'],
    ['b', 'a'],
  ] as const;
  const counts = new Float64Array(9);
  for (const [x, y] of pairs) {
    counts[words.indexOf(x) * 3 + words.indexOf(y)]! += 1;
    counts[words.indexOf(y) * 3 + words.indexOf(x)]! += 1;
  }
  expect(new Source(corpus).adjacent.toDense()).toEqual(counts);
});

test('the window and its weights are those asked for', () => {
  const flat = new Source(corpus, { window: 2, weighting: 'flat' }).matrix('raw');
  const near = new Source(corpus, { window: 2 }).matrix('raw');
  const [a, c] = [words.indexOf('a'), words.indexOf('c')];
  // a … c: at distances 3 (out of sight) and 1 in the first line, at 1 in the second.
  expect([flat.at(a, c), near.at(a, c)]).toEqual([2, 2]);
  // a with itself: at distance 2, seen from either side.
  expect([flat.at(a, a), near.at(a, a)]).toEqual([2, 1]);
});

test('every table is made once, and made anew after clear', () => {
  const source = new Source(corpus);
  const before = source.matrix('ppmi');
  expect(source.matrix('ppmi')).toBe(before);
  expect(source.adjacent).toBe(source.adjacent);
  expect(before.toDense()).toEqual(ppmi(source.matrix('raw')).toDense());
  source.clear();
  expect(source.matrix('ppmi')).not.toBe(before);
  expect(source.matrix('ppmi').toDense()).toEqual(before.toDense());
});
