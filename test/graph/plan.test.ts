import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { from, Graph, input, type Node, Parameters } from '../../src/graph/index.js';
import {
  abs,
  acos,
  add,
  asin,
  atan,
  broadcastTo,
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expm1,
  gelu,
  leakyRelu,
  log,
  log1p,
  logSigmoid,
  mean,
  mul,
  neg,
  reciprocal,
  relu,
  reshape,
  sigmoid,
  sign,
  silu,
  sin,
  sinh,
  softplus,
  sqrt,
  square,
  sum,
  tan,
  tanh,
} from '../../src/ops/index.js';
import { build, SHAPE, type Step, steps, values } from './support/random-graph.js';

/** What a fresh buffer holds, so that a kernel that reads before it writes is caught. */
const poison = vi.hoisted(() => ({ value: 0 }));
vi.mock('../../src/linalg/memory.js', async (original) => {
  const memory = await original<typeof import('../../src/linalg/memory.js')>();
  return { ...memory, allocate: (length: number) => memory.allocate(length).fill(poison.value) };
});
afterEach(() => {
  poison.value = 0;
});

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/**
 * A random graph over two parameters and an input. One parameter comes in through a reshape, so that its
 * gradient is an alias; the input is made after nodes that are computed.
 */
function made(list: readonly Step[], keep: readonly Node[] | 'all' = []) {
  const parameters = new Parameters();
  const v = parameters.add(
    'v',
    from([
      [1, 0.125, -2],
      [-0.25, 0.5, 1],
    ]),
  );
  const bent = neg(add(v, v)); // whose rules read nothing, so that a buffer is free for x
  const w = parameters.add('w', from([0.5, -1, 0.25, 1.5, 0.75, -0.5]));
  const { loss, nodes } = build([input('x', SHAPE), reshape(w, SHAPE), bent], list);
  return { graph: new Graph(loss, { keep }), loss, nodes };
}

describe('the plan that reuses buffers and the plan that keeps everything give the same bits', () => {
  test('on random graphs, run twice with different inputs', () => {
    fc.assert(
      fc.property(steps(14), values(6), values(6), (list, first, second) => {
        const reusing = made(list).graph;
        const keeping = made(list, 'all').graph;
        for (const x of [first, second, first]) {
          for (const graph of [reusing, keeping]) {
            graph.forward({ x });
            graph.backward();
          }
          expect(Object.is(reusing.loss, keeping.loss)).toBe(true);
          expect(sameBits(reusing.gradients, keeping.gradients)).toBe(true);
        }
        expect(reusing.footprint).toBeLessThanOrEqual(keeping.footprint);
      }),
      { numRuns: 150 },
    );
  });

  test('a broadcast of a broadcast is read with the strides of both', () => {
    // Of [2, 3] it would be a contiguous view, but of this one, which is repeated itself, it is not.
    const row = new Parameters().add('row', from([[1, 2, 3]]));
    const twice = broadcastTo(broadcastTo(row, [2, 3]), [1, 2, 3]);
    const graph = new Graph([sum(mul(twice, twice)), add(twice, 1), neg(twice)]);
    graph.forward();
    graph.backward();
    expect(graph.outputs.map((node) => [...graph.value(node)])).toEqual([
      [28],
      [2, 3, 4, 2, 3, 4],
      [-1, -2, -3, -1, -2, -3],
    ]);
    expect([...graph.gradients]).toEqual([4, 8, 12]);
    const none = new Graph(sum(broadcastTo(broadcastTo(row, [0, 3]), [2, 0, 3])));
    none.forward();
    expect(none.loss).toBe(0);
  });

  test('of values out of the ordinary, too, where a result is written over what it is computed from', () => {
    const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2 ** -1022, 1e-300];
    const large = [709.5, 710, -745, -746, 1e10, -1e10, 1.7e308, -1.7e308, 0.5, 2.25, 37, -37];
    const list = [...special, ...large].flatMap((value, i) => [value, i / 7, -i / 9]);
    const x = input('x', [list.length]);
    const functions = {
      ...{ exp, expm1, log, log1p, sqrt, reciprocal, square, abs, sign },
      ...{ sin, cos, tan, asin, acos, atan, sinh, cosh, tanh },
      ...{ sigmoid, softplus, logSigmoid, relu, leakyRelu, erf, erfc, gelu, silu },
    };
    for (const [name, f] of Object.entries(functions)) {
      const before = neg(neg(x));
      const y = neg(f(before));
      const [reusing, keeping] = [new Graph(y), new Graph(y, { keep: 'all' })];
      for (const graph of [reusing, keeping]) graph.forward({ x: list });
      expect(sameBits(reusing.value(y), keeping.value(y)), name).toBe(true);
      expect([...keeping.value(before)], name).toEqual(list);
      // x and y are not overwritten, and all between them has one place.
      expect(reusing.footprint / keeping.footprint, name).toBe(3 / 5);
    }
  });

  test('what buffers held before does not show', () => {
    fc.assert(
      fc.property(steps(14), values(6), (list, x) => {
        const run = (value: number): Float64Array[] => {
          poison.value = value;
          const { graph, loss } = made(list);
          graph.forward({ x });
          graph.backward();
          return [graph.value(loss), graph.gradients.slice()];
        };
        const [loss, gradients] = run(0);
        const [poisonedLoss, poisonedGradients] = run(Number.NaN);
        expect(sameBits(loss!, poisonedLoss!)).toBe(true);
        expect(sameBits(gradients!, poisonedGradients!)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('a second backward gives what the first gave, and so does a second run', () => {
    fc.assert(
      fc.property(steps(14), values(6), (list, x) => {
        const { graph } = made(list);
        graph.forward({ x });
        graph.backward();
        const once = graph.gradients.slice();
        graph.backward();
        expect(sameBits(graph.gradients, once)).toBe(true);
        graph.forward({ x });
        graph.backward();
        expect(sameBits(graph.gradients, once)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('any node can be kept, and has the value that it has when all are', () => {
    fc.assert(
      fc.property(steps(10), values(6), fc.nat(100), (list, x, pick) => {
        const all = made(list, 'all');
        const twin = made(list);
        const at = pick % twin.nodes.length;
        const some = new Graph(twin.loss, { keep: [twin.nodes[at]!] });
        all.graph.forward({ x });
        some.forward({ x });
        const node = all.nodes[at]!;
        if (!all.graph.nodes.includes(node)) return;
        const expected = all.graph.value(node);
        expect(sameBits(some.value(twin.nodes[at]!), expected)).toBe(true);
        some.backward(); // the backward pass hands buffers on, but not this one
        expect(sameBits(some.value(twin.nodes[at]!), expected)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('inputs are copied in and left as they were', () => {
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const before = x.slice();
    const { graph } = made([
      { op: 'mul', operands: [0, 1] },
      { op: 'tanh', operands: [0, 0] },
    ]);
    graph.forward({ x });
    x.fill(99);
    graph.backward();
    const gradients = graph.gradients.slice();
    graph.forward({ x: before });
    graph.backward();
    expect(sameBits(graph.gradients, gradients)).toBe(true);
  });
});

describe('what a graph costs', () => {
  test('a long chain of an elementwise op without gradients needs the buffers of two nodes', () => {
    const chain = (length: number): Graph => {
      let x = input('x', [100]);
      for (let i = 0; i < length; i++) x = sin(x);
      return new Graph(x, { wrt: [] });
    };
    expect(chain(1000).footprint).toBe(chain(10).footprint);
  });

  test('the terms of a thousand children are added as they arrive', () => {
    const parameters = new Parameters();
    const w = parameters.add('w', from(new Float64Array(100).fill(0.5)));
    const x = input('x', [100]);
    const graphOf = (children: number): Graph => {
      let total = mul(w, x);
      for (let i = 1; i < children; i++) total = add(total, mul(w, x));
      return new Graph(sum(total));
    };
    // Every child's term mul(dy, x) is a buffer of 100 numbers while it lives.
    const growth = graphOf(1000).footprint - graphOf(100).footprint;
    expect(growth).toBeLessThan(10 * 100);
  });

  test('reshape and a broadcast into an elementwise op need no buffer', () => {
    const x = input('x', [1000]);
    const plain = new Graph(mean(tanh(add(x, x))), { wrt: [] });
    const moved = new Graph(mean(tanh(add(reshape(x, [10, 100]), reshape(x, [10, 100])))), {
      wrt: [],
    });
    expect(moved.footprint).toBe(plain.footprint);
    const bias = input('b', [1, 125]);
    const rows = input('r', [8, 125]);
    const biased = new Graph(mean(tanh(add(rows, bias))), { wrt: [] });
    expect(biased.footprint).toBe(plain.footprint + 128);
  });
});
