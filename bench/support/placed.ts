// The same numbers twice: where kernels in WebAssembly reach them, and where only the plain loops do.

import { allocate } from '../../src/linalg/index.js';
import { type Case, normals } from '../harness.js';

export interface Placed {
  /** In the memory of tensors. */
  readonly inside: Float64Array;
  /** An array of its own. */
  readonly outside: Float64Array;
}

/** Standard normal numbers, other ones for each label. */
export function placed(length: number, label: string): Placed {
  const outside = normals(length, label);
  const inside = allocate(length);
  inside.set(outside);
  return { inside, outside };
}

/** A case that is told by its result: the last number of it, which is computed last. */
export function caseOf(name: string, result: Float64Array, work: () => void): Case {
  return {
    name,
    run: () => {
      work();
      return result[result.length - 1]!;
    },
  };
}
