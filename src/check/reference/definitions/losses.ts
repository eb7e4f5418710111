import type { Arithmetic } from '../arithmetic.js';
import type { Definition } from '../definition.js';
import { type Tensor, zip } from '../tensor.js';
import { pick } from './indexing.js';
import { logSoftmax, sum } from './reductions.js';
import { square } from './support.js';

// One number a row: sums over the last axis.

const rows = sum(-1);

export const squaredError: Definition = (A, prediction, target) =>
  rows(
    A,
    zip((p, t) => square(A, A.sub(p, t)), prediction, target),
  );

/** −Σ t ln softmax(x) */
export const crossEntropy: Definition = (A, logits, target) =>
  rows(
    A,
    zip((log, t) => A.neg(A.mul(t, log)), logSoftmax()(A, logits), target),
  );

/** −ln softmax(x)ₖ */
export function crossEntropyOfClass(classes: Tensor): Definition {
  return (A, logits) => pick(classes)(A, logSoftmax()(A, logits)).map(A.neg);
}

/** −t ln σ(x) − (1 − t) ln σ(−x), with −ln σ(x) = ln(1 + e⁻ˣ) */
export const binaryCrossEntropy: Definition = (A, logits, target) => {
  const cost = <T>(B: Arithmetic<T>, x: T): T => B.apply('log1p', B.apply('exp', B.neg(x)));
  return zip(
    (x, t) => A.add(A.mul(t, cost(A, x)), A.mul(A.sub(A.of(1), t), cost(A, A.neg(x)))),
    logits,
    target,
  );
};

const half = <T>(A: Arithmetic<T>, x: T): T => A.mul(A.of(0.5), x);
const LOG_TWO_PI = Math.log(2 * Math.PI);

/** (e^{v_p} + (μ_p − μ_q)²)/e^{v_q}, the mean square distance from μ_q in units of σ_q. */
function spread<T>(A: Arithmetic<T>, mp: T, vp: T, mq: T, vq: T): T {
  const around = A.add(A.apply('exp', vp), square(A, A.sub(mp, mq)));
  return A.div(around, A.apply('exp', vq));
}

/** KL(p‖q) = Σ ½(v_q − v_p + (e^{v_p} + (μ_p − μ_q)²)/e^{v_q} − 1), from μ_p, v_p = ln σ_p², μ_q, v_q. */
export const gaussianKl: Definition = (A, mp, vp, mq, vq) =>
  rows(
    A,
    zip(
      (m, v, n, w) => half(A, A.add(A.sub(w, v), A.sub(spread(A, m, v, n, w), A.of(1)))),
      mp,
      vp,
      mq,
      vq,
    ),
  );

/** H(p, q) = Σ ½(ln 2π + v_q + (e^{v_p} + (μ_p − μ_q)²)/e^{v_q}) */
export const gaussianCrossEntropy: Definition = (A, mp, vp, mq, vq) =>
  rows(
    A,
    zip(
      (m, v, n, w) => half(A, A.add(A.add(A.of(LOG_TWO_PI), w), spread(A, m, v, n, w))),
      mp,
      vp,
      mq,
      vq,
    ),
  );

/** H(p) = Σ ½(ln 2π + 1 + v), from μ and v. */
export const gaussianEntropy: Definition = (A, _mean, v) =>
  rows(
    A,
    v.map((w) => half(A, A.add(A.of(LOG_TWO_PI + 1), w))),
  );
