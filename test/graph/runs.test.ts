import { describe, expect, test } from 'vitest';
import {
  apply,
  from,
  Graph,
  indices,
  input,
  type Node,
  type Op,
  Parameters,
  scratch,
} from '../../src/graph/index.js';
import { memoryUsage } from '../../src/linalg/index.js';
import { add, gather, log, mul, square, stopGradient, sum } from '../../src/ops/index.js';

const store = (...values: number[]): Node => new Parameters().add('w', from(values));

const run = (graph: Graph, feeds = {}): Graph => {
  graph.forward(feeds);
  graph.backward();
  return graph;
};

describe('what a graph is made of', () => {
  test('a list of outputs is copied', () => {
    const w = store(3);
    const outputs = [square(w), w];
    const graph = new Graph(outputs);
    outputs.pop();
    expect(graph.outputs.length).toBe(2);
  });

  test('a loss of one element, whatever its rank, is differentiated by its parameters; a longer one is not', () => {
    for (const shape of [[], [1], [1, 1]]) {
      const w = new Parameters().add('w', from([3], shape));
      expect([...run(new Graph(square(w))).gradients]).toEqual([6]);
    }
    const graph = new Graph(square(store(1, 2)));
    expect(graph.pass.size).toBe(0);
    expect(graph.reached).toEqual([]);
    graph.forward();
    expect(() => graph.backward()).toThrow(/has more than one element/);
    const none = new Graph(square(store()));
    none.forward();
    expect(() => none.backward()).toThrow(/has more than one element/);
  });

  test('what it is differentiated by may have nothing to do with the loss', () => {
    const [w, x, apart] = [store(2), input('x', []), input('apart', [2])];
    const graph = new Graph([sum(mul(w, x)), apart], { wrt: [x, apart, w] });
    run(graph, { x: 3, apart: [1, 2] });
    expect([...graph.gradient(x)]).toEqual([2]);
    expect([...graph.gradient(apart)]).toEqual([0, 0]);
    expect([...graph.gradient(input('elsewhere', [3]))]).toEqual([0, 0, 0]);
    expect([...graph.gradients]).toEqual([3]);
    graph.assertFinite();
    const blocked = run(new Graph(add(sum(stopGradient(w)), sum(x)), { wrt: [w, x] }), { x: 1 });
    expect([...blocked.gradient(w)]).toEqual([0]);
  });

  test('by some of the parameters: the gradient of the others is 0, and not reached', () => {
    const parameters = new Parameters();
    const [a, b] = [parameters.add('a', from([2])), parameters.add('b', from([3]))];
    const graph = run(new Graph(sum(mul(a, b)), { wrt: [b] }));
    expect([...graph.gradients]).toEqual([0, 2]);
    expect(graph.reached.map(({ name }) => name)).toEqual(['b']);
    expect(() => graph.gradient(a)).toThrow(/was not asked for/);
  });

  test('without parameters there is no flat gradient', () => {
    const x = input('x', []);
    const graph = run(new Graph(square(x), { wrt: [x] }), { x: 3 });
    expect(graph.gradients.length).toBe(0);
    expect(graph.parameters).toBeUndefined();
  });
});

test('what the backward pass reads of the forward pass is computed once, and can be read before', () => {
  let runs = 0;
  const counted: Op = {
    name: 'counted',
    formula: 'y = x^2',
    shape: (x) => x,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        runs++;
        y.set(x.map((value) => value * value));
      },
    // A rule that reads the result; here it need not be right.
    vjp: (dy, y) => [() => mul(dy, y)],
  };
  const y = apply(counted, store(1, -3));
  const graph = new Graph(sum(y), { keep: [y] });
  graph.forward();
  expect([...graph.value(y)]).toEqual([1, 9]);
  graph.backward();
  graph.backward();
  expect([...graph.gradients]).toEqual([1, 9]);
  expect(runs).toBe(1);
});

describe('memory', () => {
  test('the footprint counts the block and what kernels asked for', () => {
    const op: Op = {
      name: 'op',
      formula: '',
      shape: (x) => x,
      kernel: () => {
        scratch(7);
        scratch(5);
        return () => {};
      },
      vjp: () => [],
    };
    // Two places of a line of eight numbers each: that of the input, and of what is read.
    expect(new Graph(apply(op, input('x', [3])), { wrt: [] }).footprint).toBe(16 + 7 + 5);
  });

  test('to find what is not finite, a step is run in buffers that are given back', () => {
    const graph = run(new Graph(sum(log(store(0)))));
    const { used } = memoryUsage();
    expect(() => graph.assertFinite()).toThrow(/-Infinity first appears/);
    expect(memoryUsage().used).toBe(used);
    graph.dispose();
  });

  test('all of it is given back by dispose: of rows, of scratch, of the gradient, before and after a run', () => {
    const parameters = new Parameters();
    const table = parameters.add('table', from(new Float64Array(5000), [100, 50]));
    const rows = gather(table, indices('i', [20], { below: 100 }));
    const made = (): Graph => new Graph(sum(square(rows)));
    const feeds = { i: new Float64Array(20) };
    // What kernels work in is made when they are first used, and stays.
    run(made(), feeds).dispose();
    const { used } = memoryUsage();
    for (const use of [
      () => {},
      (graph: Graph) => void graph.footprint,
      (graph: Graph) => void run(graph, feeds),
      (graph: Graph) => void run(graph, feeds).gradients,
    ]) {
      const graph = made();
      use(graph);
      graph.dispose();
      graph.dispose();
      expect(memoryUsage().used).toBe(used);
    }
  });
});

test('gradients of an earlier run say nothing of one that went no further than forward', () => {
  const x = input('x', []);
  const graph = new Graph(log(mul(store(1), x)));
  run(graph, { x: 0 });
  expect(() => graph.assertFinite()).toThrow(/first appears/);
  graph.forward({ x: 2 });
  graph.assertFinite();
});
