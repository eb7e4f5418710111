import { expect, test } from 'vitest';
import { table } from '../../src/report/index.js';

test('columns are as wide as their widest cell, figures stand at the right', () => {
  const text = table(
    [{ head: 'method' }, { head: 'time', align: 'right' }],
    [
      ['PCA', '0.3 s'],
      ['autoencoder', '12 s'],
    ],
  );
  expect(`\n${text}\n`).toBe(`
┌─────────────┬───────┐
│ method      │  time │
├─────────────┼───────┤
│ PCA         │ 0.3 s │
│ autoencoder │  12 s │
└─────────────┴───────┘
`);
});

test('wide characters take two columns, marks none', () => {
  expect(table([{ head: 'x' }], [['日本'], ['e\u0301']])).toBe(
    ['┌──────┐', '│ x    │', '├──────┤', '│ 日本 │', '│ e\u0301    │', '└──────┘'].join('\n'),
  );
});

test('words cannot steer the terminal', () => {
  const text = table([{ head: '\x1b[31m' }], [['a\nb'], ['\u202eabc']]);
  expect(text.split('\n')).toHaveLength(6);
  expect(text).not.toContain('\x1b');
  expect(text).not.toContain('\u202e');
});

test('no rows, and a row that does not fit', () => {
  expect(table([{ head: 'a' }], [])).toBe('┌───┐\n│ a │\n├───┤\n└───┘');
  expect(() => table([{ head: 'a' }], [['1', '2']])).toThrow('row 0 has 2 cells for 1 columns');
});
