import type { Shape } from '../../../linalg/index.js';
import { Tensor } from '../../reference/index.js';

/** Whole numbers from 0 to below − 1, of a shape. */
export function indexOf(shape: Shape, below: number, next: (n: number) => number): Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  return new Tensor(
    shape,
    Array.from({ length: count }, () => next(below)),
  );
}

/** TypeScript of an index: a number, or nested lists. */
export const indexText = (index: Tensor): string =>
  JSON.stringify(nested(index)).replaceAll(',', ', ');

function nested({ shape, values }: Tensor): unknown {
  const [length, ...inner] = shape;
  if (length === undefined) return values[0];
  const each = values.length / length;
  return Array.from({ length }, (_, i) =>
    nested(new Tensor(inner, values.slice(i * each, (i + 1) * each))),
  );
}
