/**
 * Pairs: a value of up to 106 bits as an unevaluated sum hi + lo of two doubles. What a sum or a
 * product loses to rounding is itself a double, and the functions here find it without a fused
 * multiply-add (Dekker 1971, Knuth TAOCP 4.2.2). They hold as long as nothing over- or underflows.
 */

/** (a + b) − s, exactly, where s is the rounded sum a + b. */
export function sumError(a: number, b: number, s: number): number {
  const rounded = s - a;
  return a - (s - rounded) + (b - rounded);
}

/** (a + b) − s, exactly, where s is the rounded sum and |a| ≥ |b| or a = 0. */
export function fastSumError(a: number, b: number, s: number): number {
  return b - (s - a);
}

/** a rounded to 26 bits: products of two such numbers are exact (Veltkamp). |a| < 2⁹⁹⁶. */
export function upperHalf(a: number): number {
  const c = 134217729 * a; // 2²⁷ + 1
  return c - (c - a);
}

/** a·b − p, exactly, where p is the rounded product. */
export function productError(a: number, b: number, p: number): number {
  const ah = upperHalf(a);
  const al = a - ah;
  const bh = upperHalf(b);
  const bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/** What q = a/b leaves of the quotient (a + al)/(b + bl), |bl| ≤ ulp(b): (a + al − q·(b + bl))/b. */
export function quotientError(a: number, al: number, b: number, bl: number, q: number): number {
  const p = q * b;
  return (a - p - productError(q, b, p) + (al - q * bl)) / b;
}

/**
 * Functions that compute a pair return its first half and leave the second in `low[0]`, to be
 * fetched before the next such call: a returned object would be an allocation per call.
 */
export const low: Float64Array = new Float64Array(1);
