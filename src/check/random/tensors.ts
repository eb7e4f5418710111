import fc from 'fast-check';
import { type Shape, size } from '../../linalg/index.js';
import { Tensor } from '../reference/index.js';
import { type ShapeOptions, shapes } from './shapes.js';

/** Tensors of one shape, each element drawn from a domain. */
export const tensor = (shape: Shape, element: fc.Arbitrary<number>): fc.Arbitrary<Tensor> => {
  const length = size(shape);
  return fc
    .array(element, { minLength: length, maxLength: length })
    .map((values) => new Tensor(shape, values));
};

/** Tensors of any shape. */
export const tensors = (
  element: fc.Arbitrary<number>,
  options: ShapeOptions = {},
): fc.Arbitrary<Tensor> => shapes(options).chain((shape) => tensor(shape, element));

/** Tensors whose elements all differ, by 1/8 at least: there are no ties, also not within a small step. */
export const distinct = (shape: Shape): fc.Arbitrary<Tensor> => {
  const length = size(shape);
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
