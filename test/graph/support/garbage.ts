// Run by itself, with --expose-gc: counts the bytes that training steps leave to the garbage collector.

import {
  Graph,
  glorot,
  indices,
  input,
  type Node,
  normal,
  Parameters,
  zeros,
} from '../../../src/graph/index.js';
import { memoryUsage } from '../../../src/linalg/index.js';
import {
  add,
  exp,
  gather,
  matmul,
  max,
  mean,
  mul,
  neg,
  relu,
  sampleNormal,
  sigmoid,
  squaredError,
  sum,
  tanh,
} from '../../../src/ops/index.js';
import {
  adam,
  adaptivity,
  gradientDescent,
  momentum,
  type Optimizer,
  trainingStep,
} from '../../../src/optim/index.js';

const STEPS = 10_000;
const collectGarbage = (globalThis as unknown as { gc(): void }).gc;

interface Case {
  readonly name: string;
  readonly loss: Node;
  readonly feeds: Record<string, Float64Array>;
  readonly optimizer: Optimizer;
  readonly clip?: number;
}

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

const numbers = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => ((7 * i + 3) % 11) / 11 - 0.5);

function tiny(optimizer: Optimizer): Case {
  const [x, t] = [input('x', [1, 2]), input('t', [1, 1])];
  const y = network(new Parameters(), x, [2, 16, 16, 1]);
  const feeds = { x: numbers(2), t: numbers(1) };
  return { name: `2-16-16-1, ${optimizer.name}`, loss: mean(squaredError(y, t)), feeds, optimizer };
}

function clipped(): Case {
  const [x, t] = [input('x', [8, 6]), input('t', [8, 3])];
  const y = network(new Parameters(), x, [6, 10, 3]);
  const loss = add(mean(squaredError(relu(y), t)), mul(1e-3, sum(exp(neg(max(y, [1]))))));
  const feeds = { x: numbers(48), t: numbers(24) };
  return { name: 'clipped', loss, feeds, optimizer: momentum({ rate: 0.01 }), clip: 1 };
}

function table(): Case {
  const [a, b] = ['a', 'b'].map((name) => indices(name, [4], { below: 50 })) as [Node, Node];
  const rows = new Parameters().add('rows', normal([50, 6]));
  const product = sum(mul(gather(rows, a), gather(rows, b)), -1);
  const loss = mean(sigmoid(product));
  const feeds = { a: Float64Array.of(1, 7, 7, 30), b: Float64Array.of(7, 2, 49, 1) };
  return { name: 'rows of a table', loss, feeds, optimizer: adaptivity({ rate: 1e-6 }) };
}

function noisy(): Case {
  const x = input('x', [5, 4]);
  const W = new Parameters().add('W', glorot([4, 4]));
  const z = sampleNormal(matmul(x, W), mul(x, 0.1), { label: 'ε' });
  const feeds = { x: numbers(20) };
  return { name: 'noise', loss: mean(squaredError(z, x)), feeds, optimizer: adam() };
}

/** The fewest bytes a step that were seen: what the compiler leaves behind at its leisure is not the step's. */
function bytes({ loss, feeds, optimizer, clip }: Case): { heap: number; memory: number } {
  const graph = new Graph(loss);
  const options = clip === undefined ? {} : { clip: { norm: clip } };
  const run = (): void => {
    for (let i = 0; i < STEPS; i++) trainingStep(graph, feeds, optimizer, options);
  };
  run();
  const { used } = memoryUsage();
  let fewest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    run();
    fewest = Math.min(fewest, (process.memoryUsage().heapUsed - before) / STEPS);
  }
  return { heap: fewest, memory: memoryUsage().used - used };
}

const cases = [tiny(gradientDescent()), tiny(adam()), clipped(), table(), noisy()];
console.log(JSON.stringify(cases.map((one) => ({ name: one.name, ...bytes(one) }))));
