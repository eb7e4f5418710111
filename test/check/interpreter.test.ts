import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateWith, ourEngine } from '../../src/check/engine.js';
import {
  Interpreter,
  naiveEngine,
  topologicalOrder,
} from '../../src/check/witnesses/interpreter.js';
import { from, gradients, input, Parameters } from '../../src/graph/index.js';
import { add, mul, sin, sum, tanh } from '../../src/ops/index.js';
import { build, SHAPE, steps, values } from '../graph/support/random-graph.js';

const feeds = (numbers: readonly number[]) => ({
  a: numbers.slice(0, 6),
  b: numbers.slice(6),
});

test('random graphs and their gradients: the bits of the plan, in any order, poisoned or not', () => {
  fc.assert(
    fc.property(steps(8), values(12), fc.infiniteStream(fc.nat(1e6)), (list, numbers, draws) => {
      const [a, b] = [input('a', SHAPE), input('b', SHAPE)];
      const { loss } = build([a, b], list);
      const nodes = [loss, ...gradients(loss, [a, b]), a, b];
      const planned = evaluateWith(ourEngine, nodes, feeds(numbers));
      expect(evaluateWith(naiveEngine, nodes, feeds(numbers))).toEqual(planned);

      const choose = (count: number): number => draws.next().value! % count;
      const order = topologicalOrder(nodes, choose);
      for (const [i, node] of order.entries()) {
        for (const parent of node.parents) expect(order.indexOf(parent)).toBeLessThan(i);
      }
      const interpreter = new Interpreter(order);
      const given = new Map([
        [a, feeds(numbers).a],
        [b, feeds(numbers).b],
      ]);
      for (const poison of [false, true, false]) {
        interpreter.run(given, { poison });
        expect(nodes.map((node) => interpreter.value(node))).toEqual(planned);
      }
      interpreter.dispose();
    }),
    { numRuns: 50 },
  );
});

test('an order is random if the choice is, and each node is there once', () => {
  const x = input('x', []);
  const y = add(mul(sin(x), tanh(x)), mul(x, x));
  const orders = new Set<string>();
  for (let k = 0; k < 50; k++) {
    const order = topologicalOrder([y, x], (count) => (k * 7 + 3) % count);
    expect(new Set(order).size).toBe(order.length);
    expect(order.at(-1)).toBe(y);
    orders.add(order.map(({ op }) => op.name).join());
  }
  expect(orders.size).toBeGreaterThan(3);
});

test('any node can be given, and is not computed then', () => {
  const x = input('x', [2]);
  const h = sin(x);
  const y = mul(h, 3);
  const interpreter = new Interpreter(topologicalOrder([y]));
  interpreter.run(new Map([[h, [5, 7]]]));
  expect([...interpreter.value(y)]).toEqual([15, 21]);
  const seen: string[] = [];
  interpreter.run(new Map([[x, [0, 0]]]), { after: ({ op }) => seen.push(op.name) });
  expect([...interpreter.value(y)]).toEqual([0, 0]);
  expect(seen.at(-1)).toBe('mul');
});

test('parameters have their values, and a node may have many children', () => {
  const parameters = new Parameters();
  const w = parameters.add('w', from([2, -3]));
  const x = input('x', [2]);
  const y = [1, 2, 3, 4, 5].reduce((total, k) => add(total, mul(x, mul(w, k))), mul(x, x));
  const nodes = [y, ...gradients(sum(y), [x]), x];
  const [value, slope] = evaluateWith(naiveEngine, nodes, { x: [1, 10] });
  expect([...value!]).toEqual([1 + 30, 100 - 450]);
  expect([...slope!]).toEqual([2 + 30, 20 - 45]);
});
