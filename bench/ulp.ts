/**
 * Accuracy of the elementary functions against 250-bit arithmetic, as the table of docs/elementary.md:
 * `npx tsx bench/ulp.ts [points] [seed] [names…]`.
 */
import { CASES, worst } from '../test/linalg/elementary-cases.js';

const [points = '20000', seed = '1', ...names] = process.argv.slice(2);

const row = (cells: readonly string[]): void => {
  const widths = [14, 6, 6];
  console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
};

row(['function', 'stated', 'worst', `at (of ${points} points)`]);
row(['---', '---', '---', '---']);
for (const c of CASES) {
  if (names.length > 0 && !names.includes(c.name)) continue;
  const w = worst(c, Number(points), Number(seed));
  row([c.name, c.bound.toFixed(2), w.ulp.toFixed(3), w.at.join(', ')]);
}
