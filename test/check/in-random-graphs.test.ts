import { assertGraph, type Definition, type GraphOp, graphOps, graphs } from 'chainrule/check';
import fc from 'fast-check';
import { test } from 'vitest';
import { softmax } from '../../examples/wrong-softmax.js';

// exp xᵢ / Σⱼ exp xⱼ along the last axis, on numbers of any kind
const definition: Definition = (A, x) => {
  const length = x!.shape.at(-1)!;
  const exps = x!.map((v) => A.apply('exp', v));
  return exps.map((e, k) => {
    const from = k - (k % length);
    const sum = exps.values.slice(from, from + length).reduce((a, b) => A.add(a, b));
    return A.div(e, sum);
  });
};

const mine: GraphOp = {
  arity: 1,
  use: (_choice, x) =>
    x!.shape.length === 0
      ? undefined // it does not fit
      : { text: (a) => `softmax(${a})`, f: (a) => softmax(a!), definition },
};

test('softmax among other ops, in graphs that share nodes', () => {
  fc.assert(
    fc.property(graphs({ ...graphOps, mine }), (graph) => assertGraph(graph)),
    { numRuns: 500 },
  );
});
