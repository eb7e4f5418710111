import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { amount, commaSeparated, namesOf, wholeNumber } from '../../src/cli/options.js';
import { checkWritable, pagePath } from '../../src/cli/places.js';
import { wordOf } from '../../src/cli/vectors.js';

describe('arguments of options', () => {
  test('whole numbers in their range, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.nat(), (n, least, more) => {
        const read = wholeNumber(least, least + more);
        if (n >= least && n <= least + more) expect(read(String(n))).toBe(n);
        else expect(() => read(String(n))).toThrow(`from ${least} to ${least + more}`);
      }),
    );
    for (const text of ['', ' ', '1.5', '1e3', '0x10', 'ten', '1 2', 'Infinity', 'NaN']) {
      expect(() => wholeNumber(0)(text)).toThrow(InvalidArgumentError);
    }
  });

  test('amounts', () => {
    expect([amount('0'), amount('0.25'), amount('1e-3')]).toEqual([0, 0.25, 0.001]);
    for (const text of ['', '-1', 'NaN', 'Infinity', '1,5', 'p']) {
      expect(() => amount(text)).toThrow('a number, 0 or more');
    }
  });

  test('names, each once, with a guess at what was meant', () => {
    const read = namesOf(['pca', 'vae', 'one-hot']);
    expect(read('PCA, one-hot,pca')).toEqual(['pca', 'one-hot']);
    expect(() => read('pac')).toThrow('There is no "pac"; did you mean pca?');
    expect(() => read('xyzzy')).toThrow('There is no "xyzzy"; there are pca, vae, one-hot.');
    expect(() => commaSeparated('a,,b')).toThrow('Between commas');
  });
});

test('words are found in small letters too, and guessed at', () => {
  const known = {
    words: ['cat', 'dog', 'Oslo'],
    has: (word: string) => known.words.includes(word),
  };
  expect([wordOf(known, 'cat'), wordOf(known, 'DOG'), wordOf(known, 'Oslo')]).toEqual([
    'cat',
    'dog',
    'Oslo',
  ]);
  expect(() => wordOf(known, 'Kat')).toThrow('"Kat" is not among the 3 words; did you mean cat?');
});

describe('where files go', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  const file = join(folder, 'file.txt');
  writeFileSync(file, 'x');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a page is a file when it ends like one', () => {
    expect(pagePath('out')).toBe(join('out', 'compare.html'));
    expect(pagePath('a/b.html')).toBe('a/b.html');
    expect(pagePath('B.HTM')).toBe('B.HTM');
  });

  test('what cannot be written is refused before the work', async () => {
    await expect(
      checkWritable(join(folder, 'new', 'deep', 'a.txt'), false),
    ).resolves.toBeUndefined();
    await expect(checkWritable(file, true)).resolves.toBeUndefined();
    await expect(checkWritable(file, false)).rejects.toThrow(
      'exists already; choose another name, or replace it with --force',
    );
    await expect(checkWritable(folder, true)).rejects.toThrow('is a folder; name a file in it');
    await expect(checkWritable(join(file, 'a.txt'), true)).rejects.toThrow(
      `${file} is a file, so nothing can be written into it`,
    );
  });
});
