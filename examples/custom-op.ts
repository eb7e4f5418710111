// An op of your own, from the formula to the check: softsign, y = x / (1 + |x|), whose slope is
// y′ = 1 / (1 + |x|)².

import { checkGradient, explain } from 'chainrule/check';
import { apply, constant, evaluate, gradients, type Node, type Op } from 'chainrule/graph';
import { abs, add, div, square } from 'chainrule/ops';

const softsignOp: Op = {
  name: 'softsign',
  formula: 'y = x / (1 + |x|)',
  shape: (x) => x,
  kernel: (y, x) => () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = x.data[i]! / (1 + Math.abs(x.data[i]!));
  },
  vjp: (dy, _y, x) => [() => div(dy, square(add(1, abs(x))))],
};

const softsign = (x: Node): Node => apply(softsignOp, x);

// It behaves like any other op: here are y, y′ and y″ at −1 and 3.
const x = constant([-1, 3]);
const y = softsign(x);
const [slope] = gradients(y, [x], constant([1, 1]));
const [bend] = gradients(slope!, [x], constant([1, 1]));
for (const node of [y, slope!, bend!]) console.log(...evaluate(node));

// And is the rule right? Ask differences.
console.log(explain(checkGradient(softsign, [[-1, 0.5, 3]])));
