import { describe, expect, test } from 'vitest';
import { readAnalogies, readPairs } from '../../src/io/index.js';
import { temporaryFolder } from './folder.js';

const { file } = temporaryFolder();

describe('readPairs', () => {
  test.each([
    ['tabs', 'love\tsex\t6.77\nice cream\tcold\t9\n'],
    ['commas', 'love,sex,6.77\nice cream, cold, 9\n'],
    [
      'a header, a comment, blank lines, \\r\\n',
      'word1\tword2\tscore\r\n# x\r\n\r\nlove\tsex\t6.77\r\nice cream\tcold\t9',
    ],
  ])('%s', async (_, text) => {
    expect(await readPairs(file('p.tsv', text))).toEqual([
      { a: 'love', b: 'sex', score: 6.77 },
      { a: 'ice cream', b: 'cold', score: 9 },
    ]);
  });

  test('spaces', async () => {
    expect(await readPairs(file('p.txt', 'a b 1\nc  d  -2.5\n'))).toEqual([
      { a: 'a', b: 'b', score: 1 },
      { a: 'c', b: 'd', score: -2.5 },
    ]);
  });

  test.each([
    ['a b 1\nc d x\n', /line 2: expected "word word score", not "c d x"/],
    ['a b 1\nc d\n', /line 2/],
    ['a b 1\nc d 2 3\n', /line 2/],
    ['a b 1 2\n', /line 1/],
    ['a b Infinity\nc d 1', /line 1/],
    ['one two three\n', /holds no pairs/],
    ['# nothing\n', /holds no pairs/],
  ])('%j', async (text, message) => {
    await expect(readPairs(file('p.txt', text))).rejects.toThrow(message);
  });
});

describe('readAnalogies', () => {
  test('sections of four words', async () => {
    const text =
      ': capitals\nAthens Greece Oslo Norway\n\n: plurals\r\ncat cats\tdog dogs\r\n: capitals\na b c d\n';
    expect(await readAnalogies(file('a.txt', text))).toEqual(
      new Map([
        [
          'capitals',
          [
            ['Athens', 'Greece', 'Oslo', 'Norway'],
            ['a', 'b', 'c', 'd'],
          ],
        ],
        ['plurals', [['cat', 'cats', 'dog', 'dogs']]],
      ]),
    );
  });

  test('without sections', async () => {
    expect(await readAnalogies(file('a.txt', 'a b c d\n'))).toEqual(
      new Map([['', [['a', 'b', 'c', 'd']]]]),
    );
  });

  test.each([
    [': s\na b c\n', /line 2: expected four words/],
    ['a b c d e\n', /line 1/],
    [': empty\n', /holds no analogies/],
  ])('%j', async (text, message) => {
    await expect(readAnalogies(file('a.txt', text))).rejects.toThrow(message);
  });
});
