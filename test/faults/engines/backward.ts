/** Backward passes with one fault each: every op is right, what joins them is not. */
import { type Engine, ourEngine } from '../../../src/check/engine.js';
import { full, type Node } from '../../../src/graph/index.js';
import { ancestors } from '../../../src/graph/order.js';
import { mul } from '../../../src/ops/index.js';
import { CLASSIC, type EngineFault, file, github } from '../fault.js';
import { isComputed } from './evaluator.js';
import {
  allEdges,
  childrenFirst,
  type Gradients,
  loopOf,
  type Parts,
  plus,
  termsOf,
} from './loop.js';

/** Our engine, but for its backward pass. */
const backwardBy = (make: () => Gradients) => (): Engine => ({ ...ourEngine, gradients: make() });
const loopWith = (wrong: Partial<Parts>) => backwardBy(() => loopOf(wrong));
const last = <T>(list: readonly T[]): T => list[list.length - 1]!;

export const sumFaults: readonly EngineFault[] = [
  {
    name: 'the last child wins',
    kind: 'fan-out',
    what: 'the gradient of a node with several children is overwritten, not added up',
    source: github('huggingface/candle', 3507),
    engine: loopWith({ total: last }),
  },
  {
    name: 'the first child wins',
    kind: 'fan-out',
    what: 'after the first child a node is done, and what comes later is dropped',
    source: github('TrenTorch/TrenTorch', 182),
    engine: loopWith({ total: ([first]) => first! }),
  },
  {
    name: 'parents are a set',
    kind: 'fan-out',
    what: 'an op that takes x twice has one edge to it: x·x has the gradient dy·x',
    source: github('NervanaSystems/neon', 169),
    engine: loopWith({
      edges: (child) =>
        allEdges(child).filter(({ parent, slot }) => child.parents.indexOf(parent) === slot),
    }),
  },
  {
    name: 'x − x is 2x',
    kind: 'fan-out',
    what: 'an op that takes x twice sends it the gradient of its first slot, twice',
    source: github('ictxiangxin/paradox', 3),
    engine: loopWith({
      edges: (child) =>
        allEdges(child).map((edge) => ({ ...edge, slot: child.parents.indexOf(edge.parent) })),
    }),
  },
  {
    name: 'the mean over children',
    kind: 'fan-out',
    what: 'the terms of several children are averaged',
    source: CLASSIC,
    engine: loopWith({
      total: (terms) => {
        const sum = terms.reduce(plus);
        return terms.length > 1 ? mul(sum, 1 / terms.length) : sum;
      },
    }),
  },
  {
    name: 'two children at most',
    by: 'paths',
    kind: 'fan-out',
    what: 'the third term and all that follow are dropped',
    source: CLASSIC,
    engine: loopWith({ total: (terms) => terms.slice(0, 2).reduce(plus) }),
  },
  {
    name: 'gradients by name',
    kind: 'fan-out',
    what: 'gradients are kept under the name and the shape of their node, and two of one name are one',
    source: CLASSIC,
    engine: loopWith({
      key: ({ op, shape, label }) => `${op.name} ${shape} ${label ?? ''}`,
    }),
  },
  {
    name: 'the first slot only',
    kind: 'fan-out',
    what: 'the gradient goes back to the first input of each op',
    source: CLASSIC,
    engine: loopWith({ edges: (child) => allEdges(child).slice(0, 1) }),
  },
];

/** Parents as they are come upon, each once. */
function breadthFirst(y: Node): Node[] {
  const found = new Set<Node>([y]);
  for (const node of found) for (const parent of node.parents) found.add(parent);
  return [...found];
}

/** A node before its parents, parents in the order of their slots, each once: not yet a topological order. */
function depthFirst(y: Node): Node[] {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (found.has(node)) return;
    found.add(node);
    node.parents.forEach(visit);
  };
  visit(y);
  return [...found];
}

/** At each arrival of a term a node sends back all that it has got so far. */
const again: Gradients = (y, xs, seed) => {
  const gradients = new Map<Node, Node>();
  const queue: [Node, Node][] = [[y, seed ?? full(y.shape, 1)]];
  for (const [node, term] of queue) {
    const known = gradients.get(node);
    const gradient = known ? plus(known, term) : term;
    gradients.set(node, gradient);
    if (queue.length > 500) break;
    for (const { slot, parent } of allEdges(node)) {
      const write = termsOf(gradient, node)[slot];
      if (write) queue.push([parent, write()]);
    }
  }
  return xs.map((x) => gradients.get(x) ?? full(x.shape, 0));
};

/** A node sends its gradient back when all children that are counted have sent theirs; some never will. */
const counting: Gradients = (y, xs, seed) => {
  const waiting = new Map<Node, number>();
  for (const node of ancestors([y])) {
    for (const parent of node.parents) waiting.set(parent, (waiting.get(parent) ?? 0) + 1);
  }
  const gradients = new Map<Node, Node>();
  const queue: [Node, Node][] = [[y, seed ?? full(y.shape, 1)]];
  for (const [node, term] of queue) {
    const known = gradients.get(node);
    const gradient = known ? plus(known, term) : term;
    gradients.set(node, gradient);
    const left = (waiting.get(node) ?? 1) - 1;
    waiting.set(node, left);
    if (left > 0) continue;
    for (const { slot, parent } of allEdges(node)) {
      const write = termsOf(gradient, node)[slot];
      if (write) queue.push([parent, write()]);
    }
  }
  return xs.map((x) => gradients.get(x) ?? full(x.shape, 0));
};

const DEPTH = 3;

/** Only what is within a few edges of y. */
function near(y: Node): Node[] {
  const depth = new Map<Node, number>();
  for (const node of childrenFirst(y)) {
    const own = depth.get(node) ?? 0;
    for (const parent of node.parents) {
      depth.set(parent, Math.min(depth.get(parent) ?? Number.POSITIVE_INFINITY, own + 1));
    }
  }
  return childrenFirst(y).filter((node) => (depth.get(node) ?? 0) < DEPTH || !isComputed(node));
}

export const visitFaults: readonly EngineFault[] = [
  {
    name: 'breadth first',
    kind: 'order of visits',
    what: 'nodes are visited in the order in which they are come upon: some before all their children',
    source: github('lucasdelimanogueira/PyNorch', 90),
    engine: loopWith({ order: breadthFirst }),
  },
  {
    name: 'depth first, before the parents',
    kind: 'order of visits',
    what: 'the list is written on the way down, where it is to be written on the way up',
    source: github('karpathy/micrograd', 96),
    engine: loopWith({ order: depthFirst }),
  },
  {
    name: 'sent back again',
    by: 'paths',
    kind: 'order of visits',
    what: 'at each term that arrives a node sends back all that it has: the first one goes twice',
    source: github('karpathy/micrograd', 2),
    engine: backwardBy(() => again),
  },
  {
    name: 'visited twice',
    by: 'paths',
    kind: 'order of visits',
    what: 'a node that is the input of several stands in the list as often',
    source: github('tinygrad/tinygrad', 165),
    engine: loopWith({
      order: (y) => {
        const order = childrenFirst(y);
        const children = (node: Node): number =>
          order.filter(({ parents }) => parents.includes(node)).length;
        return order.flatMap((node) => (children(node) > 1 ? [node, node] : [node]));
      },
    }),
  },
  {
    name: 'a dead end blocks the rest',
    kind: 'order of visits',
    what: 'a node waits for the gradients of all its children, of those too from which none will come',
    source: file('eduardoleao052/js-pytorch', 'src/tensor.ts'),
    engine: backwardBy(() => counting),
  },
  {
    name: 'three edges deep',
    kind: 'order of visits',
    what: 'a limit on recursion: what lies deeper gets nothing',
    source: github('karpathy/micrograd', 90),
    engine: loopWith({ order: near }),
  },
];

/** Remembers the gradients of all calls, as if they were fields of the nodes. */
const neverCleared = (): Gradients => {
  const fields = new WeakMap<Node, Node>();
  const right = loopOf();
  return (y, xs, seed) =>
    right(y, xs, seed).map((gradient, i) => {
      const known = fields.get(xs[i]!);
      const total = known ? plus(known, gradient) : gradient;
      fields.set(xs[i]!, total);
      return total;
    });
};

/** Marks nodes as visited and never takes the marks away. */
const neverUnmarked = (): Gradients => {
  const visited = new WeakSet<Node>();
  return (y, xs, seed) => {
    const order = (): Node[] => childrenFirst(y).filter((node) => !visited.has(node));
    const gradients = loopOf({ order })(y, xs, seed);
    for (const node of ancestors([y])) visited.add(node);
    return gradients;
  };
};

export const seedFaults: readonly EngineFault[] = [
  {
    name: 'a seed of ones',
    kind: 'seed',
    what: 'the backward pass begins with ones, whatever seed it is given',
    source: CLASSIC,
    engine: loopWith({ begin: (seed) => full(seed.shape, 1) }),
  },
  {
    name: 'begun with y',
    kind: 'seed',
    what: 'the gradient of y by itself is taken for y',
    source: github('ngxbac/GAIN', 2),
    engine: backwardBy(() => (y, xs, seed) => loopOf({ begin: (u) => mul(u, y) })(y, xs, seed)),
  },
  {
    name: 'begun with 2',
    kind: 'seed',
    what: 'the seed is added to itself: once as the seed, once as a first term',
    source: CLASSIC,
    engine: loopWith({ begin: (seed) => plus(seed, seed) }),
  },
  {
    name: 'gradients are never cleared',
    by: 'second order',
    kind: 'state',
    what: 'a second backward pass adds to the gradients of the first',
    source: github('karpathy/micrograd', 53),
    engine: backwardBy(neverCleared),
  },
  {
    name: 'marks are never cleared',
    by: 'second order',
    kind: 'state',
    what: 'the second backward pass finds all nodes visited and gives nothing',
    source: github('hikettei/cl-waffe2', 39),
    engine: backwardBy(neverUnmarked),
  },
];
