import { allocate } from '../linalg/index.js';

/** Where the scratch of the kernels goes that are being bound. */
let collected: Float64Array[] | undefined;

/**
 * Memory for a kernel to work in, to be asked for while it is bound: it is given back together with the
 * buffers of the graph. What it holds at first is not said.
 */
export function scratch(length: number): Float64Array {
  const array = allocate(length);
  collected?.push(array);
  return array;
}

/** Runs `bind`; the scratch that it asks for is added to `into`. */
export function collectScratch<T>(into: Float64Array[], bind: () => T): T {
  const outer = collected;
  collected = into;
  try {
    return bind();
  } finally {
    collected = outer;
  }
}
