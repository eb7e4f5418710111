import { dyadic } from '../../../src/check/random/numbers.js';
import { type Definition, definitions } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { all, at, elements, POSITIVE, positive, type Unary, unary } from './builders.js';
import { known, type ReferenceName } from './reference-points.js';

const INFINITY = Number.POSITIVE_INFINITY;

/** A function that is smooth on its domain: it has no kinks, and reference points. */
function smooth(
  name: Extract<OpName, ReferenceName>,
  f: Unary,
  definition: Definition,
  element = all,
  more: Partial<OpSpec> = {},
  tolerance: (x: number) => number | undefined = () => undefined,
): OpSpec {
  const { special = [], ...rest } = more;
  return unary(name, f, definition, element, {
    special: [...known(name, f, tolerance), ...special],
    ...rest,
  });
}

/** x·√½ is rounded, by half a unit in the last place, and e^{−x²/2} makes x² of them. */
const asRoundedArgument = (x: number): number => 1e-15 + 1.5e-16 * x * x;

/** Points at both infinities. */
const ends = (f: Unary, below: [number, number], above: [number, number]) => [
  at(f, -INFINITY, ...below),
  at(f, INFINITY, ...above),
];

const inside = dyadic(-15 / 16, 15 / 16);
const UNIT = elements('|x| < 1', (x) => Math.abs(x) < 1);
const HALF_PI = Math.PI / 2;

export const functions = {
  exp: smooth('exp', ops.exp, definitions.exp, all, {
    special: [...ends(ops.exp, [0, 0], [INFINITY, INFINITY]), at(ops.exp, -746, 0, 0)],
  }),
  expm1: smooth('expm1', ops.expm1, definitions.expm1, all, {
    special: [...ends(ops.expm1, [-1, 0], [INFINITY, INFINITY]), at(ops.expm1, 1e-20, 1e-20, 1)],
  }),
  log: smooth('log', ops.log, definitions.log, positive, {
    domain: POSITIVE,
    special: [at(ops.log, 0, -INFINITY, INFINITY), at(ops.log, INFINITY, INFINITY, 0)],
  }),
  log1p: smooth('log1p', ops.log1p, definitions.log1p, dyadic(-7 / 8, 4), {
    domain: elements('x > −1', (x) => x > -1),
    special: [
      at(ops.log1p, -1, -INFINITY, INFINITY),
      at(ops.log1p, INFINITY, INFINITY, 0),
      at(ops.log1p, -1e-20, -1e-20, 1),
    ],
  }),
  expMinusLine: smooth('expMinusLine', ops.expMinusLine, definitions.expMinusLine, all, {
    special: [
      at(ops.expMinusLine, 1e-8, 5.0000000166666667e-17, 1.0000000050000001e-8),
      at(ops.expMinusLine, -1000, 999, -1),
    ],
  }),

  sin: smooth('sin', ops.sin, definitions.sin),
  cos: smooth('cos', ops.cos, definitions.cos),
  tan: smooth('tan', ops.tan, definitions.tan, dyadic(-5 / 4, 5 / 4), {
    domain: elements('|x| < π/2, or x between two other poles', (x) => Math.cos(x) !== 0),
  }),
  asin: smooth('asin', ops.asin, definitions.asin, inside, {
    domain: UNIT,
    kinks: [at(ops.asin, 1, HALF_PI, INFINITY), at(ops.asin, -1, -HALF_PI, INFINITY)],
  }),
  acos: smooth('acos', ops.acos, definitions.acos, inside, {
    domain: UNIT,
    kinks: [at(ops.acos, 1, 0, -INFINITY), at(ops.acos, -1, Math.PI, -INFINITY)],
  }),
  atan: smooth('atan', ops.atan, definitions.atan, all, {
    special: ends(ops.atan, [-HALF_PI, 0], [HALF_PI, 0]),
  }),

  sinh: smooth('sinh', ops.sinh, definitions.sinh, all, {
    special: ends(ops.sinh, [-INFINITY, INFINITY], [INFINITY, INFINITY]),
  }),
  cosh: smooth('cosh', ops.cosh, definitions.cosh, all, {
    special: ends(ops.cosh, [INFINITY, -INFINITY], [INFINITY, INFINITY]),
  }),
  tanh: smooth('tanh', ops.tanh, definitions.tanh, all, {
    special: ends(ops.tanh, [-1, 0], [1, 0]),
  }),
  erf: smooth('erf', ops.erf, definitions.erf, dyadic(-2, 2), {
    special: ends(ops.erf, [-1, 0], [1, 0]),
  }),
  erfc: smooth('erfc', ops.erfc, definitions.erfc, dyadic(-2, 2), {
    special: ends(ops.erfc, [2, -0], [0, -0]),
  }),
  normalDensity: smooth('normalDensity', ops.normalDensity, definitions.normalDensity),
  normalDistribution: smooth(
    'normalDistribution',
    ops.normalDistribution,
    definitions.normalDistribution,
    dyadic(-2, 2),
    {
      special: ends(ops.normalDistribution, [0, 0], [1, 0]),
    },
    asRoundedArgument,
  ),

  sigmoid: smooth('sigmoid', ops.sigmoid, definitions.sigmoid, all, {
    special: [
      ...ends(ops.sigmoid, [0, 0], [1, 0]),
      at(ops.sigmoid, -1e4, 0, 0),
      at(ops.sigmoid, 710, 1, 4.47628622567513e-309),
    ],
  }),
  logSigmoid: smooth('logSigmoid', ops.logSigmoid, definitions.logSigmoid, all, {
    special: ends(ops.logSigmoid, [-INFINITY, 1], [0, 0]),
  }),
  softplus: smooth('softplus', ops.softplus, definitions.softplus, all, {
    special: ends(ops.softplus, [0, 0], [INFINITY, 1]),
  }),
  gelu: smooth('gelu', ops.gelu, definitions.gelu, dyadic(-2, 2), {}, asRoundedArgument),
  silu: smooth('silu', ops.silu, definitions.silu),
} satisfies Partial<Record<OpName, OpSpec>>;
