import { sameShape } from '../../../linalg/index.js';
import * as ops from '../../../ops/index.js';
import { definitions as of } from '../../reference/index.js';
import type { GraphOp, GraphOps } from '../graph-op.js';
import { awayFrom, binary, MARGIN, settings, unary } from './support.js';

const positive = (x: number): boolean => x >= MARGIN;
const notTiny = (x: number): boolean => Math.abs(x) >= 2 * MARGIN;
/** Where a function that saturates still has a slope that shows beside the rounding of its value. */
const within =
  (most: number) =>
  (x: number): boolean =>
    Math.abs(x) <= most;

const leakyRelu: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    if (!x!.values.every(awayFrom(0))) return undefined;
    const slope = [0.25, -0.5, 0][choice % 3]!;
    return {
      text: (a) => `leakyRelu(${a}, ${slope})`,
      f: (a) => ops.leakyRelu(a!, slope),
      definition: of.leakyRelu(slope),
    };
  },
};

const clamp: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const next = settings(choice);
    const low = -1 + next(3) / 2;
    const high = low + 0.5 + next(3) / 2;
    if (!x!.values.every(awayFrom(low, high))) return undefined;
    return {
      text: (a) => `clamp(${a}, ${low}, ${high})`,
      f: (a) => ops.clamp(a!, low, high),
      definition: of.clamp(low, high),
    };
  },
};

/** A whole number as the exponent, where the rule is one of its own. */
const power: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const n = [3, 2, -1, -2, 1][choice % 5]!;
    if (n < 0 && !x!.values.every(notTiny)) return undefined;
    return {
      text: (a) => `pow(${a}, ${n})`,
      f: (a) => ops.pow(a!, n),
      definition: of.power(n),
    };
  },
};

const where: GraphOp = {
  arity: 3,
  use: (_, c, a, b) => {
    if (!c!.values.every(awayFrom(0))) return undefined;
    if (!sameShape(c!.shape, a!.shape) || !sameShape(a!.shape, b!.shape)) return undefined;
    return {
      text: (x, p, q) => `where(greater(${x}, 0), ${p}, ${q})`,
      f: (x, p, q) => ops.where(ops.greater(x!, 0), p!, q!),
      definition: (A, x, p, q) =>
        of.where(
          A,
          x.map((value) => A.of(A.valueOf(value) > 0 ? 1 : 0)),
          p,
          q,
        ),
    };
  },
};

export const elementwise: GraphOps = {
  add: binary('add', ops.add, of.add),
  sub: binary('sub', ops.sub, of.sub),
  mul: binary('mul', ops.mul, of.mul),
  div: binary('div', ops.div, of.div, (_, b) => notTiny(b)),
  neg: unary('neg', ops.neg, of.neg),
  square: unary('square', ops.square, of.square),
  reciprocal: unary('reciprocal', ops.reciprocal, of.reciprocal, notTiny),
  sqrt: unary('sqrt', ops.sqrt, of.sqrt, positive),
  pow: binary('pow', ops.pow, of.pow, (a, b) => a >= 2 * MARGIN && a <= 4 && Math.abs(b) <= 4),
  power,
  exp: unary('exp', ops.exp, of.exp, within(4)),
  expm1: unary('expm1', ops.expm1, of.expm1, within(4)),
  expMinusLine: unary('expMinusLine', ops.expMinusLine, of.expMinusLine, within(4)),
  log: unary('log', ops.log, of.log, positive),
  log1p: unary('log1p', ops.log1p, of.log1p, (x) => x >= -1 + 2 * MARGIN),
  sin: unary('sin', ops.sin, of.sin),
  cos: unary('cos', ops.cos, of.cos),
  tan: unary('tan', ops.tan, of.tan, (x) => Math.abs(Math.cos(x)) >= 1 / 4),
  asin: unary('asin', ops.asin, of.asin, within(1 - 2 * MARGIN)),
  acos: unary('acos', ops.acos, of.acos, within(1 - 2 * MARGIN)),
  atan: unary('atan', ops.atan, of.atan, within(16)),
  sinh: unary('sinh', ops.sinh, of.sinh, within(4)),
  cosh: unary('cosh', ops.cosh, of.cosh, within(4)),
  tanh: unary('tanh', ops.tanh, of.tanh, within(4)),
  erf: unary('erf', ops.erf, of.erf, within(2)),
  erfc: unary('erfc', ops.erfc, of.erfc, within(2)),
  normalDensity: unary('normalDensity', ops.normalDensity, of.normalDensity, within(3)),
  normalDistribution: unary(
    'normalDistribution',
    ops.normalDistribution,
    of.normalDistribution,
    within(3),
  ),
  sigmoid: unary('sigmoid', ops.sigmoid, of.sigmoid, within(6)),
  logSigmoid: unary('logSigmoid', ops.logSigmoid, of.logSigmoid, within(6)),
  softplus: unary('softplus', ops.softplus, of.softplus, within(6)),
  gelu: unary('gelu', ops.gelu, of.gelu, within(3)),
  silu: unary('silu', ops.silu, of.silu, within(6)),
  relu: unary('relu', ops.relu, of.relu, awayFrom(0)),
  leakyRelu,
  abs: unary('abs', ops.abs, of.abs, awayFrom(0)),
  clamp,
  maximum: binary('maximum', ops.maximum, of.maximum, (a, b) => Math.abs(a - b) >= MARGIN),
  minimum: binary('minimum', ops.minimum, of.minimum, (a, b) => Math.abs(a - b) >= MARGIN),
  where,
};
