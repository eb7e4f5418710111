import { addressOf } from '../memory.js';
import { simd } from '../simd/index.js';

/** xᵢ ← f·xᵢ for i = from … to − 1, `times` times over and rounded each time. As in a `Stretch`, what it is told it believes. */
export type Decay = (from: number, to: number, f: number, times: number) => void;

/**
 * Decay of a vector, bound to it. A power of f would round once where the steps that are made up for here
 * rounded every time; so it multiplies, but no longer than anything changes.
 */
export function decayOf(x: Float64Array): Decay {
  const twin = simd()?.decay;
  const at = addressOf(x);
  if (twin && at >= 0) return (from, to, f, times) => twin(at, from, to, f, times);
  return (from, to, f, times) => decayLoop(x, from, to, f, times);
}

function decayLoop(x: Float64Array, from: number, to: number, f: number, times: number): void {
  for (let i = from; i < to; i++) {
    let value = x[i]!;
    for (let t = 0; t < times; t++) {
      const next = f * value;
      if (next === value) break;
      value = next;
    }
    x[i] = value;
  }
}
