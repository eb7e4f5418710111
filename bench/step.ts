// Whole training steps through the ordinary Graph. What is counted is what a user waits for.

import {
  adam,
  add,
  Graph,
  glorot,
  gradientDescent,
  input,
  matmul,
  mean,
  type Node,
  Parameters,
  squaredError,
  tanh,
  trainingStep,
  zeros,
} from '../src/index.js';
import { compare, microseconds, milliseconds, normals } from './harness.js';
import { stepByHand } from './support/by-hand.js';

tiny();
autoencoder();

/** 2-16-16-1, one row at a time: next to no arithmetic, so what is left is the price of a step. */
function tiny(): void {
  const rate = 0.01;
  const parameters = new Parameters({ seed: 1 });
  const x = input('x', [1, 2]);
  const t = input('t', [1, 1]);
  const loss = mean(squaredError(network(parameters, x, [2, 16, 16, 1]), t));
  const graph = new Graph(loss);
  const optimizer = gradientDescent({ rate });
  const byHand = stepByHand(
    [1, 2, 3].map((k) => ({
      W: parameters.get(`W${k}`).slice(),
      b: parameters.get(`b${k}`).slice(),
    })),
    rate,
  );
  const rows = Array.from({ length: 64 }, (_, row) => normals(2, `row ${row}`));
  const target = (row: Float64Array): number => row[0]! * row[1]!;
  const through = (row: Float64Array): number =>
    trainingStep(graph, { x: row, t: target(row) }, optimizer);
  const hand = (row: Float64Array): number => byHand(row, target(row));
  for (const row of rows) {
    const [a, b] = [through(row), hand(row)];
    if (!(Math.abs(a - b) <= 1e-9))
      throw new Error(`the loss is ${a} in one and ${b} in the other`);
  }
  let next = 0;
  const row = (): Float64Array => rows[next++ % rows.length]!;
  compare('2-16-16-1, gradient descent', microseconds, [
    { name: 'by hand', run: () => hand(row()) },
    { name: 'graph', run: () => through(row()) },
  ]);
}

/** 784-128-32-128-784, 64 rows: nearly all of it is matrix products. */
function autoencoder(): void {
  const parameters = new Parameters({ seed: 1 });
  const batch = 64;
  const x = input('x', [batch, 784]);
  const loss = mean(squaredError(network(parameters, x, [784, 128, 32, 128, 784]), x));
  const graph = new Graph(loss);
  const optimizer = adam();
  const feeds = { x: normals(batch * 784, 'images') };
  compare('784-128-32-128-784, 64 rows, Adam', milliseconds, [
    { name: 'whole step', run: () => trainingStep(graph, feeds, optimizer) },
    {
      name: 'forward',
      run: () => {
        graph.forward(feeds);
        return graph.loss;
      },
    },
    {
      name: 'backward',
      run: () => {
        graph.backward();
        return graph.gradients[0]!;
      },
    },
    {
      name: 'Adam',
      run: () => {
        optimizer.step(parameters, graph.gradients);
        return parameters.values[0]!;
      },
    },
  ]);
}

/** tanh(… tanh(x·W₁ + b₁) …)·W_K + b_K */
function network(parameters: Parameters, x: Node, widths: readonly number[]): Node {
  let layer = x;
  for (let k = 1; k < widths.length; k++) {
    const W = parameters.add(`W${k}`, glorot([widths[k - 1]!, widths[k]!]));
    const b = parameters.add(`b${k}`, zeros([widths[k]!]));
    const z = add(matmul(layer, W), b);
    layer = k === widths.length - 1 ? z : tanh(z);
  }
  return layer;
}
