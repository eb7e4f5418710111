import fc from 'fast-check';
import { full, type Node } from '../../../src/graph/index.js';
import {
  add,
  broadcastTo,
  concatenate,
  cos,
  div,
  matmul,
  maximum,
  mean,
  mul,
  neg,
  pad,
  relu,
  reshape,
  sigmoid,
  sin,
  slice,
  softmax,
  square,
  sub,
  sum,
  tanh,
  transpose,
  where,
} from '../../../src/ops/index.js';

/** All nodes have this shape, so that any may be the operand of any. */
export const SHAPE = [2, 3];

type Build = (a: Node, b: Node) => Node;

/** Ops and small idioms: elementwise, broadcast, reduced, moved about, shared. */
const builds: Record<string, Build> = {
  add,
  sub,
  mul,
  neg: (a) => neg(a),
  sin: (a) => sin(a),
  cos: (a) => cos(a),
  tanh: (a) => tanh(a),
  sigmoid: (a) => sigmoid(a),
  relu: (a) => relu(a),
  'square, damped': (a) => mul(0.125, square(a)),
  'a/(1 + b²)': (a, b) => div(a, add(1, square(b))),
  maximum,
  a·a: (a) => mul(a, a),
  'rows less their mean': (a) => sub(a, mean(a, 1, { keepAxes: true })),
  'columns summed and repeated': (a, b) => add(mul(0.5, sum(a, 0)), b),
  'a scalar of a, times b': (a, b) =>
    mul(
      tanh(
        sum(
          slice(a, [
            [0, 1],
            [0, 2],
          ]),
        ),
      ),
      b,
    ),
  softmax: (a) => softmax(a),
  'there and back': (a) => transpose(reshape(transpose(a), [3, 2])),
  'reshape and add': (a, b) => add(reshape(a, [6]), reshape(b, [6])),
  a·bᵀ·a: (a, b) => mul(0.25, matmul(matmul(a, b, { transposeB: true }), a)),
  'cut and padded': (a) =>
    pad(slice(a, [null, [1, 3]]), [
      [0, 0],
      [1, 0],
    ]),
  'halves of two': (a, b) => concatenate([slice(a, [[0, 1]]), slice(b, [[1, 2]])]),
  'chosen by sign': (a, b) => where(relu(a), a, b),
  'a row repeated, and repeated again': (a) =>
    sum(tanh(broadcastTo(broadcastTo(slice(a, [[0, 1]]), SHAPE), [1, ...SHAPE])), 0),
  'plus a constant': (a) => add(a, full(SHAPE, 0.5)),
};
const names = Object.keys(builds);

export interface Step {
  readonly op: string;
  /** Counted back from the newest node, modulo how many there are. */
  readonly operands: readonly [number, number];
}

/** A graph as a list of steps: always valid, shrinks by dropping steps, and shares nodes. */
export const steps = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({ op: fc.constantFrom(...names), operands: fc.tuple(fc.nat(1000), fc.nat(1000)) }),
    { minLength: 1, maxLength: most },
  );

/** A graph whose loss is the sum of everything that nothing else uses: the nodes numbered `sinks`. */
export function build(inputs: readonly Node[], list: readonly Step[], sinks?: readonly number[]) {
  const nodes = [...inputs];
  for (const { op, operands } of list) {
    const [a, b] = operands.map((back) => nodes[back % nodes.length]!) as [Node, Node];
    nodes.push(reshape(builds[op]!(a, b), SHAPE));
  }
  const ends = sinks ?? sinksOf(nodes);
  const loss = ends.map((i) => mean(nodes[i]!)).reduce((total, node) => add(total, node));
  return { loss, nodes, sinks: ends };
}

function sinksOf(nodes: readonly Node[]): number[] {
  const used = new Set<Node>();
  const stack = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const parent of node.parents) {
      if (!used.has(parent)) stack.push(parent);
      used.add(parent);
    }
  }
  return [...nodes.keys()].filter((i) => !used.has(nodes[i]!));
}

export const values = (count: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: -64, max: 64 }).map((k) => k / 32),
    { minLength: count, maxLength: count },
  );
