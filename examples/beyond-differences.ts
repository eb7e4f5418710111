// What differences at random points cannot see, so that a check has to be told of it.
//     npm run chainrule -- check examples/beyond-differences.ts

import { spec, Tensor } from 'chainrule/check';
import { apply, type Node, type Op } from 'chainrule/graph';
import { tanh } from 'chainrule/linalg';
import { div, greaterEqual, log, mul, square, sub } from 'chainrule/ops';

/** yᵢ = f(xᵢ), with its slope as a node made from y and x. */
function elementwise(
  name: string,
  f: (x: number) => number,
  slope: (y: Node, x: Node) => Node,
): (x: Node) => Node {
  const op: Op = {
    name,
    formula: `y = \\text{${name}}(x)`,
    shape: (x) => x,
    kernel: (y, x) => () => {
      for (let i = 0; i < y.data.length; i++) y.data[i] = f(x.data[i]!);
    },
    vjp: (dy, y, x) => [() => mul(dy, slope(y, x))],
  };
  return (x) => apply(op, x);
}

const number = (x: number): Tensor => new Tensor([], [x]);

// tanh′ = 1 − tanh² is true, on paper. But from 19 on tanh is 1 to the last bit: 1 − tanh² is 0, and so is every
// difference. The slope there is 4e⁻ˣ⁻ˣ, all the same.
const tanhByValue = elementwise('tanh', tanh, (y) => sub(1, square(y)));
export const saturated = spec({
  f: tanhByValue,
  special: [
    {
      text: 'tanh(20)',
      f: tanhByValue,
      inputs: [number(20)],
      value: [1],
      gradient: [[1.6993417021166355e-17]],
    },
  ],
});

// relu has a kink at 0, and every slope from 0 to 1 is a slope of it there. Which one it has is a decision, and no random
// point finds out that >= stands for >.
const reluFromZero = elementwise(
  'relu',
  (x) => Math.max(x, 0),
  (_y, x) => greaterEqual(x, 0),
);
export const kinked = spec({
  f: reluFromZero,
  kinks: [{ text: 'relu(0)', f: reluFromZero, inputs: [number(0)], value: [0], gradient: [[0]] }],
});

// Nothing is wrong here; but it has to be known that it lives between 0 and 1. (This range would have been found by
// trying. Others are not.)
export const logit = spec({ f: (p) => log(div(p, sub(1, p))), range: [0, 1] });
