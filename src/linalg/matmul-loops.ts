/**
 * The loops of `matmul`. A row i of A starts at i·aRow and its elements lie aStep apart, which covers A and Aᵀ
 * alike. Sums that are `carried` go on from what C holds, those to be accumulated are added to it.
 */

/** Columns of C whose running sums are kept at hand. */
const WIDTH = 256;

const running = new Float64Array(WIDTH);

/** All of C for the terms from … to of the sums, B as [k, n]: a row of running sums goes along with k. */
export function rowsTimesColumns(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  for (let j = 0; j < n; j += WIDTH) {
    const width = Math.min(WIDTH, n - j);
    someColumns(out, a, b, m, n, j, width, aRow, aStep, from, to, carried, accumulate);
  }
}

/** Columns j … j + width − 1 of C, four terms to a visit of the running sums. */
function someColumns(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  j: number,
  width: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  const s = running;
  for (let i = 0; i < m; i++) {
    const c = i * n + j;
    if (carried) for (let w = 0; w < width; w++) s[w] = out[c + w]!;
    else s.fill(0, 0, width);
    let l = from;
    let p = i * aRow + from * aStep;
    let q = from * n + j;
    for (; l + 4 <= to; l += 4) {
      const a0 = a[p]!;
      const a1 = a[p + aStep]!;
      const a2 = a[p + 2 * aStep]!;
      const a3 = a[p + 3 * aStep]!;
      const q1 = q + n;
      const q2 = q1 + n;
      const q3 = q2 + n;
      for (let w = 0; w < width; w++) {
        s[w] = s[w]! + a0 * b[q + w]! + a1 * b[q1 + w]! + a2 * b[q2 + w]! + a3 * b[q3 + w]!;
      }
      p += 4 * aStep;
      q += 4 * n;
    }
    for (; l < to; l++) {
      const a0 = a[p]!;
      for (let w = 0; w < width; w++) s[w]! += a0 * b[q + w]!;
      p += aStep;
      q += n;
    }
    if (accumulate) for (let w = 0; w < width; w++) out[c + w]! += s[w]!;
    else for (let w = 0; w < width; w++) out[c + w] = s[w]!;
  }
}

/** All of C for the terms from … to of the sums, B as [n, k]: dot products, 2 × 4 side by side. */
export function rowsTimesRows(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  const fours = n - (n % 4);
  for (let i = 0; i < m; i += 2) {
    const start = i * aRow + from * aStep;
    if (i + 1 < m) {
      twoRows(out, a, b, i * n, n, k, start, aRow, aStep, from, to, carried, accumulate);
    } else {
      oneRow(out, a, b, i * n, n, k, start, aStep, from, to, carried, accumulate);
    }
    for (let j = fours; j < n; j++) {
      for (let c = i * n + j, p = start, r = i; r < m && r < i + 2; c += n, p += aRow, r++) {
        let s = carried ? out[c]! : 0;
        for (let l = from, x = p; l < to; l++, x += aStep) s += a[x]! * b[j * k + l]!;
        out[c] = accumulate ? out[c]! + s : s;
      }
    }
  }
}

/** Two rows of C, from C[c] and C[c + n] on, four columns at a time. */
function twoRows(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  first: number,
  n: number,
  k: number,
  start: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  for (let j = 0, c = first; j + 4 <= n; j += 4, c += 4) {
    const d = c + n;
    let c0 = carried ? out[c]! : 0;
    let c1 = carried ? out[c + 1]! : 0;
    let c2 = carried ? out[c + 2]! : 0;
    let c3 = carried ? out[c + 3]! : 0;
    let d0 = carried ? out[d]! : 0;
    let d1 = carried ? out[d + 1]! : 0;
    let d2 = carried ? out[d + 2]! : 0;
    let d3 = carried ? out[d + 3]! : 0;
    const q0 = j * k;
    const q1 = q0 + k;
    const q2 = q1 + k;
    const q3 = q2 + k;
    for (let l = from, p = start; l < to; l++, p += aStep) {
      const x = a[p]!;
      const y = a[p + aRow]!;
      const b0 = b[q0 + l]!;
      const b1 = b[q1 + l]!;
      const b2 = b[q2 + l]!;
      const b3 = b[q3 + l]!;
      c0 += x * b0;
      c1 += x * b1;
      c2 += x * b2;
      c3 += x * b3;
      d0 += y * b0;
      d1 += y * b1;
      d2 += y * b2;
      d3 += y * b3;
    }
    out[c] = accumulate ? out[c]! + c0 : c0;
    out[c + 1] = accumulate ? out[c + 1]! + c1 : c1;
    out[c + 2] = accumulate ? out[c + 2]! + c2 : c2;
    out[c + 3] = accumulate ? out[c + 3]! + c3 : c3;
    out[d] = accumulate ? out[d]! + d0 : d0;
    out[d + 1] = accumulate ? out[d + 1]! + d1 : d1;
    out[d + 2] = accumulate ? out[d + 2]! + d2 : d2;
    out[d + 3] = accumulate ? out[d + 3]! + d3 : d3;
  }
}

/** One row of C, from C[c] on, four columns at a time. */
function oneRow(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  first: number,
  n: number,
  k: number,
  start: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  for (let j = 0, c = first; j + 4 <= n; j += 4, c += 4) {
    let c0 = carried ? out[c]! : 0;
    let c1 = carried ? out[c + 1]! : 0;
    let c2 = carried ? out[c + 2]! : 0;
    let c3 = carried ? out[c + 3]! : 0;
    const q0 = j * k;
    const q1 = q0 + k;
    const q2 = q1 + k;
    const q3 = q2 + k;
    for (let l = from, p = start; l < to; l++, p += aStep) {
      const x = a[p]!;
      c0 += x * b[q0 + l]!;
      c1 += x * b[q1 + l]!;
      c2 += x * b[q2 + l]!;
      c3 += x * b[q3 + l]!;
    }
    out[c] = accumulate ? out[c]! + c0 : c0;
    out[c + 1] = accumulate ? out[c + 1]! + c1 : c1;
    out[c + 2] = accumulate ? out[c + 2]! + c2 : c2;
    out[c + 3] = accumulate ? out[c + 3]! + c3 : c3;
  }
}
