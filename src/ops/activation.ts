import { apply, kernelOf, type Node, type Op } from '../graph/index.js';
import { elementwise, parametric } from '../linalg/index.js';
import { add, mul, neg, square } from './arithmetic.js';
import { asNode, type Operand } from './broadcast.js';
import { greater, where } from './comparison.js';
import { unaryBuilder, unaryOp } from './elementwise.js';
import { exp } from './exponential.js';

// σ′ = σ(x)·σ(−x), written from x: y(1 − y) is 0 as soon as y rounds to 1.
const sigmoidOp = unaryOp(
  'sigmoid',
  'y = \\sigma(x) = 1 / (1 + e^{-x})',
  elementwise.sigmoid,
  (dy, y, x) => mul(dy, mul(y, sigmoid(neg(x)))),
);

// tanh′ = 4·σ(2x)·σ(−2x): 1 − y² is 0 already at x = 20, where the slope is 1.7e-17.
const tanhOp = unaryOp('tanh', 'y = \\tanh x', elementwise.tanh, (dy, _y, x) =>
  mul(dy, mul(4, mul(sigmoid(mul(2, x)), sigmoid(mul(-2, x))))),
);

const sinhOp = unaryOp('sinh', 'y = \\sinh x', elementwise.sinh, (dy, _y, x) => mul(dy, cosh(x)));

const coshOp = unaryOp('cosh', 'y = \\cosh x', elementwise.cosh, (dy, _y, x) => mul(dy, sinh(x)));

const softplusOp = unaryOp('softplus', 'y = \\ln(1 + e^x)', elementwise.softplus, (dy, _y, x) =>
  mul(dy, sigmoid(x)),
);

const logSigmoidOp = unaryOp(
  'logSigmoid',
  'y = \\ln \\sigma(x) = -\\ln(1 + e^{-x})',
  elementwise.logsigmoid,
  (dy, _y, x) => mul(dy, sigmoid(neg(x))),
);

const reluOp = unaryOp('relu', 'y = \\max(x, 0)', elementwise.relu, (dy, _y, x) =>
  where(greater(x, 0), dy, 0),
);

const leakyReluOp = (slope: number): Op => ({
  name: 'leakyRelu',
  formula: 'y = x > 0 \\;?\\; x : s\\,x',
  settings: { slope },
  elementwise: true,
  shape: (x) => x,
  kernel: ({ data: y }, { data: x }) =>
    kernelOf(parametric.leakyRelu.on(y, x, slope, 0), y.length, 0.5),
  vjp: (dy, _y, x) => [() => where(greater(x, 0), dy, mul(slope, dy))],
});

const TWO_OVER_ROOT_PI = 1.1283791670955126;
const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;

const erfOp = unaryOp(
  'erf',
  'y = \\tfrac{2}{\\sqrt\\pi} \\int_0^x e^{-t^2} dt',
  elementwise.erf,
  (dy, _y, x) => mul(dy, mul(TWO_OVER_ROOT_PI, exp(neg(square(x))))),
);

const erfcOp = unaryOp('erfc', 'y = 1 - \\operatorname{erf} x', elementwise.erfc, (dy, _y, x) =>
  neg(mul(dy, mul(TWO_OVER_ROOT_PI, exp(neg(square(x)))))),
);

/** 1/(1 + e⁻ˣ) */
export const sigmoid: (x: Operand) => Node = unaryBuilder(sigmoidOp);
/** ln σ(x), accurate where σ(x) rounds to 0 or 1. */
export const logSigmoid: (x: Operand) => Node = unaryBuilder(logSigmoidOp);
/** ln(1 + eˣ), accurate in both tails. */
export const softplus: (x: Operand) => Node = unaryBuilder(softplusOp);
export const tanh: (x: Operand) => Node = unaryBuilder(tanhOp);
export const sinh: (x: Operand) => Node = unaryBuilder(sinhOp);
export const cosh: (x: Operand) => Node = unaryBuilder(coshOp);
/** max(x, 0), with slope 0 at 0. */
export const relu: (x: Operand) => Node = unaryBuilder(reluOp);
/** x where x > 0, else slope·x; at 0 its slope is that from the left, as relu's is. */
export const leakyRelu = (x: Operand, slope = 0.01): Node => apply(leakyReluOp(slope), asNode(x));
/** The error function 2/√π ∫₀ˣ e^{−t²} dt. */
export const erf: (x: Operand) => Node = unaryBuilder(erfOp);
/** 1 − erf x, accurate where erf x rounds to 1. */
export const erfc: (x: Operand) => Node = unaryBuilder(erfcOp);

/** The standard normal's density φ(x) = e^{−x²/2}/√(2π). */
export function normalDensity(x: Operand): Node {
  return mul(ONE_OVER_ROOT_TWO_PI, exp(mul(-0.5, square(x))));
}

/** The standard normal's distribution function Φ(x) = erfc(−x/√2)/2. */
export function normalDistribution(x: Operand): Node {
  return mul(0.5, erfc(mul(-Math.SQRT1_2, x)));
}

// gelu′ = Φ(x) + x·φ(x)
const geluOp = unaryOp('gelu', 'y = x\\,\\Phi(x)', elementwise.gelu, (dy, _y, x) =>
  mul(dy, add(normalDistribution(x), mul(x, normalDensity(x)))),
);

// silu′ = σ(x)·(1 + x·σ(−x))
const siluOp = unaryOp('silu', 'y = x\\,\\sigma(x)', elementwise.silu, (dy, _y, x) =>
  mul(dy, mul(sigmoid(x), add(1, mul(x, sigmoid(neg(x)))))),
);

/** x·Φ(x) (Hendrycks & Gimpel 2016), the exact one. */
export const gelu: (x: Operand) => Node = unaryBuilder(geluOp);
/** x·σ(x), also called swish. */
export const silu: (x: Operand) => Node = unaryBuilder(siluOp);
