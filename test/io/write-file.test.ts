import { mkdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { refuseToReplace, writeFile, writeFiles } from '../../src/io/index.js';
import { temporaryFolder } from './folder.js';

const { file, list } = temporaryFolder();

function* failing(): Generator<string> {
  yield 'half';
  throw new Error('no more');
}

describe('writeFile', () => {
  test('writes all pieces, text as UTF-8', async () => {
    await writeFile(file('a.txt'), ['é', Uint8Array.of(10), '€']);
    expect(readFileSync(file('a.txt'), 'utf8')).toBe('é\n€');
    await writeFile(file('empty.txt'), []);
    expect(readFileSync(file('empty.txt'))).toHaveLength(0);
    const long = Array.from({ length: 30_000 }, (_, i) => `${i} `.repeat(20));
    await writeFile(file('long.txt'), long);
    expect(readFileSync(file('long.txt'), 'utf8')).toBe(long.join(''));
  });

  test('gzips where the name says so', async () => {
    await writeFile(file('a.gz'), ['packed']);
    expect(gunzipSync(readFileSync(file('a.gz'))).toString()).toBe('packed');
  });

  test('does not replace a file unless asked', async () => {
    const path = file('a.txt', 'old');
    await expect(writeFile(path, ['new'])).rejects.toThrow(/a\.txt exists already/);
    await expect(refuseToReplace(path)).rejects.toThrow(/exists already/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeFile(path, ['new'], { overwrite: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
    await refuseToReplace(file('b.txt'));
  });

  test('when it fails half-way nothing is left, and the old file is as it was', async () => {
    const path = file('a.txt', 'old');
    for (const target of [path, file('new.txt'), file('new.gz')]) {
      await expect(writeFile(target, failing(), { overwrite: true })).rejects.toThrow('no more');
    }
    expect(list()).toEqual(['a.txt']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('files that belong together come together or not at all', async () => {
    const [a, b] = [file('a.txt'), file('b.txt')];
    const both = [
      [a, ['1']],
      [b, failing()],
    ] as const;
    await expect(writeFiles(both)).rejects.toThrow('no more');
    expect(list()).toEqual([]);
    await writeFiles([
      [a, ['1']],
      [b, ['2']],
    ]);
    expect(list()).toEqual(['a.txt', 'b.txt']);
  });

  test('a folder that is missing, or in the place of the file', async () => {
    await expect(writeFile(file('nowhere/a.txt'), ['x'])).rejects.toThrow(/no folder .*nowhere/);
    mkdirSync(file('folder'));
    await expect(writeFile(file('folder'), ['x'])).rejects.toThrow(/exists already/);
    await expect(writeFile(file('folder'), ['x'], { overwrite: true })).rejects.toThrow(
      /is a folder/,
    );
    expect(list()).toEqual(['folder']);
  });
});
