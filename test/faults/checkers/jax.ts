/**
 * jax.test_util.check_grads: the procedure of jax/_src/public_test_util.py with its default numbers for 64 bits, in
 * mode `rev` (as for a custom_vjp, which has no other) and of order 2, as JAX's own tests mostly take it. It is their
 * procedure that runs here, not their code. In 32 bits, JAX's default, the tolerance is 2·10⁻³.
 */

import { size } from '../../../src/linalg/index.js';
import { concatenate, reshape } from '../../../src/ops/index.js';
import { type Check, Differentiated, dot, moved, randn, type Subject } from './subject.js';

const EPS = 1e-4;
const TOLERANCE = 1e-5;

const close = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= TOLERANCE + TOLERANCE * Math.abs(b);

/** ⟨t, Jᵀc⟩ = ⟨J·t, c⟩ for one t and one c, normal, and always the same ones. */
const checkVjp: Check = (subject, engine) => {
  const it = new Differentiated(subject, engine);
  const point = subject.inputs.map(({ values }) => values);
  const y = it.at(point);
  const primal = it.at(point).every((value, k) => close(y[k]!, value));
  const tangent = point.map((x, slot) => randn(x.length, `check_grads: tangent ${slot}`));
  const cotangent = randn(y.length, 'check_grads: cotangent');
  const high = it.at(moved(point, EPS, tangent));
  const low = it.at(moved(point, -EPS, tangent));
  // inf − inf is 0 here: where both sides are the same, there is no slope.
  const out = high.map((value, k) => (value === low[k] ? 0 : ((value - low[k]!) * 0.5) / EPS));
  const found = it
    .vjp(point, cotangent)
    .reduce((total, g, slot) => total + dot(g, tangent[slot]!), 0);
  it.dispose();
  return primal && close(found, dot(out, cotangent)) ? 'right' : 'wrong';
};

/** The second time: the vjp of y with y itself as the cotangent. */
const checkVjpOfVjp: Check = ({ f, inputs }, engine) => {
  const again: Subject = {
    f: (...xs) => {
      const y = f(...xs);
      const gradients = engine.gradients(y, xs, y);
      return concatenate(gradients.map((gradient) => reshape(gradient, [size(gradient.shape)])));
    },
    inputs,
  };
  return checkVjp(again, engine);
};

export const checkGrads: readonly Check[] = [checkVjp, checkVjpOfVjp];
