import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adam,
  add,
  Graph,
  glorot,
  input,
  logSumExp,
  matmul,
  mean,
  type Node,
  normalNoise,
  Parameters,
  sigmoid,
  softplus,
  squaredError,
  tanh,
  trainingStep,
  zeros,
} from '../src/index.js';
import {
  fillNormal,
  isWorthSharing,
  matmul as product,
  randomKey,
  useSimd,
  useThreads,
} from '../src/linalg/index.js';

const [batch, width, hidden] = [64, 256, 64];

/** A run of an autoencoder with some of everything in it; the hash of all it has learned. */
function train({ seed = 3, steps = 200 } = {}): string {
  const parameters = new Parameters({ seed });
  const layer = (x: Node, from: number, to: number, name: string): Node => {
    const W = parameters.add(`W ${name}`, glorot([from, to]));
    const b = parameters.add(`b ${name}`, zeros([to]));
    return add(matmul(x, W), b);
  };
  const x = input('x', [batch, width]);
  const disturbed = add(x, normalNoise([batch, width], { seed: 5, label: 'noise' }));
  const code = tanh(layer(disturbed, width, hidden, 'in'));
  const middle = softplus(layer(code, hidden, hidden, 'middle'));
  const out = sigmoid(layer(middle, hidden, width, 'out'));
  const loss = add(mean(squaredError(out, x)), mean(logSumExp(middle, 1)));
  const graph = new Graph(loss);
  const optimizer = adam({ rate: 1e-3 });

  const rows = new Float64Array(batch * width);
  const hash = createHash('sha256');
  for (let step = 0; step < steps; step++) {
    fillNormal(rows, randomKey(step, 'rows'));
    trainingStep(graph, { x: rows }, optimizer);
    hash.update(graph.gradients);
  }
  hash.update(parameters.values);
  for (const average of Object.values(optimizer.save().averages)) hash.update(average);
  graph.dispose();
  return hash.digest('hex');
}

describe('200 training steps give the same bits', () => {
  let textbook = '';
  beforeAll(() => {
    useSimd(false);
    textbook = train();
    useSimd(true);
  });
  afterAll(() => useThreads(1));

  test.each([1, 2, 3, 4])('with SIMD and %d threads as with plain TypeScript', async (threads) => {
    expect(await useThreads(threads)).toBe(threads);
    expect(isWorthSharing(batch, product.cost(width, hidden))).toBe(true);
    expect(train()).toBe(textbook);
  });

  test('another seed gives another hash', () => {
    expect(train({ seed: 4, steps: 2 })).not.toBe(train({ steps: 2 }));
  });
});
