// From which size on, and how far, threads pay: whole kernels by 1 to 4 threads. The bits are the same.

import {
  allocate,
  elementwise,
  matmul,
  type Stretch,
  share,
  threads,
  useThreads,
} from '../src/linalg/index.js';
import { assertSame, normals } from './harness.js';
import { saveFigures } from './support/figures.js';
import { rounds, type Summary, sample, summary } from './support/sampling.js';
import { figure, printTable } from './support/table.js';

const most = 4;

interface Work {
  readonly title: string;
  readonly stretch: Stretch;
  readonly pieces: number;
  /** Of one piece, in nanoseconds. */
  readonly cost: number;
  readonly result: Float64Array;
}

for (const work of [...products(), ...functions()]) {
  const { title, stretch, pieces, cost, result } = work;
  stretch(0, pieces);
  const expected = result.slice();
  const samples = Array.from({ length: most }, (): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, taken] of samples.entries()) {
      await useThreads(i + 1);
      result.fill(0);
      share(stretch, pieces, cost);
      assertSame(`${title}, ${threads()} threads`, result, expected);
      const run = (): number => {
        share(stretch, pieces, cost);
        return result[0]!;
      };
      taken.push(...sample({ name: title, run }));
    }
  }
  report(title, samples.map(summary));
}

function report(title: string, rows: readonly Summary[]): void {
  const lines = rows.map(({ minimum, median }, i) => [
    String(i + 1),
    figure(minimum * 1e6),
    figure(median * 1e6),
    `${(rows[0]!.minimum / minimum).toFixed(2)} ×`,
  ]);
  printTable(`${title}, µs`, ['threads', 'best', 'median', 'speed'], lines);
  const named = rows.map((row, i) => ({ name: `${i + 1} threads`, ...row }));
  saveFigures('threads', title, { unit: 'µs', rows: named });
}

function products(): Work[] {
  return [64, 128, 256, 512].map((n) => {
    const [a, b, c] = ['a', 'b', 'c'].map((label) => inMemory(n * n, label)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const stretch = matmul.on(c, a, b, n, n, n, {});
    return { title: `matmul ${n}×${n}`, stretch, pieces: n, cost: matmul.cost(n, n), result: c };
  });
}

function functions(): Work[] {
  const cases = [
    ['exp', 2],
    ['tanh', 5],
  ] as const;
  return cases.flatMap(([name, cost]) =>
    [10_000, 100_000, 1_000_000].map((n) => {
      const [x, y] = [inMemory(n, 'x'), allocate(n)];
      const stretch = elementwise[name].on(y, x);
      return { title: `${name} of ${n}`, stretch, pieces: n, cost, result: y };
    }),
  );
}

function inMemory(length: number, label: string): Float64Array {
  const numbers = allocate(length);
  numbers.set(normals(length, label));
  return numbers;
}
