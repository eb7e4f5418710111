/**
 * How tfjs tests its gradients: `expectArraysClose(await tf.grad(f)(x, dy).data(), […])` with inputs and a dy picked by
 * hand and the values that a formula gives for them; close is |a − e| ≤ 10⁻³, and any two numbers that are not finite are
 * close, NaN to ∞, too (tfjs-core/src/test_util.ts, areClose). It is their procedure that runs here, not their code.
 */
import { type Engine, ourEngine } from '../../../src/check/engine.js';
import type { Picked } from './picked.js';
import { Differentiated } from './subject.js';

const EPSILON = 1e-3;

function areClose(a: number, e: number): boolean {
  if (!Number.isFinite(a) && !Number.isFinite(e)) return true;
  return !(Number.isNaN(a) || Number.isNaN(e) || Math.abs(a - e) > EPSILON);
}

/** The gradient against that of the right op, which stands for the formula. */
export function expectArraysClose(wrong: Picked, right: Picked, engine: Engine): 'right' | 'wrong' {
  const point = right.inputs.map(({ values }) => values);
  const [found, expected] = (
    [
      [wrong, engine],
      [right, ourEngine],
    ] as const
  ).map(([subject, by]) => {
    const it = new Differentiated(subject, by);
    const y = it.at(point);
    const dy = y.map((_, k) => right.dy[k % right.dy.length]!);
    const gradients = [y, ...it.vjp(point, dy)];
    it.dispose();
    return gradients;
  });
  const same = expected!.every((g, i) => g.every((e, k) => areClose(found![i]![k]!, e)));
  return same ? 'right' : 'wrong';
}
