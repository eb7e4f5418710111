import {
  checkShape,
  fillNormal,
  fillUniform,
  randomKey,
  type Shape,
  size,
} from '../linalg/index.js';
import { ShapeError } from './errors.js';
import { fill, type Numbers, shapeOfNumbers } from './leaves.js';

/** How a parameter begins: its shape, and a rule that fills it from a seed and the parameter's name. */
export interface Initializer {
  readonly shape: Shape;
  /** Writes all elements, row-major; the same ones for the same seed and label. */
  fill(out: Float64Array, source: { seed: number; label: string }): void;
}

/** Every element drawn from N(0, σ²). */
export function normal(shape: Shape, sigma = 1): Initializer {
  return {
    shape,
    fill: (out, { seed, label }) => {
      fillNormal(out, randomKey(seed, label), 0);
      out.forEach((z, i) => {
        out[i] = sigma * z;
      });
    },
  };
}

/** Every element drawn evenly from [−limit, limit). */
export function uniform(shape: Shape, limit = 1): Initializer {
  return {
    shape,
    fill: (out, { seed, label }) => {
      fillUniform(out, randomKey(seed, label), 0);
      out.forEach((u, i) => {
        out[i] = (2 * u - 1) * limit;
      });
    },
  };
}

/**
 * Uniform with variance 2/(inputs + outputs), so that neither values nor gradients grow or shrink from
 * layer to layer. For matrices [inputs, outputs], before tanh or nothing. (Glorot & Bengio 2010)
 */
export function glorot(shape: Shape): Initializer {
  const [inputs, outputs] = matrixSides('glorot', shape);
  return uniform(shape, Math.sqrt(6 / (inputs + outputs)));
}

/** N(0, 2/inputs), for matrices [inputs, outputs] before relu. (He et al. 2015) */
export function he(shape: Shape): Initializer {
  const [inputs] = matrixSides('he', shape);
  return normal(shape, Math.sqrt(2 / inputs));
}

/** All elements 0. */
export function zeros(shape: Shape): Initializer {
  return { shape, fill: (out) => void out.fill(0) };
}

/** All elements 1. */
export function ones(shape: Shape): Initializer {
  return { shape, fill: (out) => void out.fill(1) };
}

/** These very values. The shape is read off nested arrays where it is not given. */
export function from(values: Numbers, shape: Shape = shapeOfNumbers(values, 'from')): Initializer {
  const own = checkShape(shape, 'from');
  const copy = new Float64Array(size(own));
  fill(copy, own, values, 'from');
  return { shape: own, fill: (out) => void out.set(copy) };
}

function matrixSides(name: string, shape: Shape): [number, number] {
  if (shape.length < 2) {
    throw new ShapeError(
      `${name}: a matrix [inputs, outputs] is needed, not [${shape.join(', ')}]`,
    );
  }
  return [shape.at(-2)!, shape.at(-1)!];
}
