import { rangeError } from '../errors.js';
import { isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';

/** xᵢ ← f·xᵢ for i = from … to − 1, `times` times over and rounded each time. As in a `Stretch`, the range is believed. */
export type Decay = (from: number, to: number, f: number, times: number) => void;

/**
 * Decay of a vector, bound to it. A power of f would round once where the steps that are made up for here
 * rounded every time; so it multiplies, but no longer than anything changes.
 * @throws RangeError when it is run, unless f ≥ 0
 */
export function decayOf(x: Float64Array): Decay {
  const twin = isInMemory(x) ? simd()?.decay : undefined;
  const at = x.byteOffset;
  const run: Decay = twin
    ? (from, to, f, times) => twin(at, from, to, f, times)
    : (from, to, f, times) => decayLoop(x, from, to, f, times);
  return (from, to, f, times) => {
    // A value whose sign changes to and fro may look as if it were at rest.
    if (!(f > 0 || Object.is(f, 0))) throw rangeError(`decay: f is ${f}; it is a number ≥ 0`);
    run(from, to, f, times);
  };
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
