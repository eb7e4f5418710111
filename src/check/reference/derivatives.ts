import type { Arithmetic } from './arithmetic.js';
import type { Definition } from './definition.js';
import { type Dual, duals } from './dual.js';
import type { Tensor } from './tensor.js';

/** A derivative by its definition, and what its rounding is measured by. */
export interface Slope<T> {
  /** y itself. */
  readonly value: Tensor<T>;
  /** The derivative of each element of y. */
  readonly slope: Tensor<T>;
  /** Σ of the sizes of all terms that each was added up of. */
  readonly terms: Tensor;
}

/** J·t: how y moves while the inputs move along t. An input whose tangent is null stands still. */
export function tangentOf<T>(
  A: Arithmetic<T>,
  definition: Definition,
  inputs: readonly Tensor<T>[],
  tangents: readonly (Tensor<T> | null)[],
): Slope<T> {
  const y = definition(duals(A), ...inputs.map((x, slot) => moving(A, x, tangents[slot])));
  return {
    value: y.map(({ x }) => x),
    slope: y.map(({ t }) => t),
    terms: y.map(({ terms }) => terms),
  };
}

/** sᵀ·H·t for the Hessian H of each element of y: how J·t moves while the inputs move along s. */
export function secondTangentOf<T>(
  A: Arithmetic<T>,
  definition: Definition,
  inputs: readonly Tensor<T>[],
  s: readonly (Tensor<T> | null)[],
  t: readonly (Tensor<T> | null)[],
): Slope<T> {
  const D = duals(A);
  const first = inputs.map((x, slot) => moving(A, x, s[slot]));
  const still = t.map((each) => each && moving(A, each, null));
  const { value, slope } = tangentOf(D, definition, first, still);
  return {
    value: value.map(({ x }) => x),
    slope: slope.map((each) => each.t),
    terms: slope.map((each) => each.terms),
  };
}

/** x + tε */
function moving<T>(
  A: Arithmetic<T>,
  x: Tensor<T>,
  t: Tensor<T> | null | undefined,
): Tensor<Dual<T>> {
  return x.map((value, k) => {
    const tangent = t ? t.values[k]! : A.of(0);
    return { x: value, t: tangent, terms: Math.abs(A.valueOf(tangent)) };
  });
}
