// What a user may have written: most of it is wrong, in one way each. Programs that the kit prints import it.
import { type Definition, spec } from '../../../src/check/index.js';
import { apply, type Node, type Op } from '../../../src/graph/index.js';
import { greater, leakyRelu, mul, relu, square, sub, where } from '../../../src/ops/index.js';
import { cubeOp } from './ops.js';

/** x³, with the rule of x². */
const wrongCube: Op = {
  ...cubeOp,
  name: 'wrongCube',
  vjp: (dy, _, x) => [() => mul(dy, square(x!))],
};
export const cube = (x: Node): Node => apply(cubeOp, x);

/** It writes to what it reads, and so nothing else holds of it. */
export const writing: Op = {
  ...cubeOp,
  name: 'writing',
  kernel:
    ({ data: y }, { data: x }) =>
    () => {
      for (let i = 0; i < y.length; i++) {
        x[i]! *= 2;
        y[i] = x[i]! ** 3;
      }
    },
};

/** A slope of 0.1 for negative numbers, by a rule that says 0.01. */
const leakyOp: Op = {
  ...cubeOp,
  name: 'leaky',
  kernel:
    ({ data: y }, { data: x }) =>
    () => {
      for (let i = 0; i < y.length; i++) y[i] = x[i]! > 0 ? x[i]! : 0.1 * x[i]!;
    },
  vjp: (dy, _, x) => [() => mul(dy, where(greater(x!, 0), 1, 0.01))],
};
export const leaky = (x: Node): Node => apply(leakyOp, x);

/** Another one than the library has. */
export const tanh = (x: Node): Node => leaky(x);

/** What leakyRelu is said to be, and is not. */
export const definition: Definition = (A, x) => x!.map((v) => A.mul(A.of(0.5), v));
export const halved = spec({ f: (x) => leakyRelu(x), definition });

/** x², of an input; but not of what is computed. */
export const shallow = spec({
  f: (x) => (x!.op.name === 'input' ? square(x!) : mul(2, x!)),
  inputs: 1,
  definition: (A, x) => x!.map((v) => A.mul(v, v)),
});

/** Nothing can be told of these: at a kink, and where every gradient is 0. */
export const rough = spec({ f: (x) => relu(sub(x, 0.5)), range: [0.49, 0.51] });
export const still = (x: Node): Node => mul(x, 0);

export default wrongCube;
