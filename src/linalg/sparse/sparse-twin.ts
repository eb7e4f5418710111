import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';
import type { SparseKernels } from '../simd/sparse.js';
import { type CompressedRows, checkCompressed } from './compressed.js';

/**
 * Where a kernel and its arrays lie: undefined unless it has a twin and all of them are in the memory.
 * @throws RangeError for a matrix that is none
 */
export function sparseTwin<Name extends keyof SparseKernels>(
  name: Name,
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
):
  | { twin: SparseKernels[Name]; at: readonly [number, number, number, number, number] }
  | undefined {
  const twin = simd()?.[name];
  const at = addressesOf(out, a.rowStart, a.columnIndex, a.values, x);
  if (!twin || !at) return undefined;
  checkCompressed(a);
  return { twin, at };
}
