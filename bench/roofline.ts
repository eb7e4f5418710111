// What limits a kernel: the arithmetic or the memory. For each, operations per byte that it has to move, and how many
// of them it does; above them the two roofs, measured in the same rounds.

import { allocate, copying, elementwise, matmul, sum } from '../src/linalg/index.js';
import { normals } from './harness.js';
import { saveFigures } from './support/figures.js';
import { peak } from './support/peak.js';
import { type Case, rounds, sample, summary } from './support/sampling.js';
import { figure, printTable } from './support/table.js';

/** A kernel: what it computes and what it has to read and write at least. */
interface Kernel extends Case {
  readonly flops: number;
  readonly bytes: number;
  /** Whether all it touches stays in the second-level cache. */
  readonly near: boolean;
}

/** Longer than the caches: 64 MB an array. */
const LONG = 2 ** 23;
/** 192 KiB for three arrays: within the second-level cache. */
const SHORT = 2 ** 13;
/** What stays there, in bytes. */
const NEAR = 2 ** 19;

const kernels: Kernel[] = [
  ...[LONG, SHORT].flatMap(vectors),
  timesVector(1024),
  ...[16, 64, 256, 1024].map(product),
];
/** What memory and cache deliver: a copy, which computes nothing. */
const copies = [copy(LONG), copy(SHORT)];

const all = [...kernels, ...copies, peak];
const samples = all.map((): number[] => []);
for (let round = 0; round < rounds; round++) {
  for (const [i, one] of all.entries()) samples[i]!.push(...sample(one));
}
const times = samples.map(summary);
const [memory, cache] = copies.map(
  ({ bytes }, i) => bytes / times[kernels.length + i]!.minimum / 1e9,
) as [number, number];
const top = peak.unit.of(times.at(-1)!.minimum);
const rows = kernels.map(({ name, flops, bytes, near }, i) => {
  const intensity = flops / bytes;
  const rate = flops / times[i]!.minimum / 1e9;
  const roof = Math.min(top, intensity * (near ? cache : memory));
  return { name, intensity, rate, share: rate / roof, ...times[i]! };
});
printTable(
  `Roofs: ${figure(top)} GFLOP/s in registers, ${figure(cache)} GB/s from the cache, ${figure(memory)} from memory`,
  ['', 'FLOP/byte', 'GFLOP/s', 'of its roof'],
  rows.map(({ name, intensity, rate, share }) => [
    name,
    figure(intensity),
    figure(rate),
    `${Math.round(100 * share)} %`,
  ]),
);
saveFigures('roofline', 'kernels under their roofs', { top, cache, memory, rows });

function vectors(n: number): Kernel[] {
  const near = n === SHORT;
  const size = near ? 'short' : 'long';
  const [x, y, z] = [filled(n, 'x'), filled(n, 'y'), allocate(n)];
  const [add, tanh] = [elementwise.add.on(z, x, 1, y, 1), elementwise.tanh.on(z, x)];
  return [
    { name: `add, ${size}`, flops: n, bytes: 24 * n, near, run: () => whole(add) },
    { name: `sum, ${size}`, flops: n, bytes: 8 * n, near, run: () => sum(x) },
    // So many additions, multiplications and divisions has its straight line, both of its branches included.
    { name: `tanh, ${size}`, flops: 64 * n, bytes: 16 * n, near, run: () => whole(tanh) },
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
  return {
    name: `matrix × vector, ${n}`,
    flops: 2 * n * n,
    bytes: 8 * n * n,
    near: 8 * n * n < NEAR,
    run,
  };
}

function product(n: number): Kernel {
  const [a, b, c] = [filled(n * n, 'a'), filled(n * n, 'b'), allocate(n * n)];
  const multiply = matmul.on(c, a, b, n, n, n);
  const run = (): number => {
    multiply(0, n);
    return c[n - 1]!;
  };
  return {
    name: `matmul, ${n}`,
    flops: 2 * n ** 3,
    bytes: 24 * n * n,
    near: 24 * n * n < NEAR,
    run,
  };
}

function copy(n: number): Case & { readonly bytes: number } {
  const [x, y] = [filled(n, 'x'), allocate(n)];
  const rows = (data: Float64Array) => ({ data, row: n, step: 1 });
  const copied = copying(rows(y), rows(x), n);
  const run = (): number => {
    copied(0, n);
    return y[0]!;
  };
  return { name: 'copy', bytes: 16 * n, run };
}

function filled(length: number, label: string): Float64Array {
  const numbers = allocate(length);
  const some = normals(Math.min(length, 2 ** 16), label);
  for (let i = 0; i < length; i += some.length) numbers.set(some.subarray(0, length - i), i);
  return numbers;
}
