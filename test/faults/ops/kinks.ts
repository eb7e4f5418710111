/** Wrong rules of what has kinks, masks and steps. */
import { greater, greaterEqual, less, mul, neg, sign, where } from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

export const kinkFaults: readonly OpFault[] = [
  opFault(
    'relu: ≥',
    {
      by: 'kinks',
      kind: 'kink',
      what: 'slope 1 at 0 for 0; random numbers are never 0',
      source: github('tensorflow/playground', 19),
    },
    { vjp: (dy, _y, x) => [() => where(greaterEqual(x!, 0), dy, 0)] },
  ),
  opFault(
    'relu: mask of dy',
    {
      kind: 'linearity',
      what: 'what is cut off are the negative gradients, not the gradients of negative numbers',
      source: github('exacity/deeplearningbook-chinese', 127),
    },
    { vjp: (dy) => [() => where(greater(dy, 0), dy, 0)] },
  ),
  opFault(
    'leakyRelu: sides swapped',
    {
      kind: 'operand',
      what: 'slope 1 for negative numbers, and s for positive ones',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dy, _y, x) => [
        () => where(greater(x!, 0), mul(Number(op.settings?.['slope']), dy), dy),
      ],
    }),
  ),
  opFault(
    'abs: 1 at 0',
    {
      by: 'kinks',
      kind: 'kink',
      what: 'slope 1 at 0 for 0',
      source: github('KhawajaAbaid/micrograd_c', 4),
    },
    { vjp: (dy, _y, x) => [() => where(less(x!, 0), neg(dy), dy)] },
  ),
  opFault(
    'maximum: ties to both',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'where a = b both get the whole gradient: what comes out is twice what went in',
      source: github('Theano/Theano', 6470),
    },
    {
      vjp: (dy, _y, a, b) => [
        () => where(greaterEqual(a!, b!), dy, 0),
        () => where(greaterEqual(b!, a!), dy, 0),
      ],
    },
  ),
  opFault(
    'maximum: loser gets it',
    { kind: 'operand', what: 'the gradient goes to the smaller of the two', source: CLASSIC },
    {
      vjp: (dy, _y, a, b) => [
        () => where(greater(b!, a!), dy, 0),
        () => where(greater(a!, b!), dy, 0),
      ],
    },
  ),
  opFault(
    'clamp: 1 at the ends',
    {
      by: 'kinks',
      kind: 'kink',
      what: 'slope 1 at both ends for 0',
      source: github('pytorch/pytorch', 184574),
    },
    (op) => ({
      vjp: (dy, _y, x) => [
        () => {
          const [low, high] = [Number(op.settings?.['low']), Number(op.settings?.['high'])];
          return where(mul(greaterEqual(x!, low), greaterEqual(high, x!)), dy, 0);
        },
      ],
    }),
  ),
  opFault(
    'clamp: straight through',
    { kind: 'detached', what: 'the gradient goes back where x was cut off, too', source: CLASSIC },
    { vjp: (dy) => [() => dy] },
  ),
  opFault(
    'sign: rule of abs',
    {
      by: 'the op by itself',
      kind: 'detached',
      what: 'a step has no slope, but the gradient of |x| is given for it',
      source: github('NVIDIA/warp', 1466),
    },
    { vjp: (dy, _y, x) => [() => mul(dy, sign(x!))] },
  ),
  opFault(
    'where: branches swapped',
    {
      kind: 'operand',
      what: 'the branch that was not taken gets the gradient',
      source: github('apache/mxnet', 17893),
    },
    {
      vjp: (dy, _y, condition) => [
        null,
        () => where(condition!, 0, dy),
        () => where(condition!, dy, 0),
      ],
    },
  ),
  opFault(
    'where: both branches',
    { kind: 'detached', what: 'both branches get the gradient, taken or not', source: CLASSIC },
    { vjp: (dy) => [null, () => dy, () => dy] },
  ),
  opFault(
    'stopGradient: leaks',
    {
      by: 'special points',
      kind: 'detached',
      what: 'the gradient goes through what is there to stop it',
      source: github('pytorch/functorch', 353),
    },
    { vjp: (dy) => [() => dy] },
  ),
];
