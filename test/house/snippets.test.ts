import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

// Code in the documentation is code that runs: a block under <!-- examples/xor.ts --> is that file, which
// test/examples.test.ts runs.

const examples = readdirSync('examples').map((file) => `examples/${file}`);
const pages = ['README.md', ...readdirSync('docs').map((file) => join('docs', file))].filter(
  (file) => file.endsWith('.md') && existsSync(file),
);

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  test('each block that names an example is that example', () => {
    for (const [, file, code] of text.matchAll(/<!-- (examples\/\S+) -->\n+```ts\n(.*?)```/gs)) {
      expect(code, `copy ${file} into ${page}`).toBe(readFileSync(file!, 'utf8'));
    }
  });
});

test('the page of examples shows every example, and nothing else', () => {
  const text = readFileSync('docs/examples.md', 'utf8');
  const shown = [...text.matchAll(/<!-- (examples\/\S+) -->\n+```ts\n/g)].map(([, file]) => file);
  expect(shown.sort()).toEqual(examples);
  expect(text.split('```ts')).toHaveLength(examples.length + 1);
});
