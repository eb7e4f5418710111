import fc from 'fast-check';
import { type Shape, size } from '../../linalg/index.js';

/** Lengths of an axis: mostly 2 and 3, so that a wrong one shows; 1, which broadcasts; 5; and 0. */
const side = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(2, 3) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constantFrom(5, 0) },
);

/** How large drawn shapes are. */
export interface ShapeOptions {
  /** The fewest axes; 0 where left out. */
  readonly least?: number;
  /** The most axes; 4 where left out. */
  readonly most?: number;
  /** The most elements; 12 where left out. */
  readonly elements?: number;
}

/** Shapes of few axes and few elements, some of them empty. */
export const shapes = ({
  least = 0,
  most = 4,
  elements = 12,
}: ShapeOptions = {}): fc.Arbitrary<number[]> =>
  fc.array(side, { minLength: least, maxLength: most }).map((drawn) => {
    const shape = [...drawn];
    for (let axis = 0; size(shape) > elements; axis++) shape[axis] = 1;
    return shape;
  });

/** What broadcasting gives back to `shape` when it is undone: axes in front left away, lengths replaced by 1. */
const narrowed = (shape: Shape): fc.Arbitrary<number[]> =>
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
    );

/** Shapes that broadcast to one shape: each may lack axes in front, and have 1 where that has more. */
export const broadcastingShapes = (
  inputs: number,
  options: ShapeOptions = {},
): fc.Arbitrary<number[][]> =>
  shapes({ elements: 10, ...options }).chain((shape) =>
    fc.tuple(...Array.from({ length: inputs }, () => narrowed(shape))),
  );

/** Two shapes that do not broadcast: they differ along an axis where neither has 1. */
export const incompatibleShapes = (
  options: ShapeOptions = {},
): fc.Arbitrary<[number[], number[]]> =>
  shapes({ ...options, least: Math.max(1, options.least ?? 1) }).chain((shape) =>
    fc
      .tuple(fc.nat(shape.length - 1), fc.integer({ min: 1, max: 3 }), fc.boolean())
      .chain(([axis, more, swapped]) => {
        const length = shape[axis]!;
        const left = shape.with(axis, length === 1 ? 2 : length);
        const other = Math.max(2, left[axis]! + more);
        const right = left.with(axis, other);
        return fc.nat(axis).map((missing): [number[], number[]] => {
          const shorter = right.slice(missing);
          return swapped ? [shorter, left] : [left, shorter];
        });
      }),
  );
