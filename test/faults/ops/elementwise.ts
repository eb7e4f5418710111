/** Wrong rules of functions of one number, and of two. */
import {
  abs,
  add,
  cos,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  less,
  log,
  mul,
  neg,
  normalDistribution,
  pow,
  reciprocal,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  sub,
  tanh,
  where,
} from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

const oneMinus = (x: Parameters<typeof sub>[1]) => sub(1, x);

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
      what: 'the formula of every textbook: it is 0 from x = 37 on, where the slope is e⁻ˣ',
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
