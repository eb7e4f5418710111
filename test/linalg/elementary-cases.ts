/**
 * For each elementary function: its oracle, the bound its docstring states, and the points where the
 * two are compared. Points are stratified: all magnitudes, the neighbourhood of every place where the
 * algorithm changes branch, the thresholds of overflow and underflow, and for the trigonometric
 * functions the doubles nearest to multiples of π/2.
 */
import * as ours from '../../src/linalg/elementary/index.js';
import * as exact from './bigfloat.js';
import {
  hardAngles,
  magnitudes,
  near,
  pick,
  type Stratum,
  scatter,
  signed,
  uniform,
} from './elementary-points.js';

export interface Case {
  readonly name: string;
  readonly f: (...xs: number[]) => number;
  readonly oracle: (...xs: number[]) => exact.Big;
  /** The bound that the docstring states, in ulp. */
  readonly bound: number;
  readonly draw: (i: number, random: () => number) => number[];
}

const unary = (
  name: string,
  f: (x: number) => number,
  oracle: (x: exact.Big) => exact.Big,
  bound: number,
  ...strata: Stratum[]
): Case => ({
  name,
  f: f as Case['f'],
  oracle: (x) => oracle(exact.big(x!)),
  bound,
  draw: (i, random) => [strata[i % strata.length]!(random)],
});

const binary = (
  name: string,
  f: (x: number, y: number) => number,
  oracle: (x: exact.Big, y: exact.Big) => exact.Big,
  bound: number,
  ...strata: ((random: () => number) => [number, number])[]
): Case => ({
  name,
  f: f as Case['f'],
  oracle: (x, y) => oracle(exact.big(x!), exact.big(y!)),
  bound,
  draw: (i, random) => strata[i % strata.length]!(random),
});

const LN2 = Math.LN2;
const ANGLES: Stratum[] = [
  uniform(-10, 10),
  signed(-30, 20),
  signed(20, 1024),
  (random) => pick(hardAngles, random),
  // around odd multiples of π/4, where sine and cosine change places
  (random) => (near(1)(random) * Math.PI * (2 * Math.floor(2 ** (30 * random())) + 1)) / 4,
];
/** Towards ±1, where the inverse functions are steep. */
const towardsOne: Stratum = (random) => 1 - magnitudes(-54, 0)(random);
const LOGISTIC: Stratum[] = [uniform(-746, 746), uniform(-41, 41), uniform(-3, 3), signed(-60, 6)];
const HYPERBOLIC: Stratum[] = [
  uniform(-711, 711),
  uniform(-3, 3),
  signed(-1074, 9),
  near(22, 710.4758600739439, LN2 / 2, 2 ** -28),
];

export const CASES: readonly Case[] = [
  unary(
    'exp',
    ours.exp,
    exact.exp,
    0.84,
    uniform(-746, 710),
    uniform(-746, -708),
    uniform(-2, 2),
    signed(-60, 8),
    near(709.782712893384, -708.3964185322641, -745.1332191019411, LN2 / 2),
  ),
  unary(
    'expm1',
    ours.expm1,
    exact.expm1,
    0.92,
    uniform(-50, 710),
    uniform(-2, 2),
    signed(-1074, 3),
    near(709.782712893384, -LN2 / 2, LN2 / 2, -37.4, -40, 2 ** -54),
  ),
  unary(
    'expMinusLine',
    ours.expMinusLine,
    (x) => exact.sub(exact.expm1(x), x),
    1.7,
    uniform(-50, 709),
    uniform(-3, 3),
    signed(-60, 3),
    near(LN2 / 2, -LN2 / 2, 1.5 * LN2),
  ),
  unary(
    'log',
    ours.log,
    exact.log,
    0.85,
    magnitudes(-1074, 1024),
    uniform(0.5, 2),
    near(1, Math.SQRT2, Math.SQRT1_2, 2 ** -1022),
    (random) => 1 + signed(-52, -2)(random),
  ),
  unary(
    'log1p',
    ours.log1p,
    exact.log1p,
    0.89,
    uniform(-1, 2),
    signed(-1074, -1),
    magnitudes(0, 1024),
    near(Math.SQRT2 - 1, Math.SQRT1_2 - 1, 2 ** -54),
    (random) => -towardsOne(random),
  ),
  unary('sigmoid', ours.sigmoid, exact.sigmoid, 1.26, ...LOGISTIC, near(40, -40)),
  unary(
    'softplus',
    ours.softplus,
    exact.softplus,
    1.8,
    ...LOGISTIC,
    near(0.0005242166270392041, 0.0007338331027461891),
    uniform(-0.001, 0.001),
    near(40, -40, -0.881373587019543),
  ),
  unary(
    'silu',
    (x) => x * ours.sigmoid(x),
    (x) => exact.mul(x, exact.sigmoid(x)),
    2.6,
    uniform(-700, 700),
    uniform(-41, 41),
    uniform(-3, 3),
    signed(-60, 6),
  ),
  unary('logsigmoid', ours.logsigmoid, exact.logsigmoid, 1.8, ...LOGISTIC),
  unary(
    'tanh',
    ours.tanh,
    exact.tanh,
    0.95,
    uniform(-23, 23),
    uniform(-1, 1),
    uniform(0.5, 0.5493), // results just below ½, whose ulp is the smaller one
    near(0.5469142899565648),
    signed(-1074, 5),
    near(0.6, 22, 19.06, LN2 / 4, 2 ** -28),
  ),
  unary('sinh', ours.sinh, exact.sinh, 0.58, ...HYPERBOLIC),
  unary('cosh', ours.cosh, exact.cosh, 0.54, ...HYPERBOLIC),
  unary('sin', ours.sin, exact.sin, 0.6, ...ANGLES, signed(-1074, 0)),
  unary('cos', ours.cos, exact.cos, 0.6, ...ANGLES, signed(-1074, 0)),
  unary('tan', ours.tan, exact.tan, 0.67, ...ANGLES, signed(-1074, 0)),
  unary(
    'asin',
    ours.asin,
    exact.asin,
    0.64,
    uniform(-1, 1),
    signed(-1074, -1),
    near(0.5, -0.5, 2 ** -27),
    towardsOne,
  ),
  unary(
    'acos',
    ours.acos,
    exact.acos,
    0.63,
    uniform(-1, 1),
    signed(-100, -1),
    near(0.5, -0.5),
    towardsOne,
    (random) => -towardsOne(random),
  ),
  unary(
    'atan',
    ours.atan,
    exact.atan,
    0.56,
    uniform(-2, 2),
    signed(-1074, 1024),
    signed(-4, 4),
    near(0.25, 0.75, 1, 4 / 3, 4, 2 ** -27, 2 ** 60),
  ),
  unary(
    'erf',
    ours.erf,
    exact.erf,
    0.86,
    uniform(-6.5, 6.5),
    uniform(-1, 1),
    signed(-1074, 3),
    near(0.5, 5.9, 6),
  ),
  unary(
    'erfc',
    ours.erfc,
    exact.erfc,
    0.8,
    uniform(-6.5, 28.5),
    uniform(-1, 3),
    signed(-60, 4),
    near(0.5, -0.5, 26.54, -6),
  ),
  unary(
    'normalPdf',
    ours.normalPdf,
    exact.normalPdf,
    0.76,
    uniform(-39.5, 39.5),
    uniform(-3, 3),
    signed(-60, 5),
  ),
  unary(
    'normalCdf',
    ours.normalCdf,
    exact.normalCdf,
    0.84,
    uniform(-39.5, 9.5),
    uniform(-3, 3),
    signed(-60, 5),
    near(Math.SQRT1_2, -Math.SQRT1_2),
  ),
  binary(
    'pow',
    ours.pow,
    exact.pow,
    0.76,
    (random) => [magnitudes(-1074, 1024)(random), uniform(-1, 1)(random)],
    (random) => [magnitudes(-4, 4)(random), uniform(-200, 200)(random)],
    (random) => [magnitudes(-10, 10)(random), Math.round(uniform(-70, 70)(random)) / 2],
    (random) => {
      const e = uniform(-50, -1)(random);
      return [1 + signed(e, e)(random), signed(0, -e + 9)(random)];
    },
    (random) => [uniform(0.5, 2)(random), uniform(-1000, 1000)(random)],
    (random) => [near(Math.sqrt(1.5), Math.sqrt(3), 0.999999)(random), signed(-10, 10)(random)],
  ),
  binary(
    'atan2',
    ours.atan2,
    exact.atan2,
    0.56,
    (random) => [signed(-1074, 1024)(random), signed(-1074, 1024)(random)],
    (random) => {
      const x = signed(-1000, 1000)(random);
      return [x * uniform(-4, 4)(random), x];
    },
    (random) => {
      const x = signed(-900, 900)(random);
      return [x * signed(-70, 70)(random), x];
    },
  ),
];

/** Inside the domain; and powers far out of range would cost the oracle too many digits. */
const sensible = (c: Case, [x, y]: number[]): boolean => {
  if (c.name === 'asin' || c.name === 'acos') return Math.abs(x!) <= 1;
  if (c.name === 'log1p') return x! > -1;
  return c.name !== 'pow' || Math.abs(y! * Math.log2(x!)) < 1100;
};

export interface Worst {
  readonly ulp: number;
  readonly at: readonly number[];
  readonly points: number;
}

/**
 * The worst error over `count` points, and where. Every second point is a draw; the others search the
 * neighbourhood, at all scales, of the worst one so far.
 */
export function worst(c: Case, count: number, seed: number): Worst {
  const random = scatter(seed);
  let ulp = 0;
  let at: readonly number[] = [];
  let points = 0;
  for (let i = 0; i < count; i++) {
    const search = i % 2 === 1 && at.length > 0;
    const xs = search
      ? at.map((x) => x * (1 + (random() - 0.5) * 2 ** (-30 * random())))
      : c.draw(i >> 1, random);
    if (!xs.every(Number.isFinite) || !sensible(c, xs)) continue;
    const error = exact.ulpError(c.f(...xs), c.oracle(...xs));
    points++;
    if (!(error <= ulp)) {
      ulp = error;
      at = xs;
    }
  }
  return { ulp, at, points };
}
