import { duals, type Tensor } from '../reference/index.js';
import { measured } from '../reference/measured.js';
import { type RandomGraph, valuesOf } from './build.js';

/** What a value and its slope are rounded by, in units of about 2⁻⁵³: the sizes of all that they were made of. */
export interface Rounding {
  readonly value: number;
  readonly slope: number;
}

const A = duals(measured);

/**
 * For every element of the ends of a graph: how large the terms were that its value and its slope along t are sums of,
 * through all steps. The terms of a dual number are those of its last sums only: what has cancelled before, as in
 * x − ln eˣ, is small there, and off by as much as it is large.
 */
export function roundingOf(graph: RandomGraph, t: readonly ArrayLike<number>[]): Rounding[] {
  const inputs = graph.inputs.map(
    (input, i): Tensor<ReturnType<typeof A.of>> =>
      input.map((x, k) => ({ ...A.of(x), t: measured.of(t[i]![k]!) })),
  );
  const values = valuesOf(graph, A, inputs);
  return graph.ends.flatMap((i) =>
    values[i]!.values.map((y) => ({ value: y.x.size, slope: y.t.size })),
  );
}
