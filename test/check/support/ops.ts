import { apply, type Node, type Op } from '../../../src/graph/index.js';
import { customOp, mul, square } from '../../../src/ops/index.js';

/** x³ element by element, right in every way: faults are planted in copies of it. */
export const cubeOp: Op = {
  name: 'cube',
  formula: 'y = x^3',
  shape: (x) => x,
  kernel:
    ({ data: y }, { data: x }) =>
    () => {
      for (let i = 0; i < y.length; i++) y[i] = x[i]! * x[i]! * x[i]!;
    },
  vjp: (dy, _y, x) => [() => mul(dy, mul(3, square(x)))],
};

export const cube = (changes: Partial<Op> = {}): ((x: Node) => Node) => {
  const op = { ...cubeOp, ...changes };
  return (x) => apply(op, x);
};

/** The same with another backward rule. */
export const cubeBy = (rule: (dy: Node, y: Node, x: Node) => Node): ((x: Node) => Node) =>
  cube({ vjp: (dy, y, x) => [() => rule(dy, y!, x!)] });

/** a·b of equal shapes, with the given rules. */
export function product(
  rules: (dy: Node, a: Node, b: Node) => readonly [Node, Node],
): (a: Node, b: Node) => Node {
  const op: Op = {
    name: 'product',
    formula: 'y = a b',
    slots: ['left', 'right'],
    shape: (a) => a,
    kernel:
      ({ data: y }, { data: a }, { data: b }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i]! * b[i]!;
      },
    vjp: (dy, _y, a, b) => [() => rules(dy, a!, b!)[0], () => rules(dy, a!, b!)[1]],
  };
  return (a, b) => apply(op, a, b);
}

/** x³ whose rule takes the x of the last time that it was computed, as a layer does that keeps its input. */
export function keeping(): (...xs: Node[]) => Node {
  let last = new Float64Array(0);
  return customOp({
    name: 'keeping',
    shape: (x) => x,
    forward: ({ data: y }, [x]) => {
      last = x!.data.slice();
      y.set(last.map((v) => v ** 3));
    },
    backward: ([dx], { data: dy }) => {
      dx!.data.set(Float64Array.from(dy, (seed, i) => 3 * last[i % last.length]! ** 2 * seed));
    },
  });
}
