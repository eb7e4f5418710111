/** Which way a function goes, where all ways give the same bits: what kernels in WebAssembly it calls. */
import { type Kernels, simd } from '../../../src/linalg/simd/index.js';

/** The arguments of each call of a kernel while `run` runs. */
export function callsOf(name: keyof Kernels, run: () => void): (readonly number[])[] {
  const kernels = simd()!;
  const own = kernels[name] as (...given: number[]) => unknown;
  const calls: number[][] = [];
  const listening = (...given: number[]): unknown => {
    calls.push(given);
    return own(...given);
  };
  Object.defineProperty(kernels, name, { value: listening });
  try {
    run();
  } finally {
    Object.defineProperty(kernels, name, { value: own });
  }
  return calls;
}
