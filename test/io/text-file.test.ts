import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corpusFromFile, TextFile } from '../../src/io/index.js';
import { Corpus, smallWorld } from '../../src/text/index.js';
import { temporaryFolder } from './folder.js';

const { file } = temporaryFolder();

async function contentOf(path: string): Promise<string> {
  let text = '';
  for await (const chunk of new TextFile(path).chunks()) text += chunk;
  return text;
}

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of new TextFile(path).lines()) lines.push(line);
  return lines;
}

/** Longer than a chunk, and with characters of one to four bytes at every offset. */
const long = 'aé€😀\r\n'.repeat(60_000) + 'end';

describe('TextFile', () => {
  test('plain and gzipped, whatever the name', async () => {
    expect(await contentOf(file('plain.txt', long))).toBe(long);
    expect(await contentOf(file('packed.txt', gzipSync(long)))).toBe(long);
    expect(await contentOf(file('plain.gz', long))).toBe(long);
    const parts = Buffer.concat([gzipSync('one '), gzipSync('two')]);
    expect(await contentOf(file('two-members.gz', parts))).toBe('one two');
  });

  test('a byte order mark is no part of the text', async () => {
    expect(await contentOf(file('bom.txt', '\ufeffword'))).toBe('word');
    expect(await contentOf(file('bom.gz', gzipSync('\ufeffword')))).toBe('word');
  });

  test('lines end with \\n or \\r\\n, the last one as it likes', async () => {
    expect(await linesOf(file('a.txt', 'one\r\n\ntwo\nthree'))).toEqual([
      'one',
      '',
      'two',
      'three',
    ]);
    expect(await linesOf(file('b.txt', 'one\n'))).toEqual(['one']);
    expect(await linesOf(file('c.txt', long))).toEqual([...Array(60_000).fill('aé€😀'), 'end']);
  });

  test('what is not UTF-8 becomes � and is counted', async () => {
    const latin1 = Buffer.from('caf\u00e9 na\u00efve', 'latin1');
    const text = new TextFile(file('latin1.txt', latin1));
    const chunks: string[] = [];
    for await (const chunk of text.chunks()) chunks.push(chunk);
    expect(chunks.join('')).toBe('caf\ufffd na\ufffdve');
    expect(text.unreadable).toBe(2);
    const cut = new TextFile(file('cut.txt', Buffer.from('x€').subarray(0, 3)));
    for await (const _ of cut.chunks());
    expect(cut.unreadable).toBe(1);
  });

  test('any text comes back', async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.boolean(),
        async (text, pack) => {
          fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
          const path = file(`${n++}.txt`, pack ? gzipSync(text) : text);
          expect(await contentOf(path)).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('progress counts the bytes of the file', async () => {
    const packed = gzipSync(long);
    const seen: number[] = [];
    const text = new TextFile(file('p.gz', packed), ({ bytesRead, bytesTotal }) => {
      expect(bytesTotal).toBe(packed.length);
      seen.push(bytesRead);
    });
    for await (const _ of text.chunks());
    expect(seen.at(-1)).toBe(packed.length);
  });

  test('errors name the file and what is wrong with it', async () => {
    mkdirSync(file('folder'));
    const cases: [string, RegExp][] = [
      [file('missing.txt'), /no file .*missing\.txt/],
      [file('x.txt', 'x') + '/y', /no file/],
      [file('folder'), /folder is a folder/],
      [file('empty.txt', ''), /empty\.txt is empty/],
      [file('empty.gz', gzipSync('')), /is empty, once unpacked/],
      [file('image.png', Uint8Array.of(137, 80, 78, 71, 0, 0, 13)), /not a text file/],
      [file('utf16.txt', Buffer.from('\ufeffword', 'utf16le')), /UTF-16.*iconv/],
      [file('cut.gz', gzipSync(long).subarray(0, 200)), /cut off/],
      [file('damaged.gz', gzipSync(long).fill(7, 100, 120)), /damaged/],
      [file('short.gz', Uint8Array.of(0x1f, 0x8b)), /cut off/],
    ];
    for (const [path, message] of cases) await expect(contentOf(path)).rejects.toThrow(message);
  });
});

describe('corpusFromFile', () => {
  const { text } = smallWorld({ sentences: 2000 });

  test('the same corpus as from the text itself', async () => {
    const { corpus, unreadable } = await corpusFromFile(file('world.gz', gzipSync(text)));
    const expected = Corpus.fromText(text);
    expect(corpus.vocabulary.words).toEqual(expected.vocabulary.words);
    expect(corpus.tokens).toEqual(expected.tokens);
    expect(corpus.starts).toEqual(expected.starts);
    expect(unreadable).toBe(0);
  });

  test('progress, options and what could not be read are passed on', async () => {
    const seen: number[] = [];
    const bytes = Buffer.concat([
      Buffer.from('Yes no\xff', 'latin1'),
      Buffer.from(' Yes no\n'.repeat(3)),
    ]);
    const { corpus, unreadable } = await corpusFromFile(
      file('a.txt', bytes),
      { minCount: 1, lowerCase: false },
      ({ wordsRead, bytesRead, bytesTotal }) => seen.push(wordsRead, bytesRead, bytesTotal),
    );
    expect(corpus.vocabulary.words).toEqual(['Yes', 'no']);
    expect(unreadable).toBe(1);
    expect(seen).toContain(bytes.length);
  });

  test('errors of the text name the file', async () => {
    await expect(corpusFromFile(file('one.txt', 'word'))).rejects.toThrow(
      /one\.txt: .*one word only/,
    );
    await expect(corpusFromFile(file('blank.txt', ' \n '))).rejects.toThrow(
      /blank\.txt: .*no words/,
    );
    await expect(corpusFromFile(file('no.txt'))).rejects.toThrow(/no file/);
  });
});
