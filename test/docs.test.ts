import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].filter((page) => existsSync(join(root, page)));

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  test('links to files that are there', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|src(?:set)?="([^"]+)"/g)]
      .map(([, link, source]) => (link ?? source)!)
      .filter((target) => !/^[a-z]+:/.test(target));
    const missing = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  test('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('docs/notes.md names the tests of notes.test.ts, all of them, in order', () => {
  const notes = readFileSync(join(root, 'docs/notes.md'), 'utf8');
  const tests = readFileSync(join(root, 'test/notes.test.ts'), 'utf8');
  const titles = [...tests.matchAll(/^ {2}test\(\s*'([^']+)'/gm)].map(([, title]) => title!);
  const named = [...notes.matchAll(/\*([^*|]{6,})\*/g)].map(([, name]) => name!.split(' … ')[0]!);
  const unnamed = titles.filter((title) => !named.some((name) => title.startsWith(name)));
  expect(titles.length).toBeGreaterThan(20);
  expect(unnamed).toEqual([]);
});

test('README shows examples/xor.ts as it is', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, shown] = /<!-- examples\/xor.ts -->\n```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(shown).toBe(readFileSync(join(root, 'examples/xor.ts'), 'utf8'));
});
