import { checkLength, checkSize } from '../arguments.js';
import { atan2 } from '../elementary/index.js';
import { transposed } from '../kernels/transposed.js';
import { matmul } from '../matmul/matmul.js';
import { thinQr } from './orthogonalise.js';
import { svd } from './svd.js';

/**
 * The principal angles between the column spaces of A [n, p] and B [n, q], in radians, smallest first:
 * min(rank A, rank B) of them, 0 for a common direction, π/2 for perpendicular ones.
 *
 * With orthonormal bases, QᵃᵀQᵇ has the cosines as its singular values, and what Qᵃ leaves of Qᵇ has the
 * sines. A cosine cannot tell angles below √ε from 0, nor a sine those near π/2, so each angle is taken
 * from both (Björck and Golub 1973): the error is a few ε at every angle.
 * @throws RangeError on lengths that do not fit, or when A or B has more columns than rows.
 */
export function principalAngles(
  a: Float64Array,
  b: Float64Array,
  n: number,
  p: number,
  q: number,
): Float64Array {
  checkSize('principalAngles', 'p', p);
  checkSize('principalAngles', 'q', q);
  checkSize('principalAngles', 'n', n, Math.max(p, q));
  checkLength('principalAngles', 'a', a, n * p, 'n·p');
  checkLength('principalAngles', 'b', b, n * q, 'n·q');
  const spaces = [orthonormalRows(a, n, p), orthonormalRows(b, n, q)];
  const [large, small] = spaces.sort((x, y) => y.length - x.length) as [Float64Array, Float64Array];
  const [many, few] = [large.length / (n || 1), small.length / (n || 1)];

  const common = new Float64Array(few * many);
  matmul(common, small, large, few, many, n, { transposeB: true });
  const cosines = svd(common, few, many).values;

  const negative = common.map((value) => -value);
  matmul(small, negative, large, few, n, many, { accumulate: true });
  const { r } = thinQr(transposed(small, few, n), n, few);
  const sines = svd(r, few, few).values.reverse();
  return cosines.map((cosine, i) => atan2(sines[i]!, cosine));
}

/** An orthonormal basis of the column space of [n, k], as rows. */
function orthonormalRows(a: Float64Array, n: number, k: number): Float64Array {
  const { q, dependent } = thinQr(a, n, k);
  const rows = transposed(q, n, k);
  const independent = Array.from({ length: k }, (_, j) => j).filter((j) => !dependent.includes(j));
  const basis = new Float64Array(independent.length * n);
  for (const [i, j] of independent.entries()) basis.set(rows.subarray(j * n, (j + 1) * n), i * n);
  return basis;
}
