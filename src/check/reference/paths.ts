import type { Arithmetic } from './arithmetic.js';
import type { Definition } from './definition.js';
import { tangentOf } from './derivatives.js';
import type { Tensor } from './tensor.js';

/** What a node computes, and from which nodes: their numbers in the list of leaves and steps. */
export interface Step {
  readonly definition: Definition;
  readonly parents: readonly number[];
}

/** The sum over all paths, and how many there were. */
export interface OverPaths<T> {
  /** ∂L/∂(leaf) for each leaf, of its shape. */
  readonly gradients: readonly Tensor<T>[];
  /** Σ of the sizes of the terms that each gradient was added up of. */
  readonly terms: readonly Tensor[];
  readonly paths: number;
}

/** All nodes of a graph by their definitions: the leaves, and what the steps make of them one after the other. */
export function valuesOf<T>(
  A: Arithmetic<T>,
  leaves: readonly Tensor<T>[],
  steps: readonly Step[],
): Tensor<T>[] {
  const values = [...leaves];
  for (const { definition, parents } of steps) {
    values.push(definition(A, ...parents.map((parent) => values[parent]!)));
  }
  return values;
}

/**
 * ∂L/∂x for L = ⟨seed, last node⟩, by what the chain rule says before anything is shared: the sum over all paths from
 * the last node to x of the product of the Jacobians along the path. There are exponentially many, so this is for
 * small graphs.
 * @param seed ∂L/∂(last node); ones where left out
 * @param most paths at most
 * @throws RangeError if there are more paths
 */
export function overPaths<T>(
  A: Arithmetic<T>,
  leaves: readonly Tensor<T>[],
  steps: readonly Step[],
  { seed, most = 10_000 }: { readonly seed?: Tensor<T>; readonly most?: number } = {},
): OverPaths<T> {
  const values = valuesOf(A, leaves, steps);
  const jacobians = steps.map(({ definition, parents }) =>
    jacobiansOf(
      A,
      definition,
      parents.map((parent) => values[parent]!),
    ),
  );
  const gradients = leaves.map((x) => x.map(() => A.of(0)));
  const terms = leaves.map((x) => x.map(() => 0));
  let paths = 0;

  const walk = (node: number, row: Row<T>): void => {
    if (node < leaves.length) {
      if (++paths > most) throw new RangeError(`more than ${most} paths; take a smaller graph`);
      gradients[node] = gradients[node]!.map((so, k) => A.add(so, row.gradient[k]!));
      terms[node] = terms[node]!.map((so, k) => so + row.terms[k]!);
      return;
    }
    const { parents } = steps[node - leaves.length]!;
    for (const [slot, parent] of parents.entries()) {
      walk(parent, along(A, row, jacobians[node - leaves.length]![slot]!));
    }
  };
  const last = values.at(-1)!;
  const weights = (seed ?? last.map(() => A.of(1))).values;
  walk(values.length - 1, {
    gradient: weights,
    terms: weights.map((weight) => Math.abs(A.valueOf(weight))),
  });
  return { gradients, terms, paths };
}

/** How many paths lead from the last node to a leaf. */
export function countPaths(leaves: number, steps: readonly Step[]): number {
  const from = new Array<number>(leaves).fill(1);
  for (const { parents } of steps) {
    from.push(parents.reduce((total, parent) => total + from[parent]!, 0));
  }
  return from.at(-1) ?? 0;
}

/** ∂L/∂(elements of a node), and the sizes of its terms. */
interface Row<T> {
  readonly gradient: readonly T[];
  readonly terms: readonly number[];
}

/** The Jacobian by one input, column by column: the derivatives of all elements of y by one element of x. */
type Jacobian<T> = readonly Row<T>[];

function jacobiansOf<T>(
  A: Arithmetic<T>,
  definition: Definition,
  inputs: readonly Tensor<T>[],
): Jacobian<T>[] {
  return inputs.map((x, slot) =>
    x.values.map((_, k) => {
      const unit = x.map((_value, i) => A.of(i === k ? 1 : 0));
      const tangents = inputs.map((_input, i) => (i === slot ? unit : null));
      const { slope, terms } = tangentOf(A, definition, inputs, tangents);
      return { gradient: slope.values, terms: terms.values };
    }),
  );
}

/** Row times Jacobian. */
function along<T>(A: Arithmetic<T>, row: Row<T>, jacobian: Jacobian<T>): Row<T> {
  return {
    gradient: jacobian.map((column) =>
      column.gradient.reduce(
        (total, slope, k) => A.add(total, A.mul(row.gradient[k]!, slope)),
        A.of(0),
      ),
    ),
    terms: jacobian.map((column) =>
      column.terms.reduce((total, size, k) => total + row.terms[k]! * size, 0),
    ),
  };
}
