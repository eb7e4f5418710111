import fc from 'fast-check';
import { count, Tensor } from './tensor.js';

/** Multiples of 1/32: exact, and they shrink well. */
export const dyadic = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(min * 32), max: Math.floor(max * 32) }).map((k) => k / 32);

/** Of either sign, and not within 1/16 of 0. */
export const awayFromZero = (max: number): fc.Arbitrary<number> =>
  fc.tuple(dyadic(1 / 16, max), fc.boolean()).map(([x, up]) => (up ? x : -x));

const side = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(2, 3) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constantFrom(5, 0) },
);

/** Shapes of rank `least` … 4 and few elements. */
export const shapes = (least = 0, most = 4, largest = 12): fc.Arbitrary<number[]> =>
  fc.array(side, { minLength: least, maxLength: most }).map((shape) => {
    const small = [...shape];
    for (let axis = 0; count(small) > largest; axis++) small[axis] = 1;
    return small;
  });

export const tensor = (
  shape: readonly number[],
  element: fc.Arbitrary<number>,
): fc.Arbitrary<Tensor> => {
  const length = count(shape);
  return fc
    .array(element, { minLength: length, maxLength: length })
    .map((values) => new Tensor(shape, values));
};

/** Tensors of any shape. */
export const tensors = (element: fc.Arbitrary<number>, least = 0): fc.Arbitrary<Tensor> =>
  shapes(least).chain((shape) => tensor(shape, element));

/** All elements different, by 1/8 at least: there are no ties. */
export const distinct = (shape: readonly number[]): fc.Arbitrary<Tensor> => {
  const length = count(shape);
  return fc
    .uniqueArray(fc.integer({ min: -32, max: 32 }), { minLength: length, maxLength: length })
    .map(
      (values) =>
        new Tensor(
          shape,
          values.map((k) => k / 8),
        ),
    );
};

/** Shapes that broadcast to one shape: each may lack axes in front, and have 1 where that has more. */
export const broadcastable = (inputs: number): fc.Arbitrary<number[][]> =>
  shapes(0, 4, 10).chain((shape) =>
    fc.tuple(
      ...Array.from({ length: inputs }, () =>
        fc
          .tuple(
            fc.oneof(
              { weight: 2, arbitrary: fc.constant(0) },
              { weight: 1, arbitrary: fc.nat(shape.length) },
            ),
            fc.array(fc.integer({ min: 0, max: 3 }), {
              minLength: shape.length,
              maxLength: shape.length,
            }),
          )
          .map(([missing, squeeze]) =>
            shape.map((length, axis) => (squeeze[axis] === 0 ? 1 : length)).slice(missing),
          ),
      ),
    ),
  );

/** Some axes of a shape, in any order and counted from either end; undefined for all. */
export const axesOf = (
  rank: number,
): fc.Arbitrary<{ given: number | number[] | undefined; axes: number[] }> => {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const some = fc.shuffledSubarray(all).chain((axes) =>
    fc.array(fc.boolean(), { minLength: axes.length, maxLength: axes.length }).map((fromEnd) => ({
      given: axes.map((axis, i) => (fromEnd[i] ? axis - rank : axis)),
      axes,
    })),
  );
  const none = fc.constant({ given: undefined, axes: all });
  if (rank === 0) return none;
  const single = fc
    .tuple(fc.nat(rank - 1), fc.boolean())
    .map(([axis, fromEnd]) => ({ given: fromEnd ? axis - rank : axis, axes: [axis] }));
  return fc.oneof(some, single, none);
};
