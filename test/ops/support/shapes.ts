import fc from 'fast-check';
import * as random from '../../../src/check/random/index.js';
import type { Tensor } from '../../../src/check/reference/index.js';

/** Draws with elements, and one in four of any kind: of an empty tensor nothing can be told but its shape. */
const seldomEmpty = <T>(drawn: fc.Arbitrary<T>, sizes: (made: T) => number[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 3, arbitrary: drawn.filter((made) => !sizes(made).includes(0)) },
    { weight: 1, arbitrary: drawn },
  );

/** Shapes of few axes and few elements. */
export const shapes = (options?: random.ShapeOptions): fc.Arbitrary<number[]> =>
  seldomEmpty(random.shapes(options), (shape) => shape);

/** Shapes that broadcast to one shape. */
export const broadcastingShapes = (inputs: number): fc.Arbitrary<number[][]> =>
  seldomEmpty(random.broadcastingShapes(inputs), (made) => made.flat());

/** Tensors of any shape. */
export const tensors = (
  element: fc.Arbitrary<number>,
  options?: random.ShapeOptions,
): fc.Arbitrary<Tensor> => shapes(options).chain((shape) => random.tensor(shape, element));
