/** Wrong rules of functions of two numbers. */
import { div, greater, log, mul, neg, pow, sub, where } from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

export const arithmeticFaults: readonly OpFault[] = [
  opFault(
    'sub: + for b',
    {
      kind: 'sign',
      what: 'the gradient of b in a − b has no minus',
      source: github('KhawajaAbaid/micrograd_c', 1),
    },
    { vjp: (dy) => [() => dy, () => dy] },
  ),
  opFault(
    'mul: b for both',
    { kind: 'operand', what: 'both slots of a·b get dy·b', source: CLASSIC },
    { vjp: (dy, _y, _a, b) => [() => mul(dy, b!), () => mul(dy, b!)] },
  ),
  opFault(
    'mul: slots swapped',
    { kind: 'operand', what: 'a gets dy·a, and b gets dy·b', source: CLASSIC },
    { vjp: (dy, _y, a, b) => [() => mul(dy, a!), () => mul(dy, b!)] },
  ),
  opFault(
    'mul: dy ignored',
    {
      kind: 'linearity',
      what: 'the rule gives its inputs back and never looks at dy',
      source: github('SciSharp/TensorFlow.NET', 787),
    },
    { vjp: (_dy, _y, a, b) => [() => b!, () => a!] },
  ),
  opFault(
    'mul: one part in 10⁷ off',
    {
      kind: 'small error',
      what: 'the gradient of a is dy·b·(1 + 10⁻⁷)',
      source: CLASSIC,
    },
    { vjp: (dy, _y, a, b) => [() => mul(mul(dy, b!), 1 + 1e-7), () => mul(dy, a!)] },
  ),
  opFault(
    'div: + for b',
    { kind: 'sign', what: 'the gradient of b is dy·a/b², without the minus', source: CLASSIC },
    { vjp: (dy, y, _a, b) => [() => div(dy, b!), () => div(mul(dy, y), b!)] },
  ),
  opFault(
    'div: dy/a and dy·b',
    {
      kind: 'operand',
      what: 'the rule of the product, half turned into that of the quotient',
      source: github('apache/singa', 484),
    },
    { vjp: (dy, _y, a, b) => [() => div(dy, a!), () => mul(dy, b!)] },
  ),
  opFault(
    'div: b for b²',
    { kind: 'factor', what: 'the gradient of b is −dy·a/b: one b is missing', source: CLASSIC },
    { vjp: (dy, y, _a, b) => [() => div(dy, b!), () => neg(mul(dy, y))] },
  ),
  opFault(
    'add: b detached',
    {
      kind: 'detached',
      what: 'no gradient goes to the second input',
      source: github('pytorch/pytorch', 5871),
    },
    { vjp: (dy) => [() => dy, null] },
  ),
  opFault(
    'pow: exponent b',
    { kind: 'factor', what: 'b·aᵇ for b·aᵇ⁻¹', source: CLASSIC },
    (op) => ({
      vjp: (dy, y, a, b) => [() => mul(dy, mul(b!, y)), op.vjp(dy, y, a!, b!)[1]!],
    }),
  ),
  opFault(
    'pow: rule of relu',
    {
      kind: 'operand',
      what: 'the rule of another op, copied and never changed',
      source: github('ahrefs/ocannl', 73),
    },
    { vjp: (dy, _y, a) => [() => where(greater(a!, 0), dy, 0), null] },
  ),
  opFault(
    'pow: NaN at base 0',
    {
      by: 'special points',
      kind: 'domain',
      what: 'aᵇ·ln a, with nothing done for a = 0, where it is 0·∞',
      source: github('tensorflow/tfjs', 346),
    },
    {
      vjp: (dy, y, a, b) => [
        () => mul(dy, mul(b!, pow(a!, sub(b!, 1)))),
        () => mul(dy, mul(y, log(a!))),
      ],
    },
  ),
];
