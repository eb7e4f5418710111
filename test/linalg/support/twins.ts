/** Arrays for comparing a kernel in WebAssembly with the plain loop. */
import { allocate } from '../../../src/linalg/memory.js';
import { simd } from '../../../src/linalg/simd/index.js';
import { noise } from './arbitrary.js';

const special = [0, -0, 5e-324, -5e-324, 1e-310, 1e308, -1e308, NaN, Infinity, -Infinity];

/** Lengths around every seam: lanes, registers, blocks of 512, and digits of the counter of blocks. */
export const seams: readonly number[] = [
  ...Array.from({ length: 21 }, (_, n) => n),
  ...[31, 32, 33, 511, 512, 513, 1023, 1024, 1025, 1541, 3884, 8193, 20_000],
];

/** Without the kernels every comparison below would hold of itself. */
export function requireSimd(): void {
  if (!simd()) throw new Error('there is no WebAssembly SIMD on this machine');
}

export interface Twins {
  /** In the memory, `offset` numbers into its block, so that it need not begin at a whole register. */
  readonly inside: Float64Array;
  /** The same numbers in an array of its own, which the plain loop takes. */
  readonly outside: Float64Array;
}

/** Numbers in [−1, 1), and awkward ones among them: this share of all. */
export function twins(length: number, seed: number, awkward = 0, offset = seed % 4): Twins {
  const next = noise(seed);
  const inside = allocate(length + offset).subarray(offset);
  for (let i = 0; i < length; i++) {
    const ordinary = next();
    const other = special[Math.floor((next() + 1) * 0.5 * special.length)]!;
    inside[i] = next() < 2 * awkward - 1 ? other : ordinary;
  }
  return { inside, outside: Float64Array.from(inside) };
}

/** Two arrays for results, full of another number than any result. */
export function results(length: number, offset = 1): Twins {
  const inside = allocate(length + offset)
    .subarray(offset)
    .fill(1234);
  return { inside, outside: Float64Array.from(inside) };
}
