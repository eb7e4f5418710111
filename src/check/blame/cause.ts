import type { Shape } from '../../linalg/index.js';
import type { Cause } from '../verdict.js';
import { figure } from '../words/text.js';
import { factorOf, isNegated, isZero, permutationOf, same, shiftOf } from './likeness.js';

/** A wrong gradient of one input beside the right one, and what other mistakes would have given. */
export interface Suspect {
  /** The gradient by the rule, and by differences. */
  readonly analytic: Float64Array;
  readonly numeric: Float64Array;
  readonly shape: Shape;
  /** ∂L/∂y. */
  readonly seed: Float64Array;
  /** The gradient by differences for a seed of ones. */
  readonly unseeded: () => Float64Array;
  /** The gradients of the other inputs by differences, with what they are called. */
  readonly others: () => readonly (readonly [name: string, gradient: Float64Array])[];
  /** J·u by differences, where J is square: what a rule gives that forgets to transpose the Jacobian. */
  readonly untransposed: () => Float64Array | undefined;
  /** What of the gradient comes to each element of x from the same element of y, where there are as many of both. */
  readonly diagonal: () => Float64Array | undefined;
  /** The gradient by the rule and by differences, at a point nearby. */
  readonly nearby: () => readonly [analytic: Float64Array, numeric: Float64Array];
  /** The part of the gradient that comes by way of one place along one axis of y: a sum over the axis has as many terms. */
  readonly parts: () => Iterable<readonly [axis: number, part: Float64Array]>;
}

/** What the mistake looks like; undefined if like none of these. The surest signs come first. */
export function causeOf(suspect: Suspect): Cause | undefined {
  const { analytic, numeric, shape, seed } = suspect;
  if (!analytic.every(Number.isFinite)) {
    return {
      name: 'not finite',
      text: 'it gives NaN or ∞ where the slope is finite: look for 0·∞, 0/0 or ∞ − ∞; a mask should select (where), not multiply',
    };
  }
  if (isZero(analytic)) {
    return {
      name: 'zero',
      text: 'no gradient comes through: the rule gives zeros, or none at all',
    };
  }
  if (isNegated(analytic, numeric)) {
    return { name: 'sign', text: 'the sign is wrong: it gives minus the gradient, everywhere' };
  }
  if (same(analytic, seed)) {
    return {
      name: 'identity',
      text: 'it hands ∂L/∂y on as it is: the factor ∂y/∂x is missing',
    };
  }
  if (same(analytic, suspect.unseeded())) {
    return {
      name: 'seed dropped',
      text: 'it gives ∂y/∂x alone: the factor ∂L/∂y is missing, so it is right only where that is 1',
    };
  }
  const factor = factorOf(analytic, numeric, suspect.nearby);
  if (factor !== undefined) {
    const where = numeric.length > 1 ? ', everywhere' : '';
    return {
      name: 'factor',
      factor,
      text: `it is ${inWords(factor)} the gradient${where}: look for a factor that is missing or too many`,
    };
  }
  for (const [name, gradient] of suspect.others()) {
    if (same(analytic, gradient)) {
      return {
        name: 'other slot',
        text: `it is the gradient of another input, ${name}: the slots are swapped`,
      };
    }
  }
  const permutation = permutationOf(analytic, numeric, shape);
  if (permutation) {
    return {
      name: 'transposed',
      text: `it is the gradient with its axes in the order [${permutation.join(', ')}]: a transpose is missing or too many`,
    };
  }
  const untransposed = suspect.untransposed();
  if (untransposed && same(analytic, untransposed)) {
    return {
      name: 'transposed',
      text: 'it is J·u and not Jᵀ·u: the backward rule of a linear map is its transpose',
    };
  }
  const diagonal = suspect.diagonal();
  if (diagonal && same(analytic, diagonal)) {
    return {
      name: 'diagonal',
      text: 'it is the diagonal of the Jacobian alone, as if each yᵢ depended on its own xᵢ only: the terms ∂yⱼ/∂xᵢ with j ≠ i are missing',
    };
  }
  const shifted = shiftOf(analytic, numeric, shape);
  if (shifted) {
    return {
      name: 'shifted',
      text: `it is the gradient moved by ${shifted.by} along axis ${shifted.axis}: an index is off by one`,
    };
  }
  for (const [axis, part] of suspect.parts()) {
    if (same(analytic, part)) {
      return {
        name: 'broadcast not summed',
        text: `it is one term of a sum over axis ${axis} of y: where x is used for every place along an axis, its gradient is the sum over that axis`,
      };
    }
  }
  return undefined;
}

/** A wrong sum over children beside the right one, and its terms. */
export function causeOfSum(
  analytic: Float64Array,
  numeric: Float64Array,
  terms: readonly Float64Array[],
): Cause | undefined {
  if (isZero(analytic)) {
    return {
      name: 'zero',
      text: 'no gradient comes, though the node has children that lead to the loss',
    };
  }
  if (terms.length > 1 && terms.some((term) => same(analytic, term))) {
    return {
      name: 'overwritten',
      text: `it is one of the ${terms.length} terms of the sum over children: a term overwrites the others instead of being added (= for +=)`,
    };
  }
  const less = (term: Float64Array): Float64Array => numeric.map((x, i) => x - term[i]!);
  if (terms.length > 1 && terms.some((term) => same(analytic, less(term)))) {
    return {
      name: 'term missing',
      text: `one of the ${terms.length} terms of the sum over children is missing: an edge is (child, slot), and a child may have two`,
    };
  }
  const factor = factorOf(analytic, numeric);
  if (factor === undefined) return undefined;
  return {
    name: 'factor',
    factor,
    text: `it is ${inWords(factor)} the gradient: a term is added more than once`,
  };
}

function inWords(factor: number): string {
  if (Math.abs(factor - 1) < 1e-3)
    return `1 ${factor > 1 ? '+' : '−'} ${figure(Math.abs(factor - 1))} times`;
  const rounded = Number(factor.toPrecision(9));
  if (rounded === 2) return 'twice';
  if (rounded === 0.5) return 'half';
  return `${Number(factor.toPrecision(6))} times`;
}
