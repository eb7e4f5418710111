// A backward rule that is wrong, beside the one that is right. Which is which?
//     npm run chainrule -- check examples/wrong-softmax.ts

import { apply, type Node, type Op, ShapeError } from 'chainrule/graph';
import { exp } from 'chainrule/linalg';
import { mul, sub, sum } from 'chainrule/ops';

// yᵢ = exp xᵢ / Σⱼ exp xⱼ, along the last axis.
const softmaxOp: Op = {
  name: 'softmax',
  formula: 'y_i = e^{x_i} / \\sum_j e^{x_j}',
  shape: (x) => {
    if (x.length === 0) throw new ShapeError('a vector is needed, or rows of them');
    return x;
  },
  kernel: (y, x) => () => {
    const length = x.shape.at(-1)!;
    for (let row = 0; row < x.data.length; row += length) {
      const exps = x.data.subarray(row, row + length).map((t) => exp(t));
      const total = exps.reduce((a, b) => a + b, 0);
      exps.forEach((e, i) => {
        y.data[row + i] = e / total;
      });
    }
  },
  // ∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ), so ∂L/∂xⱼ = Σᵢ ∂L/∂yᵢ · ∂yᵢ/∂xⱼ = yⱼ(∂L/∂yⱼ − Σᵢ yᵢ ∂L/∂yᵢ).
  vjp: (dy, y) => [() => mul(y, sub(dy, sum(mul(dy, y), -1, { keepAxes: true })))],
};

// The slope of yᵢ by its own xᵢ is yᵢ(1 − yᵢ): true, but every other xⱼ moves yᵢ too.
const wrongOp: Op = {
  ...softmaxOp,
  name: 'wrongSoftmax',
  vjp: (dy, y) => [() => mul(dy, mul(y, sub(1, y)))],
};

export const softmax = (x: Node): Node => apply(softmaxOp, x);
export const wrongSoftmax = (x: Node): Node => apply(wrongOp, x);
