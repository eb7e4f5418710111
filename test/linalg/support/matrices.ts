/** Symmetric matrices whose eigenpairs are known without computing any, and plain checks of the defining equations. */
import { noise } from './arbitrary.js';

export interface KnownMatrix {
  readonly a: Float64Array;
  readonly n: number;
  /** All eigenvalues, largest first. */
  readonly values: number[];
}

/** ‖A‖₁: the largest sum of magnitudes in a column. */
export function norm1(a: ArrayLike<number>, rows: number, columns: number): number {
  let largest = 0;
  for (let j = 0; j < columns; j++) {
    let s = 0;
    for (let i = 0; i < rows; i++) s += Math.abs(a[i * columns + j]!);
    largest = Math.max(largest, s);
  }
  return largest;
}

/** What kernels.md promises of a residual: 30·n·ε·‖A‖₁. */
export const promise = (a: Float64Array, n: number): number => 30 * n * 2 ** -52 * norm1(a, n, n);

/** −1, 2, −1: eigenvalues 2 − 2cos(jπ/(n+1)), eigenvectors sin(ijπ/(n+1)). */
export function secondDifferences(n: number): KnownMatrix {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    a[i * n + i] = 2;
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
  }
  const values = Array.from(
    { length: n },
    (_, j) => 2 + 2 * Math.cos(((j + 1) * Math.PI) / (n + 1)),
  );
  return { a, n, values };
}

/** QΛQᵀ, Q a product of random reflections I − 2uuᵀ/‖u‖², exactly symmetric. */
export function withSpectrum(values: readonly number[], seed: number): KnownMatrix {
  const n = values.length;
  const next = noise(seed);
  let a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) a[i * n + i] = values[i]!;
  for (let reflection = 0; reflection < 3; reflection++) {
    const u = Array.from({ length: n }, next);
    const length = u.reduce((s, x) => s + x * x, 0);
    const h = (i: number, j: number): number => (i === j ? 1 : 0) - (2 * u[i]! * u[j]!) / length;
    const product = (x: (i: number, l: number) => number, y: (l: number, j: number) => number) =>
      Float64Array.from({ length: n * n }, (_, p) => {
        let s = 0;
        for (let l = 0; l < n; l++) s += x(Math.floor(p / n), l) * y(l, p % n);
        return s;
      });
    const left = product(h, (l, j) => a[l * n + j]!);
    a = product((i, l) => left[i * n + l]!, h);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
  return { a, n, values: [...values].sort((x, y) => y - x) };
}

/** ‖A·v − λv‖₂ of column j, by a plain loop. */
export function residual(
  a: Float64Array,
  n: number,
  pairs: { readonly values: Float64Array; readonly vectors: Float64Array },
  j: number,
): number {
  const k = pairs.values.length;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    let s = 0;
    for (let l = 0; l < n; l++) s += a[i * n + l]! * pairs.vectors[l * k + j]!;
    squares += (s - pairs.values[j]! * pairs.vectors[i * k + j]!) ** 2;
  }
  return Math.sqrt(squares);
}

/** max |VᵀV − I| over the columns of V [n, k]. */
export function orthogonalityError(v: Float64Array, n: number, k: number): number {
  let worst = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let s = i === j ? -1 : 0;
      for (let l = 0; l < n; l++) s += v[l * k + i]! * v[l * k + j]!;
      worst = Math.max(worst, Math.abs(s));
    }
  }
  return worst;
}

/** Whether the first component within 10⁻⁸ of the largest magnitude is positive in every column. */
export function signsAreFixed(v: Float64Array, n: number, k: number): boolean {
  return Array.from({ length: k }, (_, j) => j).every((j) => {
    const column = Array.from({ length: n }, (_, i) => v[i * k + j]!);
    const largest = Math.max(...column.map(Math.abs));
    return column.find((x) => Math.abs(x) >= largest * (1 - 1e-8))! >= 0;
  });
}

/** max |A − X·Y| for X [n, k], Y [k, m]. */
export function gap(
  a: Float64Array,
  x: Float64Array,
  y: Float64Array,
  n: number,
  k: number,
  m: number,
): number {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let s = a[i * m + j]!;
      for (let l = 0; l < k; l++) s -= x[i * k + l]! * y[l * m + j]!;
      worst = Math.max(worst, Math.abs(s));
    }
  }
  return worst;
}
