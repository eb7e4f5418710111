/**
 * Exact arithmetic as an oracle. Every finite double is a whole multiple of 2⁻¹⁰⁷⁴, so sums, and sums of
 * products, of doubles are BigInts in units of 2⁻¹⁰⁷⁴ or 2⁻²¹⁴⁸.
 */
const bits = new DataView(new ArrayBuffer(8));

/** x in units of 2⁻¹⁰⁷⁴. */
export function exact(x: number): bigint {
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const fraction = word & 0xfffffffffffffn;
  if (exponent === 0x7ffn) throw new Error(`${x} is not finite`);
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return word >> 63n === 1n ? -magnitude : magnitude;
}

/** |a − b| in units of `unit`, all BigInts of one scale, as a number good to 20 bits. */
export function distance(a: bigint, b: bigint, unit: bigint): number {
  const gap = a > b ? a - b : b - a;
  const scale = 1n << 20n;
  return Number((gap * scale) / unit) / Number(scale);
}

/** Σ xᵢ in units of 2⁻¹⁰⁷⁴. */
export function exactSum(x: Iterable<number>): bigint {
  let total = 0n;
  for (const value of x) total += exact(value);
  return total;
}

/** Σ xᵢyᵢ in units of 2⁻²¹⁴⁸. */
export function exactDot(x: ArrayLike<number>, y: ArrayLike<number>): bigint {
  let total = 0n;
  for (let i = 0; i < x.length; i++) total += exact(x[i]!) * exact(y[i]!);
  return total;
}
