/**
 * autograd.test_util.check_grads of HIPS/autograd: the procedure of autograd/test_util.py with its numbers, in mode
 * `rev` and of order 2, which is the default. It is their procedure that runs here, not their code.
 */
import { type Check, Differentiated, dot, gradientOf, moved, randn, sizeOf } from './subject.js';

const EPS = 1e-6;
const TOL = 1e-6;
const RTOL = 1e-6;

/** Close if either is small: the difference, or the difference relative to the sum. */
const scalarClose = (a: number, b: number): boolean =>
  Math.abs(a - b) < TOL || Math.abs(a - b) / Math.abs(a + b) < RTOL;

const checkVjp =
  (label: string): Check =>
  (subject, engine) => {
    const it = new Differentiated(subject, engine);
    const point = subject.inputs.map(({ values }) => values);
    const x = point.map((each, slot) => randn(each.length, `${label}: x_v ${slot}`));
    const y = randn(it.at(point).length, `${label}: y_v`);
    const exact = it.vjp(point, y).reduce((total, g, slot) => total + dot(g, x[slot]!), 0);
    const high = it.at(moved(point, EPS / 2, x));
    const low = it.at(moved(point, -EPS / 2, x));
    const numeric = dot(
      high.map((value, k) => (value - low[k]!) / EPS),
      y,
    );
    it.dispose();
    return scalarClose(numeric, exact) ? 'right' : 'wrong';
  };

/** The second time: the vjp as a function of x and of a random cotangent. */
const again: Check = (subject, engine) => {
  const v = randn(sizeOf(subject), 'check_grads: v');
  return checkVjp('order 2')(gradientOf(subject, engine, v), engine);
};

export const checkGrads: readonly Check[] = [checkVjp('check_grads'), again];
