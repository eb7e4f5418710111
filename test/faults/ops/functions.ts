/** Wrong rules of smooth functions of one number. */
import {
  abs,
  add,
  cos,
  div,
  equal,
  exp,
  mul,
  neg,
  normalDistribution,
  reciprocal,
  sigmoid,
  sin,
  sqrt,
  square,
  sub,
  tanh,
  where,
} from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

const oneMinus = (x: Parameters<typeof sub>[1]) => sub(1, x);

export const functionFaults: readonly OpFault[] = [
  opFault(
    'square: x for 2x',
    { kind: 'factor', what: 'the factor 2 is missing', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, x!)] },
  ),
  opFault(
    'square: 2|x|',
    {
      kind: 'domain',
      what: 'right for positive numbers, and only tested with those',
      source: CLASSIC,
    },
    { vjp: (dy, _y, x) => [() => mul(dy, mul(2, abs(x!)))] },
  ),
  opFault(
    'reciprocal: + for −',
    { kind: 'sign', what: '+dy·y² for −dy·y²', source: CLASSIC },
    { vjp: (dy, y) => [() => mul(dy, square(y))] },
  ),
  opFault(
    'sqrt: dy/y',
    { kind: 'factor', what: 'the factor ½ is missing', source: CLASSIC },
    { vjp: (dy, y) => [() => div(dy, y)] },
  ),
  opFault(
    'exp: x for y',
    {
      kind: 'operand',
      what: 'dy·x for dy·eˣ; a reader of the course proposed it as the correction',
      source: github('karpathy/nn-zero-to-hero', 52),
    },
    { vjp: (dy, _y, x) => [() => mul(dy, x!)] },
  ),
  opFault(
    'expm1: y',
    { kind: 'operand', what: 'the rule of exp: dy·y, with y = eˣ − 1', source: CLASSIC },
    { vjp: (dy, y) => [() => mul(dy, y)] },
  ),
  opFault(
    'log: 1/x',
    {
      kind: 'linearity',
      what: 'dy is missing: the gradient is 1/x whatever comes back',
      source: CLASSIC,
    },
    { vjp: (_dy, _y, x) => [() => reciprocal(x!)] },
  ),
  opFault(
    'sin: −cos',
    { kind: 'sign', what: '−dy·cos x for dy·cos x', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => neg(mul(dy, cos(x!)))] },
  ),
  opFault(
    'cos: + sin',
    { kind: 'sign', what: 'dy·sin x for −dy·sin x', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, sin(x!))] },
  ),
  opFault(
    'tanh: 1 − y',
    { kind: 'factor', what: '1 − y for 1 − y²', source: CLASSIC },
    { vjp: (dy, y) => [() => mul(dy, oneMinus(y))] },
  ),
  opFault(
    'tanh: at dy',
    {
      kind: 'linearity',
      what: '1 − tanh²(dy): the function of what comes back, not of what went in',
      source: github('yizt/numpy_neural_network', 6),
    },
    { vjp: (dy) => [() => oneMinus(square(tanh(dy)))] },
  ),
  opFault(
    'tanh: at y',
    {
      kind: 'operand',
      what: '1 − tanh²(y): it is handed the result and takes it for x',
      source: github('davidrmiller/neural2d', 40),
    },
    { vjp: (dy, y) => [() => mul(dy, oneMinus(square(tanh(y))))] },
  ),
  opFault(
    'tanh: 1 − y²',
    {
      by: 'special points',
      kind: 'saturation',
      what: 'the formula of every textbook: it is 0 from x = 19.1 on, where the slope is 10⁻¹⁶ and not 0',
      source: github('intel/ipex-llm', 1502),
    },
    { vjp: (dy, y) => [() => mul(dy, oneMinus(square(y)))] },
  ),
  opFault(
    'sigmoid: x(1 − x)',
    { kind: 'operand', what: 'the input where the output belongs', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, mul(x!, oneMinus(x!)))] },
  ),
  opFault(
    'sigmoid: y(1 − y)',
    {
      by: 'special points',
      kind: 'saturation',
      what: 'the formula of every textbook: it is 0 from x = 37.5 on, where the slope is e⁻ˣ',
      source: github('jeshraghian/snntorch', 433),
    },
    { vjp: (dy, y) => [() => mul(dy, mul(y, oneMinus(y)))] },
  ),
  opFault(
    'softplus: σ(−x)',
    { kind: 'sign', what: 'the sign inside of σ', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, sigmoid(neg(x!)))] },
  ),
  opFault(
    'logSigmoid: 0 at 0',
    {
      by: 'special points',
      kind: 'kink',
      what: 'at x = 0, where two branches meet, neither of them gives its gradient',
      source: github('jax-ml/jax', 2140),
    },
    (op) => ({
      vjp: (dy, y, x) => [() => where(equal(x!, 0), 0, op.vjp(dy, y, x!)[0]!())],
    }),
  ),
  opFault(
    'gelu: Φ(x)',
    { kind: 'factor', what: 'of Φ(x) + x·φ(x) the second term is dropped', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, normalDistribution(x!))] },
  ),
  opFault(
    'silu: σ(x)',
    { kind: 'factor', what: 'the factor 1 + x·σ(−x) is dropped', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => mul(dy, sigmoid(x!))] },
  ),
  opFault(
    'erf: 1.128379',
    {
      kind: 'small error',
      what: '2/√π written with seven digits: the gradient is off by 1.5·10⁻⁷',
      source: CLASSIC,
    },
    { vjp: (dy, _y, x) => [() => mul(dy, mul(1.128379, exp(neg(square(x!)))))] },
  ),
  opFault(
    'atan: 1/(1 + x)²',
    { kind: 'factor', what: 'the square in the wrong place', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => div(dy, square(add(1, x!)))] },
  ),
  opFault(
    'asin: 1 − x',
    { kind: 'factor', what: '√(1 − x) for √(1 − x²)', source: CLASSIC },
    { vjp: (dy, _y, x) => [() => div(dy, sqrt(oneMinus(x!)))] },
  ),
];
