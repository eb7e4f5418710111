/** Exponents: reading them, and multiplying by powers of two. All of it exact. */

const float = new Float64Array(1);
const words = new Int32Array(float.buffer); // [low, high]: every engine that runs WebAssembly is little-endian

/** The upper 32 bits of x: sign, 11 bits of exponent, 20 bits of fraction. */
export function highWord(x: number): number {
  float[0] = x;
  return words[1]!;
}

const LOWEST = -1074;

/** 2ᵏ for k = −1074 … 1023, every power of two that a double can hold. */
const POWERS_OF_TWO: Float64Array = new Float64Array(2098);
POWERS_OF_TWO[0] = Number.MIN_VALUE;
for (let i = 1; i < POWERS_OF_TWO.length; i++) POWERS_OF_TWO[i] = 2 * POWERS_OF_TWO[i - 1]!;

/** 2ᵏ, −1074 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - LOWEST]!;
}

/** Below it a double has no full 53 bits. */
export const SMALLEST_NORMAL: number = powerOfTwo(-1022);
/** Brings every subnormal number back among the normal ones. */
export const TWO_54: number = powerOfTwo(54);

/**
 * x·2ᵏ for an integer |k| ≤ 2046. In two factors, so that 2ᵏ itself need not be a double; for |x|
 * within 2^±500 only the second multiplication can round, overflow or become subnormal.
 */
export function scale(x: number, k: number): number {
  const half = k >> 1;
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

/** 1.5·2⁵²: a sum with it has no bits after the point. */
const SHIFTER = 6755399441055744;

/** The integer nearest to x, ties to even, for |x| < 2⁵¹. */
export function nearestInteger(x: number): number {
  return x + SHIFTER - SHIFTER;
}
