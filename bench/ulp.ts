/**
 * Accuracy of the elementary functions against 250-bit arithmetic: `npx tsx bench/ulp.ts [points] [seed] [names…]`.
 */
import { CASES, worst } from '../test/linalg/elementary-cases.js';

const [points = '20000', seed = '1', ...names] = process.argv.slice(2);

console.log('function     points   worst ulp   at');
for (const c of CASES) {
  if (names.length > 0 && !names.includes(c.name)) continue;
  const w = worst(c, Number(points), Number(seed));
  const row = [c.name.padEnd(11), String(w.points).padStart(7), w.ulp.toFixed(3).padStart(11)];
  console.log(`${row.join(' ')}   ${w.at.join(', ')}`);
}
