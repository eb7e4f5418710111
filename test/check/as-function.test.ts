import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asDefinition, asFunction } from '../../src/check/random/as-function.js';
import { graphs } from '../../src/check/random/index.js';
import { real } from '../../src/check/reference/index.js';
import { input } from '../../src/graph/index.js';

test('a random graph as a function means what its definition says, in the same shape', () => {
  const ends = new Set<number>();
  fc.assert(
    fc.property(graphs(), (graph) => {
      fc.pre(graph.ends.length > 0);
      const y = asFunction(graph)(...graph.inputs.map(({ shape }, i) => input(`x${i}`, shape)));
      expect(asDefinition(graph)(real, ...graph.inputs).shape).toEqual(y.shape);
      ends.add(Math.min(graph.ends.length, 2));
    }),
    { seed: 3, numRuns: 100 },
  );
  expect([...ends].sort()).toEqual([1, 2]);
});
