import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVectors, VECTOR_FORMATS, writeVectors } from '../../src/io/index.js';
import { Embedding } from '../../src/models/embedding.js';
import { temporaryFolder } from './folder.js';

const { file, list } = temporaryFolder();

const small = new Embedding(['the', 'été', '東京'], Float64Array.of(0.1, -2, 1e-7, 3e21, -0, 0.5));

function bytes(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part) : Buffer.from(Float32Array.from(part).buffer),
    ),
  );
}

function vectorsOf(embedding: Embedding): number[][] {
  return embedding.words.map((word) => [...embedding.vector(word)]);
}

describe('what is written', () => {
  test('word2vec text: a header, and shortest numbers', async () => {
    await writeVectors(file('v.txt'), small);
    expect(readFileSync(file('v.txt'), 'utf8')).toBe(
      '3 2\nthe 0.1 -2\nété 1e-7 3e+21\n東京 -0 0.5\n',
    );
  });

  test('GloVe text: no header', async () => {
    await writeVectors(file('v.txt'), small, { format: 'glove' });
    expect(readFileSync(file('v.txt'), 'utf8')).toBe('the 0.1 -2\nété 1e-7 3e+21\n東京 -0 0.5\n');
  });

  test('word2vec binary: little-endian floats, a new line after each vector', async () => {
    await writeVectors(file('v.bin'), small, { format: 'word2vec-binary' });
    expect(readFileSync(file('v.bin'))).toEqual(
      bytes('3 2\n', 'the ', [0.1, -2], '\nété ', [1e-7, 3e21], '\n東京 ', [-0, 0.5], '\n'),
    );
  });

  test('Projector: two files; metadata of one column has no header', async () => {
    await writeVectors(file('v.tsv'), small, { format: 'projector' });
    expect(list()).toEqual(['v.metadata.tsv', 'v.tsv']);
    expect(readFileSync(file('v.tsv'), 'utf8')).toBe('0.1\t-2\n1e-7\t3e+21\n-0\t0.5\n');
    expect(readFileSync(file('v.metadata.tsv'), 'utf8')).toBe('the\nété\n東京\n');
  });

  test('one-hot vectors can be written too', async () => {
    await writeVectors(file('v.txt'), Embedding.oneHot(['a', 'b']));
    expect(readFileSync(file('v.txt'), 'utf8')).toBe('2 2\na 1 0\nb 0 1\n');
  });
});

describe('what is read', () => {
  test('all formats come back as they were, told by their beginnings', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    // U+FFFD stands for what could not be read, and is counted.
    const word = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((w) => !/\s|\p{C}|\ufffd/u.test(w));
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(number, { minLength: 30, maxLength: 30 }),
        fc.boolean(),
        async (words, k, numbers, pack) => {
          // A first word that is a number makes a file of one column look like a header.
          fc.pre(!words.some((w) => Number.isFinite(Number(w))));
          const vectors = Float64Array.from(numbers.slice(0, words.length * k));
          const floats = vectors.map((x) => Math.fround(x));
          for (const format of VECTOR_FORMATS) {
            const binary = format === 'word2vec-binary';
            const wanted = new Embedding(
              words,
              binary ? floats.map((x) => (Number.isFinite(x) ? x : 1)) : vectors,
            );
            const extension = format === 'projector' ? 'tsv' : 'vec';
            const path = file(`${n++}.${extension}${pack ? '.gz' : ''}`);
            await writeVectors(path, wanted, { format });
            // A binary file may happen to hold no byte that text has not; and one column may look like two.
            const given = binary || (k === 1 && format === 'projector') ? { format } : {};
            const found = await readVectors(path, given);
            expect(found).toMatchObject({ format, repeated: 0, unreadable: 0 });
            expect(found.embedding.words).toEqual(words);
            expect(vectorsOf(found.embedding)).toEqual(vectorsOf(wanted));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('binary files with and without a new line after each vector', async () => {
    const a = [0.5, -1.25, 3];
    const b = [7, 0, 1e-3];
    const wanted = [a, b].map((v) => v.map(Math.fround));
    for (const end of ['', '\n']) {
      const path = file(`v${end.length}.bin`, bytes('2 3\n', 'één ', a, `${end}twee `, b, end));
      const { embedding, format } = await readVectors(path);
      expect(format).toBe('word2vec-binary');
      expect(embedding.words).toEqual(['één', 'twee']);
      expect(vectorsOf(embedding)).toEqual(wanted);
    }
  });

  test('floats whose bytes look like line ends and spaces', async () => {
    // 0x0a0a0a0a, 0x20202020 and their mixtures.
    const [line, space, mixed] = [0x0a0a0a0a, 0x20202020, 0x0a200a20].map(
      (bits) => new Float32Array(Uint32Array.of(bits).buffer)[0]!,
    );
    const rows = [
      [line!, space!],
      [mixed!, line!],
    ];
    const path = file('v.bin', bytes('2 2\n', 'a ', rows[0]!, '\nb ', rows[1]!, '\n'));
    const { embedding } = await readVectors(path, { format: 'word2vec-binary' });
    expect(vectorsOf(embedding)).toEqual(rows);
  });

  test('more vectors than a chunk of the file holds', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => `word${i}`);
    const wanted = new Embedding(
      words,
      Float64Array.from({ length: 3000 * 50 }, (_, i) => i / 1024),
    );
    for (const format of VECTOR_FORMATS) {
      const path = file(`${format}.tsv.gz`);
      await writeVectors(path, wanted, { format });
      const { embedding } = await readVectors(path);
      expect(embedding.words).toEqual(words);
      expect(embedding.vector('word2999')).toEqual(wanted.vector('word2999'));
    }
  });

  test('habits of other programs: trailing spaces, tabs, \\r\\n, words with spaces', async () => {
    const text = '2 2\r\nthe 1 2 \r\nof\t3\t4\r\n';
    expect(vectorsOf((await readVectors(file('a.txt', text))).embedding)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const glove = 'the 1 2 3\n. . . 4 5 6\nat name@domain.com 7 8 9\n';
    const { embedding, format } = await readVectors(file('b.txt', glove));
    expect(format).toBe('glove');
    expect(embedding.words).toEqual(['the', '. . .', 'at name@domain.com']);
    expect([...embedding.vector('. . .')]).toEqual([4, 5, 6]);
  });

  test('a word that comes twice keeps its first vector; bad UTF-8 is counted', async () => {
    const text = Buffer.concat([
      Buffer.from('a 1\nb 2\na 3\ncaf'),
      Buffer.of(0xe9),
      Buffer.from(' 4\n'),
    ]);
    const { embedding, repeated, unreadable } = await readVectors(file('a.txt', text));
    expect(embedding.words).toEqual(['a', 'b', 'caf\ufffd']);
    expect([...embedding.vector('a')]).toEqual([1]);
    expect([repeated, unreadable]).toEqual([1, 1]);
  });

  test('only the first few', async () => {
    const words = ['a', 'b', 'c', 'd'];
    const wanted = new Embedding(words, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    for (const format of VECTOR_FORMATS) {
      const path = file(`${format}.tsv`);
      await writeVectors(path, wanted, { format });
      const { embedding } = await readVectors(path, { format, limit: 2 });
      expect(embedding.words).toEqual(['a', 'b']);
      expect(vectorsOf(embedding)).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
    await expect(readVectors(file('glove.tsv'), { limit: 0 })).rejects.toThrow(/limit/);
  });
});

describe('what is wrong', () => {
  test.each([
    ['3 2\na 1 2\nb 3 4\n', /promises 3 vectors but ends after 2/],
    ['1 2\na 1 2\nb 3 4\n', /line 3: the header promises 1 vectors/],
    ['2 3\na 1 2\nb 3 4\n', /line 2: a word and 3 numbers are expected, but there are 3 fields/],
    ['2 2\na 1 2\nb 3 x\n', /line 3: "x" is not a finite number/],
    ['a 1 2\nb 3 nan\n', /line 2: "nan" is not/],
    ['a 1 2\nb 3\n', /line 2: a word and 2 numbers/],
    ['a 1 2\n 3 4\n', /line 2: the word is missing/],
    ['1 2\n', /holds no vectors|promises 1 vectors/],
    ['once upon a time\n', /does not look like word vectors/],
    ['word\n', /does not look like word vectors/],
  ])('%j', async (text, message) => {
    await expect(readVectors(file('v.txt', text))).rejects.toThrow(message);
  });

  test('binary files cut off, with no header, or not finite', async () => {
    const whole = bytes('2 2\n', 'a ', [1, 2], '\nb ', [3, 4], '\n');
    for (const length of [6, 13, 17, 22]) {
      const path = file(`${length}.bin`, whole.subarray(0, length));
      await expect(readVectors(path, { format: 'word2vec-binary' })).rejects.toThrow(
        /cut off in number/,
      );
    }
    const nan = bytes('1 1\n', 'a ', [Number.NaN]);
    await expect(readVectors(file('nan.bin', nan))).rejects.toThrow(/number 1 \("a"\) holds NaN/);
    const other = file('x.bin', Uint8Array.of(1, 2, 3, 4, 5));
    await expect(readVectors(other)).rejects.toThrow(/does not look like/);
    await expect(readVectors(other, { format: 'word2vec-binary' })).rejects.toThrow(/begins with/);
  });

  test('Projector: a missing or longer list of words, uneven rows, a word for a number', async () => {
    const vectors = file('v.tsv', '1\t2\n3\t4\n');
    await expect(readVectors(vectors)).rejects.toThrow(/no file .*v\.metadata\.tsv/);
    file('v.metadata.tsv', 'word\na\nb\n');
    await expect(readVectors(vectors)).rejects.toThrow(/2 vectors, .* 3 words \(a header line/);
    file('v.metadata.tsv', 'a\nb\n');
    file('v.tsv', '1\t2\n3\n');
    await expect(readVectors(vectors)).rejects.toThrow(/line 2: 1 numbers in place of 2/);
    file('v.tsv', '1\t2\n3\tb\n');
    await expect(readVectors(vectors)).rejects.toThrow(/line 2: "b" is not/);
  });

  test('words that a format cannot hold are refused, and nothing is written', async () => {
    const spaced = new Embedding(['new york', 'b'], Float64Array.of(1, 2));
    for (const format of ['word2vec', 'glove', 'word2vec-binary'] as const) {
      await expect(writeVectors(file('v'), spaced, { format })).rejects.toThrow(
        /"new york" has white space/,
      );
    }
    const tab = new Embedding(['a\tb'], Float64Array.of(1));
    await expect(writeVectors(file('v.tsv'), tab, { format: 'projector' })).rejects.toThrow(/tab/);
    expect(list()).toEqual([]);
    await writeVectors(file('v.tsv'), spaced, { format: 'projector' });
    expect((await readVectors(file('v.tsv'), { format: 'projector' })).embedding.words).toEqual([
      'new york',
      'b',
    ]);
  });

  test('numbers too large for the binary format, formats that do not exist, files that do', async () => {
    const huge = new Embedding(['a'], Float64Array.of(1e39));
    await expect(writeVectors(file('v'), huge, { format: 'word2vec-binary' })).rejects.toThrow(
      /32 bits/,
    );
    await expect(writeVectors(file('v'), small, { format: 'vec' as 'glove' })).rejects.toThrow(
      /"vec"; there are/,
    );
    await expect(readVectors(file('v', 'x'), { format: 'vec' as 'glove' })).rejects.toThrow(
      /"vec"; there are/,
    );
    await expect(writeVectors(file('v'), small)).rejects.toThrow(/exists already/);
    const twin = file('pair.metadata.tsv', 'kept');
    await expect(writeVectors(file('pair.tsv'), small, { format: 'projector' })).rejects.toThrow(
      /exists/,
    );
    expect(readFileSync(twin, 'utf8')).toBe('kept');
    expect(list()).toEqual(['pair.metadata.tsv', 'v']);
  });
});
