// What limits a kernel: the arithmetic or the memory. For each, operations per byte that it has to move, and how many
// of them it does; above them the two roofs, measured in the same rounds.

import { allocate, elementwise, matmul, sum } from '../src/linalg/index.js';
import { normals } from './harness.js';
import { saveFigures } from './support/figures.js';
import { peak } from './support/peak.js';
import { type Case, rounds, sample, summary } from './support/sampling.js';
import { figure, printTable } from './support/table.js';

/** A kernel: what it computes and what it has to read and write at least. */
interface Kernel extends Case {
  readonly flops: number;
  readonly bytes: number;
}

/** Longer than the caches: 64 MB an array. */
const LONG = 2 ** 23;
/** 256 KiB for three arrays: within the second-level cache. */
const SHORT = 2 ** 13;

const kernels: Kernel[] = [
  ...[LONG, SHORT].flatMap(vectors),
  timesVector(1024),
  ...[16, 64, 256, 1024].map(product),
];
/** What memory delivers: a copy, which computes nothing. */
const roof: Case & { readonly bytes: number } = copy();

const samples = [...kernels, roof, peak].map((): number[] => []);
for (let round = 0; round < rounds; round++) {
  for (const [i, one] of [...kernels, roof, peak].entries()) samples[i]!.push(...sample(one));
}
const times = samples.map(summary);
const bandwidth = roof.bytes / times.at(-2)!.minimum / 1e9;
const top = peak.unit.of(times.at(-1)!.minimum);
const rows = kernels.map(({ name, flops, bytes }, i) => {
  const intensity = flops / bytes;
  const rate = flops / times[i]!.minimum / 1e9;
  const limit = Math.min(top, intensity * bandwidth);
  return { name, intensity, rate, share: rate / limit, ...times[i]! };
});
printTable(
  `Roofs: ${figure(top)} GFLOP/s in registers, ${figure(bandwidth)} GB/s from memory`,
  ['', 'FLOP/byte', 'GFLOP/s', 'of the roof'],
  rows.map(({ name, intensity, rate, share }) => [
    name,
    figure(intensity),
    figure(rate),
    `${Math.round(100 * share)} %`,
  ]),
);
saveFigures('roofline', 'kernels under their roofs', { top, bandwidth, rows });

function vectors(n: number): Kernel[] {
  const size = n === LONG ? 'long' : 'short';
  const [x, y, z] = [filled(n, 'x'), filled(n, 'y'), allocate(n)];
  const [add, tanh] = [elementwise.add.on(z, x, 1, y, 1), elementwise.tanh.on(z, x)];
  return [
    { name: `add, ${size}`, flops: n, bytes: 24 * n, run: () => whole(add) },
    { name: `sum, ${size}`, flops: n, bytes: 8 * n, run: () => sum(x) },
    // About 40 operations an element.
    { name: `tanh, ${size}`, flops: 40 * n, bytes: 16 * n, run: () => whole(tanh) },
  ];

  function whole(stretch: (from: number, to: number) => void): number {
    stretch(0, n);
    return z[n - 1]!;
  }
}

function timesVector(n: number): Kernel {
  const [a, x, y] = [filled(n * n, 'a'), filled(n, 'x'), allocate(n)];
  const multiply = matmul.on(y, a, x, n, 1, n);
  const run = (): number => {
    multiply(0, n);
    return y[n - 1]!;
  };
  return { name: `matrix × vector, ${n}`, flops: 2 * n * n, bytes: 8 * n * n, run };
}

function product(n: number): Kernel {
  const [a, b, c] = [filled(n * n, 'a'), filled(n * n, 'b'), allocate(n * n)];
  const multiply = matmul.on(c, a, b, n, n, n);
  const run = (): number => {
    multiply(0, n);
    return c[n - 1]!;
  };
  return { name: `matmul, ${n}`, flops: 2 * n ** 3, bytes: 24 * n * n, run };
}

function copy(): Case & { readonly bytes: number } {
  const [x, y] = [filled(LONG, 'x'), allocate(LONG)];
  const run = (): number => {
    y.set(x);
    return y[0]!;
  };
  return { name: 'copy', bytes: 16 * LONG, run };
}

function filled(length: number, label: string): Float64Array {
  const numbers = allocate(length);
  const some = normals(Math.min(length, 2 ** 16), label);
  for (let i = 0; i < length; i += some.length) numbers.set(some.subarray(0, length - i), i);
  return numbers;
}
