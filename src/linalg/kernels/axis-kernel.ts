import { checkAxis } from '../arguments.js';
import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';

/** A reduction along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner]. */
export interface AxisKernel {
  /** @throws RangeError on a length that does not fit, or where out and x share memory */
  (out: Float64Array, x: Float64Array, outer: number, n: number, inner: number): void;
  /** Bound to its arrays once, to be run many times, and checked then; its pieces are the elements of `out`. */
  on(out: Float64Array, x: Float64Array, outer: number, n: number, inner: number): Stretch;
}

/** Elements from … to − 1 of out [outer, inner]; element o·inner + c is that of x[o, 0 … n − 1, c]. */
type OutputLoop = (
  out: Float64Array,
  x: Float64Array,
  n: number,
  inner: number,
  from: number,
  to: number,
) => void;

/** The kernel from its loop and its twins, of which one walks along lines (inner = 1) and one down columns. */
export function axisKernel(name: 'sum' | 'max' | 'min', loop: OutputLoop): AxisKernel {
  const on: AxisKernel['on'] = (out, x, outer, n, inner) => {
    checkAxis(`${name}Axis`, out, x, outer, n, inner);
    const kernels = simd();
    const at = addressesOf(out, x);
    if (!kernels || !at) return (from, to) => loop(out, x, n, inner, from, to);
    const [outAt, xAt] = at;
    if (inner === 1) {
      const lines = kernels[`${name}Lines`];
      const run = (from: number, to: number): void => lines(outAt, xAt, n, from, to);
      return stretchOf(run, { kernel: `${name}Lines`, given: [outAt, xAt, n], arrays: [out, x] });
    }
    const columns = kernels[`${name}Columns`];
    const run = (from: number, to: number): void => columns(outAt, xAt, n, inner, from, to);
    return stretchOf(run, {
      kernel: `${name}Columns`,
      given: [outAt, xAt, n, inner],
      arrays: [out, x],
    });
  };
  const whole = (
    out: Float64Array,
    x: Float64Array,
    outer: number,
    n: number,
    inner: number,
  ): void => {
    on(out, x, outer, n, inner)(0, out.length);
  };
  return Object.assign(whole, { on });
}
