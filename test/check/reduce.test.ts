import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DrawnGraph, graphOf, graphOps, graphs } from '../../src/check/index.js';

const opsOf = ({ vertices }: DrawnGraph): string[] => vertices.flatMap(({ op }) => op ?? []);

/** The parents of the vertices with an op, as far back as there are. */
function ancestors(graph: DrawnGraph, op: string): Set<string | undefined> {
  const { vertices } = graph;
  const found = new Set(vertices.flatMap((each, i) => (each.op === op ? [i] : [])));
  for (const i of found) for (const parent of vertices[i]!.parents) found.add(parent);
  return new Set([...found].map((i) => vertices[i]!.op));
}

/** Whatever stands between the two of them, and around. */
const isExpOfSin = (graph: DrawnGraph): boolean => ancestors(graph, 'exp').has('sin');

// What is drawn is shrunk so far almost always. Not for seed 56: there it ends with a node in between.
test.each([50, 53, 56, 59])('a property of graphs shrinks to the fewest nodes: seed %i', (seed) => {
  const property = fc.property(graphs(), (graph) => !isExpOfSin(graph));
  const { counterexample, counterexamplePath } = fc.check(property, { seed, numRuns: 2000 });
  const [graph] = counterexample!;
  expect(graph.inputs).toHaveLength(1);
  expect(opsOf(graph)).toEqual(['sin', 'exp']);
  expect(opsOf(graphOf(graph.recipe, graphOps))).toEqual(['sin', 'exp']);
  const [again] = fc.sample(graphs(), { seed, path: counterexamplePath!, numRuns: 1 });
  expect(again!.recipe).toEqual(graph.recipe);
});

test('a place of an input is taken out, and the other numbers stay with theirs', () => {
  const isAbsOfNegative = ({ vertices }: DrawnGraph): boolean =>
    vertices.some(
      ({ op, parents: [x] }) => op === 'abs' && Math.min(...vertices[x!]!.value.values) < 0,
    );
  const property = fc.property(graphs(), (graph) => !isAbsOfNegative(graph));
  for (let seed = 1; seed <= 40; seed++) {
    const { counterexample, failed } = fc.check(property, { seed, numRuns: 2000 });
    expect(failed).toBe(true);
    const [graph] = counterexample!;
    expect(opsOf(graph)).toEqual(['abs']);
    expect(graph.recipe.inputs).toEqual([[]]);
    // in whole 32nds
    expect(graph.recipe.values[0]! * 32).toBe(Math.round(graph.recipe.values[0]! * 32));
  }
});
