/** Functions that depend on two numbers, element by element; as in ./elementwise.ts, a loop each, and its twin. */
import { checkInPlace, checkLength, checkRange } from '../arguments.js';
import { addressesOf, isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';
import type { ParametricKernels } from '../simd/parametric.js';
import { type Stretch, stretchOf } from '../stretch.js';

/** yᵢ = f(xᵢ; p, q) for i = from … to − 1; y may be x. */
type ParametricLoop = (
  y: Float64Array,
  x: Float64Array,
  p: number,
  q: number,
  from: number,
  to: number,
) => void;

/**
 * The loop or its twin.
 * @throws RangeError for other lengths or elements that are not there, or where y shares only a part of its memory with x
 */
export interface ParametricKernel extends ParametricLoop {
  on(y: Float64Array, x: Float64Array, p: number, q: number): Stretch;
}

function parametric(name: keyof ParametricKernels, loop: ParametricLoop): ParametricKernel {
  const check = (y: Float64Array, x: Float64Array): void => {
    checkLength(name, 'x', x, y.length, 'the length of y');
    checkInPlace(name, y, 'x', x);
  };
  const part: ParametricLoop = (y, x, p, q, from, to) => {
    check(y, x);
    checkRange(name, from, to, y.length);
    // Not bound beforehand: that would be garbage in every step of training.
    const twin = isInMemory(y) && isInMemory(x) ? simd()?.[name] : undefined;
    if (twin) twin(y.byteOffset, x.byteOffset, p, q, from, to);
    else loop(y, x, p, q, from, to);
  };
  const on: ParametricKernel['on'] = (y, x, p, q) => {
    check(y, x);
    const twin = simd()?.[name];
    const at = addressesOf(y, x);
    if (!twin || !at) return (from, to) => loop(y, x, p, q, from, to);
    const [yAt, xAt] = at;
    return stretchOf((from, to) => twin(yAt, xAt, p, q, from, to), {
      kernel: name,
      given: [yAt, xAt, p, q],
      arrays: [y, x],
    });
  };
  return Object.assign(part, { on });
}

/** x where x > 0, else p·x; q is not looked at. */
export const leakyRelu: ParametricKernel = parametric('leakyRelu', (y, x, p, _q, from, to) => {
  for (let i = from; i < to; i++) y[i] = x[i]! > 0 ? x[i]! : p * x[i]!;
});

/** x, but no less than p and no more than q. */
export const clamp: ParametricKernel = parametric('clamp', (y, x, p, q, from, to) => {
  for (let i = from; i < to; i++) y[i] = Math.min(Math.max(x[i]!, p), q);
});

/** x/p·q: from length p to length q. */
export const rescale: ParametricKernel = parametric('rescale', (y, x, p, q, from, to) => {
  for (let i = from; i < to; i++) y[i] = (x[i]! / p) * q;
});
