// Sums, norms and extremes: a plain loop, the documented order as TypeScript writes it, and its twin, which gives the
// same bits. Eight running sums are not only more accurate than one: a single one waits for each addition.

import { max, norm2, sum, sumAxis } from '../src/linalg/index.js';
import { assertSame, type Case, compare, gigabytes } from './harness.js';
import { caseOf, placed } from './support/placed.js';

/** s += xᵢ, as one writes it first. */
function plainSum(x: Float64Array): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) s += x[i]!;
  return s;
}

function plainNorm(x: Float64Array): number {
  let s = 0;
  for (let i = 0; i < x.length; i++) s += x[i]! * x[i]!;
  return Math.sqrt(s);
}

function plainMax(x: Float64Array): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) best = Math.max(best, x[i]!);
  return best;
}

for (const n of [1000, 50_000, 5_000_000]) {
  const x = placed(n, 'x');
  for (const [name, plain, ours] of [
    ['sum', plainSum, sum],
    ['norm2', plainNorm, norm2],
    ['max', plainMax, max],
  ] as const) {
    assertSame(name, Float64Array.of(ours(x.inside)), Float64Array.of(ours(x.outside)));
    compare(`${name} of ${n}`, gigabytes(8 * n), [
      { name: 'plain loop', run: () => plain(x.outside) },
      { name: 'TypeScript', run: () => ours(x.outside) },
      { name: 'WebAssembly', run: () => ours(x.inside) },
    ]);
  }
}

for (const [rows, columns] of [
  [64, 784],
  [10_000, 300],
] as const) {
  const x = placed(rows * columns, 'x');
  const across = ['rows', rows, columns, 1] as const;
  const down = ['columns', 1, rows, columns] as const;
  for (const [name, outer, n, inner] of [across, down]) {
    const out = placed(outer * inner, 'out');
    const cases = (['outside', 'inside'] as const).map((at): Case => {
      const stretch = sumAxis.on(out[at], x[at], outer, n, inner);
      stretch(0, out[at].length);
      const name = at === 'inside' ? 'WebAssembly' : 'TypeScript';
      return caseOf(name, out[at], () => stretch(0, out[at].length));
    });
    assertSame(name, out.inside, out.outside);
    compare(`sums of ${name}, [${rows}, ${columns}]`, gigabytes(8 * rows * columns), cases);
  }
}
