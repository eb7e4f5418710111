// The eigenpairs of a symmetric matrix, three ways: the notes' power iteration with deflation, the block power
// iteration, and Lanczos. The first table is of a spectrum that all three can manage; then what PCA asks for,
// and one matrix large enough for the products with it to be all that counts.

import {
  blockPowerIteration,
  denseOperator,
  type Eigenpairs,
  finish,
  gramOperator,
  inMemory,
  type LinearOperator,
  lanczos,
  matmul,
  powerIteration,
  symmetricEigen,
  truncatedSvd,
} from '../src/linalg/index.js';
import { type Case, compare, milliseconds, normals } from './harness.js';

/** Q·diag(values)·Qᵀ with a random orthogonal Q. */
function withSpectrum(n: number, value: (j: number) => number): LinearOperator {
  const noise = normals(n * n, 'directions');
  const q = symmetricEigen(
    noise.map((x, p) => x + noise[(p % n) * n + Math.floor(p / n)]!),
    n,
  ).vectors;
  const scaled = q.map((x, p) => x * value(p % n));
  const a = new Float64Array(n * n);
  matmul(a, scaled, q, n, n, n, { transposeB: true });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
  return denseOperator(inMemory(a), n, n);
}

/** A solver's time; an answer that has not converged is none. */
const solving = (name: string, solve: () => Eigenpairs): Case => ({
  name,
  run: () => {
    const { values, reason } = solve();
    if (reason !== '') throw new Error(`${name}: ${reason}`);
    return values[0]!;
  },
});

{
  const a = withSpectrum(300, (j) => 0.9 ** j);
  const cases = [powerIteration, blockPowerIteration, lanczos].map((iteration) => {
    const { products } = finish(iteration(a, 8));
    return solving(`${iteration.name} (${products} products)`, () => finish(iteration(a, 8)));
  });
  compare('300×300, λⱼ = 0.9ʲ, k = 8', milliseconds, cases);
}

{
  const [n, d, k] = [10_000, 300, 16];
  const points = inMemory(normals(n * d, 'points'));
  const x = denseOperator(points, n, d);
  const gram = inMemory(new Float64Array(d * d));
  const written = (): LinearOperator => {
    x.gram!(gram);
    return denseOperator(gram, d, d);
  };
  const xx = written();
  // As an operator that cannot be written out, XᵀX is composed.
  const { gram: _, ...composed } = x;
  compare(`PCA of ${n} points in ${d} dimensions, k = ${k}`, milliseconds, [
    solving('XᵀX, then Lanczos', () => finish(lanczos(gramOperator(x), k))),
    {
      name: '  of which XᵀX',
      run: () => {
        x.gram!(gram);
        return gram[0]!;
      },
    },
    solving('  of which Lanczos', () => finish(lanczos(xx, k))),
    solving('XᵀX, then block power', () => finish(blockPowerIteration(gramOperator(x), k))),
    solving('v ↦ Xᵀ(Xv), Lanczos', () => finish(lanczos(gramOperator(composed), k))),
    {
      name: 'truncatedSvd of X',
      run: () => finish(truncatedSvd(x, k)).values[0]!,
    },
    {
      name: 'symmetricEigen of XᵀX',
      run: () => symmetricEigen(gram, d).values[0]!,
    },
  ]);
}

{
  const [n, k] = [2000, 16];
  const noise = normals(n * n, 'symmetric');
  const a = inMemory(noise.map((x, p) => x + noise[(p % n) * n + Math.floor(p / n)]!));
  const operator = denseOperator(a, n, n);
  const out = inMemory(new Float64Array(n));
  const vector = inMemory(normals(n, 'vector'));
  compare(`symmetric ${n}×${n}, k = ${k}`, milliseconds, [
    solving('lanczos', () => finish(lanczos(operator, k))),
    {
      name: '  one product Av',
      run: () => {
        operator.apply(out, vector, 1);
        return out[0]!;
      },
    },
  ]);
}
