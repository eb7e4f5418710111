import fc from 'fast-check';

/** Numbers of ordinary size with the awkward ones among them. */
export const awkward: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 1, -1, 1e16, -1e16, 5e-324, 1e308, -1e308) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  },
);

/** Small multiples of 1/8: sums and products of a few thousand of them are exact in any order. */
export const dyadic: fc.Arbitrary<number> = fc.integer({ min: -64, max: 64 }).map((n) => n / 8);

export const vector = (
  length: number,
  element: fc.Arbitrary<number> = awkward,
): fc.Arbitrary<Float64Array> =>
  fc
    .array(element, { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));

/** Whether two arrays hold the very same numbers: NaN equals NaN, 0 does not equal −0. */
export function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/**
 * A plain, seeded stream of numbers in [−1, 1) with all 53 bits in use, so that sums of them do round;
 * independent of the project's own generator (mulberry32).
 */
export function noise(seed: number): () => number {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => word() / 2 ** 31 - 1 + word() * 2 ** -63;
}

export function noisy(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, noise(seed));
}
