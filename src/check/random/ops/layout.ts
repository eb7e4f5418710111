import { constant } from '../../../graph/index.js';
import { sameShape } from '../../../linalg/index.js';
import * as ops from '../../../ops/index.js';
import { definitions as of, Tensor } from '../../reference/index.js';
import type { GraphOp, GraphOps } from '../graph-op.js';
import { indexOf, indexText } from './indices.js';
import { listText, settings } from './support.js';

const broadcastTo: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const next = settings(choice);
    const wider = x!.shape.map((length) => (length === 1 ? 1 + next(3) : length));
    const shape = next(2) === 1 ? [2, ...wider] : wider;
    if (shape.length > 4) return undefined;
    return {
      text: (a) => `broadcastTo(${a}, ${listText(shape)})`,
      f: (a) => ops.broadcastTo(a!, shape),
      definition: of.broadcastTo(shape),
    };
  },
};

const reshape: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const n = x!.values.length;
    const { shape } = x!;
    const options = [[n], [1, n], [...shape].reverse(), [n, 1], [1, ...shape].slice(0, 4)];
    const to = options[choice % options.length]!;
    if (to.reduce((product, length) => product * length, 1) !== n) return undefined;
    return {
      text: (a) => `reshape(${a}, ${listText(to)})`,
      f: (a) => ops.reshape(a!, to),
      definition: of.reshape(to),
    };
  },
};

const transpose: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const rank = x!.shape.length;
    const next = settings(choice);
    const left = [...x!.shape.keys()];
    const order = Array.from({ length: rank }, () => left.splice(next(left.length), 1)[0]!);
    const reversed = next(3) === 0;
    return {
      text: (a) => `transpose(${a}${reversed ? '' : `, ${listText(order)}`})`,
      f: (a) => (reversed ? ops.transpose(a!) : ops.transpose(a!, order)),
      definition: reversed ? of.transpose() : of.transpose(order),
    };
  },
};

const slice: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const next = settings(choice);
    const ranges = x!.shape.map((length): [number, number] | null => {
      if (length < 2 || next(3) === 0) return null;
      const start = next(length);
      return [start, start + 1 + next(length - start)];
    });
    if (ranges.length === 0) return undefined;
    return {
      text: (a) => `slice(${a}, ${listText(ranges)})`,
      f: (a) => ops.slice(a!, ranges),
      definition: of.slice(ranges),
    };
  },
};

const pad: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const next = settings(choice);
    const margins = x!.shape.map((): [number, number] => [next(2), next(2)]);
    const value = next(2) === 1 ? 0.5 : 0;
    return {
      text: (a) => `pad(${a}, ${listText(margins)}${value === 0 ? '' : `, ${value}`})`,
      f: (a) => ops.pad(a!, margins, value),
      definition: of.pad(margins, value),
    };
  },
};

/** Of two nodes that differ along one axis at most. */
const concatenate: GraphOp = {
  arity: 2,
  use: (choice, a, b) => {
    const rank = a!.shape.length;
    if (rank === 0 || b!.shape.length !== rank) return undefined;
    const axis = choice % rank;
    if (a!.shape.some((length, i) => i !== axis && length !== b!.shape[i])) return undefined;
    return {
      text: (p, q) => `concatenate([${p}, ${q}]${axis === 0 ? '' : `, ${axis}`})`,
      f: (p, q) => ops.concatenate([p!, q!], axis),
      definition: of.concatenate(axis),
    };
  },
};

const stack: GraphOp = {
  arity: 2,
  use: (choice, a, b) => {
    const rank = a!.shape.length;
    if (!sameShape(a!.shape, b!.shape) || rank > 3) return undefined;
    const axis = choice % (rank + 1);
    return {
      text: (p, q) => `stack([${p}, ${q}]${axis === 0 ? '' : `, ${axis}`})`,
      f: (p, q) => ops.stack([p!, q!], axis),
      definition: of.stack(axis),
    };
  },
};

const gather: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const rank = x!.shape.length;
    if (rank === 0) return undefined;
    const next = settings(choice);
    const axis = next(rank);
    const length = x!.shape[axis]!;
    if (length === 0) return undefined;
    const index = Array.from({ length: 1 + next(3) }, () => next(length));
    return {
      text: (a) => `gather(${a}, ${listText(index)}${axis === 0 ? '' : `, ${axis}`})`,
      f: (a) => ops.gather(a!, constant(index), axis),
      definition: of.gather(new Tensor([index.length], index), axis),
    };
  },
};

const scatter: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const rank = x!.shape.length;
    if (rank === 0) return undefined;
    const next = settings(choice);
    const axis = next(rank);
    const length = 1 + next(4);
    const index = Array.from({ length: x!.shape[axis]! }, () => next(length));
    return {
      text: (a) => `scatter(${a}, ${listText(index)}, ${length}${axis === 0 ? '' : `, ${axis}`})`,
      f: (a) => ops.scatter(a!, constant(index, [index.length]), length, axis),
      definition: of.scatter(new Tensor([index.length], index), length, axis),
    };
  },
};

const pick: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const { shape } = x!;
    if (shape.length === 0 || shape.includes(0)) return undefined;
    const index = indexOf(shape.slice(0, -1), shape.at(-1)!, settings(choice));
    return {
      text: (a) => `pick(${a}, ${indexText(index)})`,
      f: (a) => ops.pick(a!, constant(Float64Array.from(index.values), index.shape)),
      definition: of.pick(index),
    };
  },
};

const place: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    if (x!.shape.length > 3 || x!.shape.includes(0)) return undefined;
    const next = settings(choice);
    const width = 1 + next(3);
    const index = indexOf(x!.shape, width, next);
    return {
      text: (a) => `place(${a}, ${indexText(index)}, ${width})`,
      f: (a) => ops.place(a!, constant(Float64Array.from(index.values), index.shape), width),
      definition: of.place(index, width),
    };
  },
};

export const layout: GraphOps = {
  broadcastTo,
  reshape,
  transpose,
  slice,
  pad,
  concatenate,
  stack,
  gather,
  scatter,
  pick,
  place,
};
