import fc from 'fast-check';

/** Some axes of a shape, in any order and counted from either end; undefined for all. */
export const axesOf = (rank: number): fc.Arbitrary<number | number[] | undefined> => {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const some = fc
    .shuffledSubarray(all)
    .chain((axes) =>
      fc
        .array(fc.boolean(), { minLength: axes.length, maxLength: axes.length })
        .map((fromEnd) => axes.map((axis, i) => (fromEnd[i] ? axis - rank : axis))),
    );
  const none = fc.constant(undefined);
  if (rank === 0) return none;
  return fc.oneof(some, fc.integer({ min: -rank, max: rank - 1 }), none);
};
