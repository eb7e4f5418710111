import fc from 'fast-check';

/** Multiples of 1/32 from `min` to `max`: exact in doubles, also summed and multiplied, and they shrink well. */
export const dyadic = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(min * 32), max: Math.floor(max * 32) }).map((k) => k / 32);

/** Multiples of 1/32 of either sign, and not within 1/16 of 0. */
export const awayFromZero = (max: number): fc.Arbitrary<number> =>
  fc.tuple(dyadic(1 / 16, max), fc.boolean()).map(([x, up]) => (up ? x : -x));

/** Numbers from `min` to `max` > 0 of which every size is as likely as any other: their logarithm is uniform. */
export const logUniform = (min: number, max: number): fc.Arbitrary<number> => {
  if (!(min > 0 && max > min && max < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`logUniform(${min}, ${max}): the range has to lie above 0`);
  }
  const STEPS = 2 ** 20;
  return fc.integer({ min: 0, max: STEPS }).map((k) => {
    // Not min·(max/min)^u: the quotient may be larger than any double.
    const x = min ** (1 - k / STEPS) * max ** (k / STEPS);
    return Math.max(min, Math.min(max, x));
  });
};

/** Where doubles and elementary functions change their ways: zeros, the smallest, neighbours of 1, the ends of exp. */
export const SPECIAL: readonly number[] = [
  0,
  -0,
  1,
  -1,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1 + 2 ** -52,
  1 - 2 ** -53,
  709.78,
  -709.78,
  745,
  -745,
  1e300,
  -1e300,
];

/** One of `SPECIAL`. */
export const special = (): fc.Arbitrary<number> => fc.constantFrom(...SPECIAL);
