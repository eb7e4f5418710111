import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { chainrule } from './support/run.js';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

// Vectors whose cosines are plain: cos(x, xy) = cos(y, xy) = √½, cos(x, xxy) = 2/√5, cos(x, y) = 0.
// king : man = queen : woman is a parallelogram.
writeFileSync(
  at('vectors.txt'),
  '9 4\nx 1 0 0 0\ny 0 1 0 0\nxy 1 1 0 0\nxxy 2 1 0 0\nman 0 0 1 0\nwoman 0 0 0 1\n' +
    'king 5 0 5 0\nqueen 5 0 0 5\n1984 0 -1 0 0\n',
);
writeFileSync(at('agree.tsv'), 'x\txxy\t10\nx\txy\t7\nX\ty\t1\nx\tunheard\t5\n');
writeFileSync(at('disagree.tsv'), 'word1\tword2\tscore\nx\txxy\t1\nx\txy\t2\nx\ty\t3\n');
writeFileSync(at('analogies.txt'), ': crowns\nman king woman queen\n: none\na b c d\n');

// Two kinds of words that never meet: beasts eat, tools mend.
const [beasts, tools] = ['cat dog fox owl'.split(' '), 'saw axe rake brush'.split(' ')];
const lines = Array.from({ length: 400 }, (_, i) =>
  i % 2 === 0
    ? `The ${beasts[(i >> 1) % 4]} eats an apple with ${beasts[(i >> 3) % 4]}.`
    : `My ${tools[(i >> 1) % 4]} mends the broken wall near ${tools[(i >> 3) % 4]}.`,
);
writeFileSync(at('text.txt.gz'), gzipSync(lines.join('\n')));
writeFileSync(at('empty.txt'), '');
writeFileSync(at('one-word.txt'), 'word '.repeat(50));

test('npm start: every learned method finds the classes (here after a third of the epochs), one-hot is at chance', async () => {
  const { code, stdout } = await chainrule(
    'compare',
    '--json',
    '--out',
    at('world'),
    '--epochs',
    '15',
  );
  expect(code).toBe(0);
  const { methods } = JSON.parse(stdout) as {
    methods: {
      name: string;
      nearestFiveInClass: number;
      chance: number;
      dimension: number;
      analogies: { total: { accuracy: number } };
    }[];
  };
  expect(methods.map(({ name }) => name)).toEqual([
    'one-hot',
    'autoencoder',
    'vae',
    'contrastive',
    'pca',
  ]);
  const [oneHot, ...learned] = methods;
  expect(oneHot!.nearestFiveInClass).toBeCloseTo(oneHot!.chance, 12);
  expect(oneHot!.chance).toBeLessThan(0.05);
  for (const { nearestFiveInClass, analogies, dimension } of learned) {
    expect(nearestFiveInClass).toBeGreaterThanOrEqual(0.9);
    expect(analogies.total.accuracy).toBeGreaterThanOrEqual(0.8);
    expect(dimension).toBe(60);
  }
  const page = readFileSync(at('world/compare.html'), 'utf8');
  expect(page.split('<svg').length - 1).toBe(5 + 4);
  const drawn = (word: string): number => page.split(`class="dot" data-word="${word}"`).length - 1;
  expect(['cat', 'queen', 'france', 'november'].map(drawn)).toEqual([5, 5, 5, 5]);
}, 120_000);

describe('compare FILE', () => {
  test('prints table and neighbours, writes page and vectors', async () => {
    const { code, stdout } = await chainrule(
      'compare',
      at('text.txt.gz'),
      '--methods',
      'one-hot,pca',
      '--dimension',
      '4',
      '--words',
      'cat,saw',
      '--out',
      at('file.html'),
      '--vectors',
      at('vectors'),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ one-hot +│ +\d+ ms │ +\d+ │ +– │/);
    expect(stdout).toMatch(/│ pca +│ .* │ +4 │ +[\d.e-]+ │/);
    const [, cat] = stdout.split('Nearest to cat\n');
    expect(cat).toMatch(/^ {2}one-hot {2}all other words are equally far\n {2}pca +\w+ \d\.\d\d, /);
    const nearest = /pca +(\w+ \S+, \w+ \S+, \w+)/.exec(cat!)![1]!.match(/[a-z]+/g)!;
    for (const word of nearest) expect(beasts).toContain(word);
    expect(readFileSync(at('file.html'), 'utf8').includes('Nearest neighbours')).toBe(true);
    expect(readdirSync(at('vectors'))).toEqual(['pca.txt']);
    expect(readFileSync(at('vectors/pca.txt'), 'utf8')).toMatch(/^\d+ 4\n/);
  });
});

describe('embed', () => {
  const embed = (out: string) =>
    chainrule(
      'embed',
      at('text.txt.gz'),
      '--method',
      'contrastive',
      '--dimension',
      '3',
      '--out',
      out,
    );

  test('writes vectors into a folder that it makes, the same ones every time', async () => {
    expect((await embed(at('deep/contrastive.txt'))).code).toBe(0);
    expect((await embed(at('again.txt'))).code).toBe(0);
    const written = readFileSync(at('deep/contrastive.txt'), 'utf8');
    expect(written).toMatch(/^\d+ 3\nthe /);
    expect(readFileSync(at('again.txt'), 'utf8')).toBe(written);
  });

  test('replaces nothing unless told to', async () => {
    const { code, stderr } = await embed(at('vectors.txt'));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `chainrule: ${at('vectors.txt')} exists already; choose another name, or replace it with --force.\n`,
    });
  });
});

describe('neighbours', () => {
  test('a line each: word, neighbour, cosine', async () => {
    const { code, stdout } = await chainrule(
      'neighbours',
      at('vectors.txt'),
      'x',
      '1984',
      '--count',
      '2',
      '--analogy',
      'man',
      'king',
      'woman',
    );
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.slice(0, 4)).toEqual([
      ['x', 'xxy', '0.894427'],
      ['x', 'xy', '0.707107'],
      ['1984', 'x', '0'],
      ['1984', 'man', '0'],
    ]);
    expect(rows[4]!.slice(0, 2)).toEqual(['king - man + woman', 'queen']);
  });

  test('as JSON', async () => {
    const near = JSON.parse(
      (await chainrule('neighbours', at('vectors.txt'), 'x', '--count', '2', '--json')).stdout,
    ) as Record<string, { word: string; similarity: number }[]>;
    expect(near['x']!.map(({ word }) => word)).toEqual(['xxy', 'xy']);
    expect(near['x']![0]!.similarity).toBeCloseTo(2 / Math.sqrt(5), 12);
  });
});

describe('evaluate', () => {
  test('agreement 1, disagreement −1, the words it does not know left out', async () => {
    const { pairs, analogies } = JSON.parse(
      (
        await chainrule(
          'evaluate',
          at('vectors.txt'),
          '--pairs',
          at('agree.tsv'),
          at('disagree.tsv'),
          '--analogies',
          at('analogies.txt'),
          '--json',
        )
      ).stdout,
    );
    expect(pairs).toEqual({
      agree: { pairs: 4, covered: 3, rho: 1 },
      disagree: { pairs: 3, covered: 3, rho: -1 },
    });
    expect(analogies.total).toEqual({ questions: 2, covered: 1, correct: 1, accuracy: 1 });
  });

  test('as a table', async () => {
    const { stdout } = await chainrule(
      'evaluate',
      at('vectors.txt'),
      '--pairs',
      at('agree.tsv'),
      '--analogies',
      at('analogies.txt'),
    );
    expect(stdout).toContain('│ agree │  3 of 4 │    1.000 │');
    expect(stdout).toContain('│ none      │  0 of 1 │     – │');
    expect(stdout).toContain('│ all       │  1 of 2 │ 1.000 │');
  });
});

describe('mistakes are one clear line, a code that is not 0, and nothing written', () => {
  test.each([
    [['compare', at('missing.txt')], 1, `There is no file ${at('missing.txt')}`],
    [['compare', at('empty.txt')], 1, 'is empty'],
    [['compare', at('one-word.txt')], 1, 'one word only ("word", 50 times)'],
    [['compare', folder], 1, 'is a folder'],
    [
      ['compare', at('text.txt.gz'), '--words', 'kat'],
      1,
      '"kat" is not among the 18 words; did you mean cat?',
    ],
    [
      ['embed', at('text.txt.gz'), '--dimension', '99', '--out', at('no.txt')],
      1,
      'dimension is 99',
    ],
    [['compare', '--methods', 'pac'], 2, 'did you mean pca?'],
    [['embed', at('text.txt.gz')], 2, "required option '-o, --out <file>'"],
    [['evaluate', at('vectors.txt')], 2, 'nothing to measure by'],
    [['neighbours', at('vectors.txt')], 2, 'name one or more words'],
    [['neighbours', at('vectors.txt'), 'xyx'], 1, 'did you mean'],
    [['neighbours', at('vectors.txt'), '--analogy', 'x', 'y'], 2, '--analogy takes three words'],
  ])('%j', async (args, expected, message) => {
    const out = args[0] === 'compare' ? ['--out', at('no.html')] : [];
    const { code, stdout, stderr } = await chainrule(...args, ...out);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(existsSync(at('no.html')) || existsSync(at('no.txt'))).toBe(false);
  });
});

test('in a process of its own: the same line, the same code', () => {
  const args = [
    '--import',
    'tsx',
    'src/cli/main.ts',
    'embed',
    at('missing.txt'),
    '--out',
    at('no.txt'),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `chainrule: There is no file ${at('missing.txt')}.\n`,
  });
});
