// The backward pass does not compute numbers, it writes graph. What it wrote can be differentiated like
// anything else.

import { constant, evaluate, gradients, hvp } from 'chainrule/graph';
import { add, mul, sin, square, sub } from 'chainrule/ops';

// sin and its derivatives at 1: sin, cos, −sin, −cos, sin.
const x = constant(1);
let y = sin(x);
for (let order = 0; order <= 4; order++) {
  console.log(`sin, derivative ${order}: ${evaluate(y)}`);
  y = gradients(y, [x])[0]!;
}

// Rosenbrock's banana, f(a, b) = (1 − a)² + 100 (b − a²)². At its minimum (1, 1) the Hessian is
// [[802, −400], [−400, 200]]; a product with a direction needs no such matrix.
const [a, b] = [constant(1), constant(1)];
const f = add(square(sub(1, a)), mul(100, square(sub(b, square(a)))));
const [alongA, alongB] = hvp(f, [a, b], [constant(1), constant(0)]);
console.log(`H·(1, 0) = (${evaluate(alongA!)}, ${evaluate(alongB!)})`);
