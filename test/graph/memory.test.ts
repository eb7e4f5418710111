import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  Graph,
  glorot,
  gradient,
  input,
  normal,
  Parameters,
  trace,
  zeros,
} from '../../src/graph/index.js';
import { memoryUsage } from '../../src/linalg/index.js';
import {
  add,
  logSumExp,
  matmul,
  max,
  mean,
  mul,
  relu,
  softmax,
  sum,
  tanh,
} from '../../src/ops/index.js';
import { adam, trainingStep } from '../../src/optim/index.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Waits for the finalisers, which run between two turns of the event loop, once what is dropped was found: some
 * rounds, and on a busy machine more, until no more is in use than is expected (less, if what others had dropped is found, too).
 */
async function settled(expected = 0): Promise<number> {
  for (let i = 0; i < (expected === 0 ? 4 : 200) && memoryUsage().used > expected; i++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return memoryUsage().used;
}

const parameters = new Parameters({ seed: 1 });
const W = parameters.add('W', glorot([40, 30]));
const b = parameters.add('b', zeros([30]));
const x = input('x', [20, 40]);
const feeds = { x: new Float64Array(20 * 40).fill(0.5) };

/** Reductions of kinds that need memory to work in, a chain, a product, and a backward pass. */
function made(): Graph {
  const z = relu(add(matmul(x, W), b));
  const parts = [softmax(tanh(z)), logSumExp(z, [0]), max(z, [1])];
  const loss = add(add(mean(parts[0]!), mean(parts[1]!)), sum(parts[2]!));
  const graph = new Graph(loss);
  graph.forward(feeds);
  graph.backward();
  return graph;
}

// What kernels and the generator of normals work in is made when they are first used, and stays.
beforeEach(() => {
  normal([1]).fill(new Float64Array(1), { seed: 0, label: 'first' });
  made().dispose();
});

describe('the memory of a graph', () => {
  test('is given back by dispose: a thousand graphs in a loop need no more than one', async () => {
    await settled();
    const before = memoryUsage();
    let most = 0;
    for (let i = 0; i < 1000; i++) {
      const graph = made();
      most = Math.max(most, memoryUsage().used);
      graph.dispose();
      expect(memoryUsage().used).toBe(before.used);
    }
    expect(memoryUsage().reserved).toBe(before.reserved);
    // What one graph holds: its block, its gradient, and what its kernels work in.
    expect(most - before.used).toBeGreaterThan(8 * made().footprint);
    expect(most - before.used).toBeLessThan(1_000_000);
  });

  test('is given back twice only once', () => {
    const before = memoryUsage().used;
    const [first, second] = [made(), made()];
    first.dispose();
    first.dispose();
    const third = made();
    expect([second.loss, second.gradients.slice()]).toEqual([third.loss, third.gradients.slice()]);
    second.dispose();
    third.dispose();
    expect(memoryUsage().used).toBe(before);
  });

  test('a look at a number leaves nothing behind', () => {
    const before = memoryUsage().used;
    for (let i = 0; i < 100; i++) gradient(sum(tanh(matmul(x, W))), W, feeds);
    expect(memoryUsage().used).toBe(before);
    trace(sum(tanh(matmul(x, W))), feeds);
    expect(memoryUsage().used).toBe(before);
  });

  test('of a graph that was dropped is found by the garbage collector', async () => {
    const before = await settled();
    for (let i = 0; i < 50; i++) made();
    expect(memoryUsage().used).toBeGreaterThan(before);
    expect(await settled(before)).toBeLessThanOrEqual(before);
  });

  test('of parameters and an optimizer that grow is given back, too, once nobody looks', async () => {
    const before = await settled();
    const grow = (): void => {
      const store = new Parameters();
      const optimizer = adam();
      let y = input('y', [1, 8]);
      for (let i = 0; i < 20; i++) {
        y = matmul(y, store.add(`W${i}`, normal([8, 8])));
        const graph = new Graph(mean(y));
        trainingStep(graph, { y: new Float64Array(8).fill(1) }, optimizer);
        graph.dispose();
      }
    };
    grow();
    expect(await settled(before)).toBeLessThanOrEqual(before);
  });

  test('of parameters is given back when they move, unless someone has seen them', () => {
    const store = new Parameters();
    const before = memoryUsage().used;
    for (let i = 0; i < 10; i++) store.add(`w${i}`, normal([800]));
    expect(memoryUsage().used - before).toBe(8 * 8000);
    const seen = store.get('w3');
    const values = seen.slice();
    store.add('more', normal([800]));
    expect(memoryUsage().used - before).toBe(8 * (8000 + 8800));
    new Parameters().add('w', zeros([8000]));
    expect(seen).toEqual(values);
    expect(store.get('w3')).toEqual(values);
  });

  test('can be had anew when parameters are added: the old block goes, the old values may be looked at', () => {
    const store = new Parameters();
    const w = store.add('w', normal([1000]));
    const graph = new Graph(sum(tanh(mul(tanh(w), w))));
    graph.forward();
    graph.backward();
    expect(graph.footprint).toBeGreaterThan(2 * 1016);
    const values = store.values;
    const [first] = values;
    const { used } = memoryUsage();
    store.add('more', zeros([8]));
    graph.forward();
    // New values, and a new gradient, of which the old ones are left to the collector; but no second block.
    expect(memoryUsage().used - used).toBeLessThanOrEqual(2 * 8 * 1016);
    expect(values[0]).toBe(first);
    graph.dispose();
  });

  test('of parameters and optimizers is given back by dispose, and then they are of no use', () => {
    const trained = () => {
      const store = new Parameters();
      const graph = new Graph(mean(matmul(x, store.add('W', normal([40, 30])))));
      const optimizer = adam();
      trainingStep(graph, feeds, optimizer);
      return { store, graph, optimizer, state: optimizer.save(), values: store.save() };
    };
    const before = memoryUsage().used;
    const { store, graph, optimizer, state, values } = trained();
    expect(memoryUsage().used - before).toBeGreaterThan(4 * 8 * 1200);
    // Each of them twice, in any order.
    for (const each of [store, optimizer, graph, store, optimizer, graph]) each.dispose();
    expect(memoryUsage().used).toBe(before);

    const other = trained();
    const kept = other.store.values.slice();
    for (const use of [
      () => optimizer.step(other.store, other.graph.gradients),
      () => optimizer.save(),
      () => optimizer.restore(state),
    ]) {
      expect(use).toThrow('adam: this optimizer was disposed of; make a new one');
    }
    const over = new Graph(sum(store.node('W')));
    for (const use of [
      () => store.values,
      () => store.get('W'),
      () => store.add('more', zeros([1])),
      () => store.save(),
      () => store.restore(values),
      () => over.forward(),
    ]) {
      expect(use).toThrow('these parameters were disposed of; make a new store');
    }
    expect(other.store.values).toEqual(kept);
    for (const each of [other.store, other.optimizer, other.graph]) each.dispose();
    expect(memoryUsage().used).toBe(before);
  });

  test('nothing is read after dispose', () => {
    const graph = made();
    graph.dispose();
    for (const read of [
      () => graph.loss,
      () => graph.value(graph.nodes[0]!),
      () => graph.gradient(W),
      () => graph.gradients,
      () => graph.footprint,
      () => graph.forward(feeds),
      () => graph.backward(),
      () => graph.assertFinite(),
    ]) {
      expect(read).toThrow('disposed of');
    }
  });
});
