import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { notesChain, notesFactored, notesPage, page } from '../../src/explorer/index.js';
import { input, label } from '../../src/graph/index.js';
import { trace } from '../../src/graph/trace.js';
import * as ops from '../../src/ops/index.js';

const html = page(notesChain(), notesPage);
const sections = html.match(/<section class="step"[\s\S]*?<\/section>/g)!;
/** What a reader sees, fractions as top/bottom. */
const read = (markup: string): string =>
  markup
    .replace(/<mfrac><mrow>(.*?)<\/mrow><mrow>(.*?)<\/mrow><\/mfrac>/g, ' $1/$2 ')
    .replace(/<\/(mtd|td|th|h2|p|mtr)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

describe("the notes' chain, by hand: 𝓛 = vᵢ⁵ at 4", () => {
  test('the line of the notes', () => {
    // ∂L/∂z = 2z = 64, ∂z/∂v = w = 2, ∂v/∂vᵢ = 2vᵢ = 8, ∂z/∂w = v = 16, ∂w/∂vᵢ = 1/(2√vᵢ) = ¼
    expect(notesFactored(notesChain())).toEqual({
      symbols: '∂L/∂z · (∂z/∂v · ∂v/∂vᵢ + ∂z/∂w · ∂w/∂vᵢ)',
      numbers: '64 · (2 · 8 + 16 · 0.25)',
      value: String(5 * 4 ** 4),
    });
  });

  test('a step forward and a step back for every node', () => {
    const steps = [...html.matchAll(/data-phase="(\w+)" data-i="(\d)"/g)].map(
      ([, phase, i]) => `${phase} ${i}`,
    );
    const numbers = [1, 2, 3, 4, 5];
    expect(steps).toEqual([
      ...numbers.map((i) => `forward ${i}`),
      ...numbers.reverse().map((i) => `backward ${i}`),
    ]);
  });

  test('forward: from the parents, in symbols and numbers', () => {
    expect(read(sections[3]!)).toMatch(/^Forward, i = 4 z = v·w = 16·2 = 32 mul/);
  });

  test('backward: every term, and the rule it comes from', () => {
    const text = read(sections.at(-1)!);
    expect(text).toContain('= ∂ℒ/∂w ∂w/∂vi + ∂ℒ/∂v ∂v/∂vi = 1024·0.25+128·8 = 256+1024 = 1280');
    expect(text).toContain('w 1024 0.25 ∂L/∂w / (2 · w) 256');
    expect(text).toContain('v 128 8 ∂L/∂v · 2 · vi 1024');
  });

  test('the drawing has every node, edge, value, gradient and local derivative', () => {
    const svg = html.match(/<svg[\s\S]*?<\/svg>/)![0];
    const texts = (kind: string): string[] =>
      [...svg.matchAll(new RegExp(`<text[^>]*class="${kind}"[^>]*>(.*?)</text>`, 'g'))].map(
        ([, text]) => text!.replace(/<[^>]*>|\u200b/g, ''),
      );
    expect(texts('name')).toEqual(['vi', 'v', 'w', 'z', 'L']);
    expect(texts('value')).toEqual(['4', '16', '2', '32', '1024']);
    // local derivatives on the five edges, then gradients in the order of the nodes
    expect(texts('gradient').sort()).toEqual(
      ['×8', '×0.25', '×2', '×16', '×64', '1280', '128', '1024', '64', '1'].sort(),
    );
    expect(
      [...svg.matchAll(/<path class="edge"[^>]*data-from="(\d)" data-to="(\d)"/g)].map(
        ([, a, b]) => a! + b!,
      ),
    ).toEqual(['12', '13', '24', '34', '45']);
  });
});

test('negative factors and terms stand in parentheses, but for the first', () => {
  // L = −3x·x at x = 2, as −3·x and x: ∂L/∂x = 1·(−6) + 2·(−3)
  const x = label('x', input('x', []));
  const chain = page(trace(ops.mul(ops.mul(-3, x), x), { x: 2 }), { title: 't', program: 'p' });
  expect(read(chain.match(/<section[\s\S]*section>/)![0])).toContain(
    '= 1·(−6)+2·(−3) = −6+(−6) = −12',
  );
});

test('one file that asks for nothing else, and lets no other script in', () => {
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|src=|<link|@import|url\((?!#)/,
  );
  const [, script] = html.match(/<script>([\s\S]*?)<\/script>/)!;
  const digest = createHash('sha256').update(script!).digest('base64');
  expect(html).toContain(`script-src 'sha256-${digest}'`);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html.length).toBeLessThan(40_000);
});

test('what the user calls things is text, not markup', () => {
  const x = label('<img src=x onerror=alert(1)>&"', input('x', []));
  const evil = page(trace(ops.square(x), { x: 2 }), {
    title: '</title><script>',
    program: '</script>',
  });
  expect(evil).not.toMatch(/<img|<\/title><script>/);
  expect(evil.match(/<\/script>/g)).toHaveLength(1);
});

test('a graph too large to look at is refused', () => {
  let node = input('x', []);
  for (let k = 0; k < 300; k++) node = ops.neg(node);
  const large = trace(node, { x: 1 });
  expect(() => page(large, { title: 'large', program: 'x' })).toThrow(
    /at most 300 nodes; this graph has 301/,
  );
});

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
  existsSync,
);

test.skipIf(!chromium)(
  'in a browser (where there is one): step 9 of 10 shows ∂ℒ/∂v, and nothing later',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    try {
      const file = join(folder, 'chain.html');
      writeFileSync(file, html);
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`];
      const dom = execFileSync(chromium!, [...flags, '--dump-dom', `${pathToFileURL(file)}#9`], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(dom).toContain('<body class="stepping" data-phase="backward">');
      const shown = [...dom.matchAll(/<section class="step" ([^>]*)>/g)].filter(
        ([, rest]) => !rest!.includes('hidden'),
      );
      expect(shown.map(([, rest]) => rest)).toEqual(['data-phase="backward" data-i="2"']);
      const classes = (i: number): string =>
        dom.match(new RegExp(`<g class="([^"]*)" data-i="${i}"`))![1]!;
      expect(classes(2)).toMatch(/known.*graded.*current/);
      expect(classes(3)).toMatch(/known.*graded$/);
      expect(classes(1)).not.toMatch(/graded/);
      const flowing = [
        ...dom.matchAll(/class="edge[^"]*flow"[^>]*data-from="(\d)" data-to="(\d)"/g),
      ];
      expect(flowing.map(([, a, b]) => a! + b!)).toEqual(['24']);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);
