import { isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';

/** Whether something is so for all elements from … to − 1 of an array, to which it is bound. As in a `Stretch`, the range is believed. */
export type Scan = (from: number, to: number) => boolean;

/** Whether no element is NaN or infinite. */
export function finiteIn(x: Float64Array): Scan {
  const twin = isInMemory(x) ? simd()?.allFinite : undefined;
  const at = x.byteOffset;
  if (twin) return (from, to) => twin(at, from, to) !== 0;
  return (from, to) => {
    for (let i = from; i < to; i++) if (!Number.isFinite(x[i])) return false;
    return true;
  };
}

/** Whether every element is +0. */
export function zeroIn(x: Float64Array): Scan {
  const twin = isInMemory(x) ? simd()?.allZero : undefined;
  const at = x.byteOffset;
  if (twin) return (from, to) => twin(at, from, to) !== 0;
  return (from, to) => {
    for (let i = from; i < to; i++) if (!Object.is(x[i], 0)) return false;
    return true;
  };
}
