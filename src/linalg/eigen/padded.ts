/**
 * What the dense eigensolver does n² times over, on matrices whose rows are padded with zeros to a multiple of 8
 * numbers. So no loop has a rest, and every row starts at a cache line. Each has a twin in WebAssembly
 * (../simd/padded.ts) with the same bits.
 *
 * `first` says on which rows and columns: those from there on. A loop starts at the multiple of 8 before it, so
 * the vector along the columns must hold zeros there, and behind column n.
 */
import { addressesOf, allocate } from '../memory.js';
import { simd } from '../simd/index.js';

/** Numbers that a vector of WebAssembly's four registers holds. */
const EIGHT = 8;

/** A matrix of n rows, each `stride` numbers long. */
export interface Padded {
  readonly data: Float64Array;
  readonly n: number;
  readonly stride: number;
}

/** An n × n matrix of zeros. */
export function padded(n: number): Padded {
  const stride = paddedLength(n);
  return { data: allocate(n * stride).fill(0), n, stride };
}

/** n, or the next multiple of 8. */
export function paddedLength(n: number): number {
  return Math.ceil(n / EIGHT) * EIGHT;
}

/** pᵢ = Σⱼ aᵢⱼ·uⱼ, in eight sums: those of each j mod 8, then ((0+2)+(4+6)) + ((1+3)+(5+7)). */
export function multiplyBy(p: Float64Array, a: Padded, u: Float64Array, first: number): void {
  const { data, n, stride } = a;
  const start = first - (first % EIGHT);
  const at = simd() && addressesOf(p, data, u);
  if (at) {
    const [pAt, aAt, uAt] = at;
    const corner = aAt + 8 * (first * stride + start);
    const width = stride - start;
    simd()!.multiplyBy(pAt + 8 * first, corner, stride, n - first, uAt + 8 * start, width);
    return;
  }
  for (let i = first; i < n; i++) {
    const row = i * stride;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    let [s4, s5, s6, s7] = [0, 0, 0, 0];
    for (let j = start; j < stride; j += EIGHT) {
      s0 += data[row + j]! * u[j]!;
      s1 += data[row + j + 1]! * u[j + 1]!;
      s2 += data[row + j + 2]! * u[j + 2]!;
      s3 += data[row + j + 3]! * u[j + 3]!;
      s4 += data[row + j + 4]! * u[j + 4]!;
      s5 += data[row + j + 5]! * u[j + 5]!;
      s6 += data[row + j + 6]! * u[j + 6]!;
      s7 += data[row + j + 7]! * u[j + 7]!;
    }
    p[i] = s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
  }
}

/** A ← A − 2x·yᵀ. */
export function takeOff(a: Padded, x: Float64Array, y: Float64Array, first: number): void {
  const { data, n, stride } = a;
  const start = first - (first % EIGHT);
  const at = simd() && addressesOf(data, x, y);
  if (at) {
    const [aAt, xAt, yAt] = at;
    const corner = aAt + 8 * (first * stride + start);
    const width = stride - start;
    simd()!.takeOff(corner, stride, xAt + 8 * first, n - first, yAt + 8 * start, width);
    return;
  }
  for (let i = first; i < n; i++) {
    const factor = 2 * x[i]!;
    const row = i * stride;
    for (let j = start; j < stride; j++) data[row + j]! -= factor * y[j]!;
  }
}

/**
 * Rows k and k + 1 become cₖ·p + sₖ·q and cₖ·q − sₖ·p, one pair after the other for k = from … to − 1. A few columns go
 * through all rotations before the next ones do, so that the row which two rotations share is never put down.
 */
export function rotateRows(
  a: Padded,
  cosines: Float64Array,
  sines: Float64Array,
  from: number,
  to: number,
): void {
  const { data, stride } = a;
  const at = simd() && addressesOf(data, cosines, sines);
  if (at) {
    const [aAt, cAt, sAt] = at;
    const row = aAt + 8 * from * stride;
    simd()!.rotateRows(row, stride, cAt + 8 * from, sAt + 8 * from, to - from);
    return;
  }
  for (let j = 0; j < stride; j += 2) {
    let p = from * stride + j;
    let x0 = data[p]!;
    let x1 = data[p + 1]!;
    for (let k = from; k < to; k++) {
      const c = cosines[k]!;
      const s = sines[k]!;
      const y0 = data[p + stride]!;
      const y1 = data[p + stride + 1]!;
      data[p] = c * x0 + s * y0;
      data[p + 1] = c * x1 + s * y1;
      x0 = c * y0 - s * x0;
      x1 = c * y1 - s * x1;
      p += stride;
    }
    data[p] = x0;
    data[p + 1] = x1;
  }
}
