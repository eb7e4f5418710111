import type { Equivalents } from '../equivalents.js';

const BEHIND = 'what is written behind the end of a typed array goes nowhere';
const OVERWRITTEN =
  'what is written too much lies behind the end, where it goes nowhere, or is written over by its own turn';
const SLOWER = 'a shortcut: the plain loop gives the bits of its twin, only later';
const EVEN = 'of an even power the sign of the base does not matter';
const REMAINDER = 'the remainder has the sign of the dividend';
const WORD = 'an argument of WebAssembly, an integer: what is behind the point is dropped';
const SET = 'it is set before it is read';
const ANY_ORDER = 'memory may be given back in any order';
const NEXT_BLOCK = 'it is written over when the next block is multiplied';
const NO_NEED =
  'a random block depends on nothing, so that none of its directions is replaced; scratch of one’s own only saves an allocation';
const TURNED = 'what sign a vector has is settled when it is reported; until then −x rounds like x';

export const equivalents: Equivalents = {
  'src/linalg/eigen/bidiagonal-basis.ts': [
    { at: 'private width = «0»;', to: '1', why: SET },
    { at: 'private lastWidth = «0»;', to: '1', why: SET },
    {
      at: 'known + width); for (let i = 0; «i < width»; i++) { coupling.set',
      to: 'i <= width',
      why: 'a row more, of no numbers',
    },
    {
      at: 'leastFirst(values, beyond, lastWidth, spread, «[left, coefficients]»);',
      to: '[coefficients, left]',
      why: 'each is turned by itself',
    },
    { at: '«j < count»; j++) b[j', to: 'j <= count', why: NEXT_BLOCK },
    {
      at: 'orthonormaliseRows(p.subarray(0, count * n), size, count, n, «{ random, scratch }»);',
      to: '{}',
      why: NO_NEED,
    },
    {
      at: 'for (const x of «[p, q, b, coupling, columns, images, along, right, left, scratch]») release',
      to: '[p, q, b, coupling, columns, images, along, right, scratch, left]',
      why: ANY_ORDER,
    },
  ],
  'src/linalg/eigen/eigenpairs.ts': [
    {
      at: '(«value > 0» ? limit : 0);',
      to: 'value >= 0',
      why: 'a zero agrees with all that lies within the limit, and may come before or after it',
    },
    { at: '«j < k»; j++) { const v = rows', to: 'j <= k', why: BEHIND },
    { at: '«i < n»; i++) vectors[i * k + j] = rows', to: 'i <= n', why: BEHIND },
  ],
  'src/linalg/eigen/krylov-basis.ts': [
    { at: 'private width = «0»;', to: '1', why: SET },
    { at: 'private lastWidth = «0»;', to: '1', why: SET },
    { at: '«j < count»; j++) t[j', to: 'j <= count', why: NEXT_BLOCK },
    {
      at: 'orthonormaliseRows(q.subarray(0, count * n), size, count, n, «{ random, scratch }»);',
      to: '{}',
      why: NO_NEED,
    },
    {
      at: 'for (const x of «[q, t, coupling, columns, images, along, coefficients, scratch]») release',
      to: '[q, t, coupling, columns, images, along, scratch, coefficients]',
      why: ANY_ORDER,
    },
  ],
  'src/linalg/eigen/power-iteration.ts': [
    { at: 'scale(x, «1» / norm2(x));', to: '-1', why: TURNED },
    {
      at: 'if («bestInPlane(best, v, Av, next, Anext, limit, plane) <= limit») {',
      to: 'bestInPlane(best, v, Av, next, Anext, limit, plane) < limit',
      why: 'a residual of exactly the limit: if it is not taken, the iteration only goes on',
    },
    { at: 'scale(v, «2» ** -10 / norm2(v));', to: '-2', why: EVEN },
    {
      at: 'addScaled(v, «1» / length, start);',
      to: '-1',
      why: 'a random direction and its negative are as likely, and so are the two ways of adding it',
    },
    {
      at: 'const chosen = «values[0]! + values[1]! >= -limit» ? 0 : 1;',
      to: 'values[0]! + values[1]! > -limit',
      why: 'where they differ by exactly the limit, either is as good',
    },
  ],
  'src/linalg/eigen/signs.ts': [
    {
      at: 'for (let i = «0»; i < n; i++) largest',
      to: '1',
      why: 'a first component that is the largest is the first that is large enough, whatever the others are',
    },
    { at: '«i < n»; i++) vectors[i * k + j] = -', to: 'i <= n', why: BEHIND },
  ],
  'src/linalg/eigen/thick-restart.ts': [
    {
      at: 'Math.floor(«0.4» * room)',
      to: '0.40000004000000006',
      why: 'a whole number is rounded down to, the same up to a basis of a million vectors',
    },
    {
      at: 'largest > 0 ? limit * (limit / largest) : «0»);',
      to: '1',
      why: 'where the largest is 0 all are, which lie within any spread',
    },
  ],
  'src/linalg/kernels/binary.ts': [
    {
      at: "'a', { data: a, row: «0», step: aStep }",
      to: '1',
      why: 'there is but one row, and how far it is to the next does not matter',
    },
    {
      at: "'b', { data: b, row: «0», step: bStep }",
      to: '1',
      why: 'there is but one row, and how far it is to the next does not matter',
    },
    {
      at: 'const [da, db] = [«8 * aStep», 8 * bStep];',
      to: '8 / aStep',
      why: 'a step is 1 or 0, and ∞ is 0 as an integer of WebAssembly',
    },
    {
      at: 'const [da, db] = [8 * aStep, «8 * bStep»];',
      to: '8 / bStep',
      why: 'a step is 1 or 0, and ∞ is 0 as an integer of WebAssembly',
    },
    {
      at: 'bStep] = [8 * a.row, «8 * a.step», 8 * b.row',
      to: '8 / a.step',
      why: 'a step is 1 or 0, and ∞ is 0 as an integer of WebAssembly',
    },
    {
      at: '8 * b.row, «8 * b.step»];',
      to: '8 / b.step',
      why: 'a step is 1 or 0, and ∞ is 0 as an integer of WebAssembly',
    },
  ],
  'src/linalg/kernels/copy.ts': [
    {
      at: '(n - «1») * step;',
      to: '1.0000001',
      why: 'a whole number of rows is rounded down to, from less than a millionth above what it was',
    },
  ],
  'src/linalg/kernels/dot.ts': [
    { at: '«i < y.length»; i++) y[i]! +=', to: 'i <= y.length', why: BEHIND },
    { at: '«i < x.length»; i++) x[i]! *=', to: 'i <= x.length', why: BEHIND },
  ],
  'src/linalg/kernels/elementwise.ts': [
    { at: 'i = twin(yAt, xAt, i + «1», to);', to: '1.0000001', why: WORD },
  ],
  'src/linalg/kernels/extrema.ts': [
    { at: 'const twin = «stride === 1 && isInMemory(x)» ? simd()?.max', to: 'false', why: SLOWER },
    { at: 'const twin = stride === «1» && isInMemory(x) ? simd()?.max', to: '-1', why: SLOWER },
    { at: 'const twin = «stride === 1 && isInMemory(x)» ? simd()?.min', to: 'false', why: SLOWER },
    { at: 'const twin = stride === «1» && isInMemory(x) ? simd()?.min', to: '-1', why: SLOWER },
  ],
  'src/linalg/kernels/parametric.ts': [
    { at: 'const twin = «isInMemory(y) && isInMemory(x)» ?', to: 'false', why: SLOWER },
    { at: 'if («twin») twin(y.byteOffset', to: 'false', why: SLOWER },
  ],
  'src/linalg/kernels/reduce.ts': [
    { at: 'let blocks = «0»;', to: '1', why: 'it is set before it is read' },
    { at: 'let top = «0»;', to: '1', why: 'it is set before it is read' },
    {
      at: 'if («n <= BLOCK») return',
      to: ['false', 'n < BLOCK'],
      why: 'a shortcut: of one block nothing is joined',
    },
    {
      at: '«start < n»; start += BLOCK) { addBlock(sumBlock(x',
      to: 'start <= n',
      why: 'one block more, of nothing: +0 is added to a sum, which is never −0',
    },
    { at: '«blocks++»; for', to: 'blocks--', why: 'counted down, the carries are the same' },
    { at: 'carry = blocks; carry % «2» === 0', to: '-2', why: REMAINDER },
    {
      at: 'carry = blocks; carry % 2 === 0; carry /= «2»',
      to: '-2',
      why: 'halves of another sign: the carries are the same',
    },
    {
      at: 'const twin = «stride === 1 && isInMemory(x)» ? simd()?.sum :',
      to: 'false',
      why: SLOWER,
    },
    { at: 'const twin = stride === «1» && isInMemory(x) ? simd()?.sum :', to: '-1', why: SLOWER },
    {
      at: 'const twin = «stride === 1 && isInMemory(x)» ? simd()?.sumSquares :',
      to: 'false',
      why: SLOWER,
    },
    {
      at: 'const twin = stride === «1» && isInMemory(x) ? simd()?.sumSquares :',
      to: '-1',
      why: SLOWER,
    },
    {
      at: '«start < n»; start += BLOCK) { const length',
      to: 'start <= n',
      why: 'one block more, of nothing: 0 is added to a sum of squares',
    },
    {
      at: '«i < length»; i++, p += stride) { const scaled',
      to: 'i <= length',
      why: 'a square that nobody adds',
    },
    { at: 'sumSquares(x, offset, n, stride, «1»);', to: '-1', why: 'a square has no sign' },
    {
      at: 'if («s > 2 ** -900» && s < 2 ** 1000)',
      to: 's >= 2 ** -900',
      why: 'at the bound both ways lead to the same bits: scaling by a power of two is exact',
    },
    {
      at: '&& «s < 2 ** 1000»)',
      to: 's <= 2 ** 1000',
      why: 'at the bound both ways lead to the same bits: scaling by a power of two is exact',
    },
    { at: 's > «2» ** -900', to: '-2', why: EVEN },
    { at: 's < «2» ** 1000', to: '-2', why: EVEN },
    {
      at: 'const scale = «largest < 1» ?',
      to: 'largest <= 1',
      why: 'where the largest is 1 the squares are in range, and nothing is scaled',
    },
    { at: 'largest < 1 ? «2» ** 600', to: '-2', why: EVEN },
    { at: '2 ** 600 : «2» ** -600', to: '-2', why: EVEN },
    {
      at: 'if (inner === 1) «{ out[k] = sumUnchecked(x, k * n, n, 1); k++; continue; }»',
      to: '{}',
      why: 'a shortcut: a single column is added in the same order, only later',
    },
    { at: 'carry % 2 === 0; carry /= «2») joinPartials', to: '-2', why: REMAINDER },
    {
      at: '«c < width»; c++) partialTile[to + c]! += partialTile[from + c]!;',
      to: 'c <= width',
      why: 'the column behind the last is nobody’s, or belongs to a sum that was just used up',
    },
  ],
  'src/linalg/kernels/rows.ts': [
    {
      at: "checkRows('scatterRows', y, x, index, width); const rows = rowsOf(y, width); const at = «simd() && addressesOf(y, x, index)»;",
      to: 'false',
      why: SLOWER,
    },
    {
      at: 'if («at») { const { scatterRows: twin }',
      to: 'false',
      why: SLOWER,
    },
    {
      at: "if (at) «{ const { scatterRows: twin } = simd()!; const [yAt, xAt, indexAt] = at; return (from, to) => { const done = twin(yAt, xAt, indexAt, width, rows, from, to); if (done < to) throw noRow('scatterRows', index, done, rows); }; }»",
      to: '{}',
      why: SLOWER,
    },
    { at: 'matrix.length / width : «2» ** 32', to: '-2', why: EVEN },
    {
      at: 'matrix.length / width : 2 ** 32 - «1»;',
      to: '1.0000001',
      why: 'at this size doubles are further apart than that: it is rounded away',
    },
  ],
  'src/linalg/kernels/scan.ts': [
    {
      at: 'simd()?.allFinite : undefined; const at = x.byteOffset; if («twin»)',
      to: 'false',
      why: SLOWER,
    },
    {
      at: 'simd()?.allZero : undefined; const at = x.byteOffset; if («twin»)',
      to: 'false',
      why: SLOWER,
    },
  ],
  'src/linalg/kernels/softmax.ts': [
    { at: 'if («!twin») { for', to: 'true', why: SLOWER },
    { at: 'let place = «0»;', to: '1', why: 'it is set before it is read' },
    {
      at: 'if (!Number.isFinite(top)) return «0»;',
      to: '1',
      why: 'nothing but ±∞, NaN and 0 comes of an infinite largest element, whatever is added to it or divided by',
    },
    {
      at: "checkApart('logSumExpAxis', y, 'scratch', scratch); for (let o = 0; «o < outer»",
      to: 'o <= outer',
      why: BEHIND,
    },
    { at: '«c < inner»; c++) { const others', to: 'c <= inner', why: OVERWRITTEN },
    {
      at: "checkSame('logSoftmaxAxis', y, x, scratch); for (let o = 0; «o < outer»",
      to: 'o <= outer',
      why: BEHIND,
    },
    {
      at: "checkSame('softmaxAxis', y, x, scratch); for (let o = 0; «o < outer»",
      to: 'o <= outer',
      why: BEHIND,
    },
    {
      at: 'if («Number.isFinite(top)») scratch[place] = 1;',
      to: 'false',
      why: 'a shortcut: the exponentials are there already, and are computed once more, the same',
    },
  ],
  'src/linalg/kernels/transposed.ts': [
    { at: '«j < columns»; j++) out', to: 'j <= columns', why: BEHIND },
  ],
  'src/linalg/random/alias-table.ts': [
    {
      at: 'const low: number[] = «[]»;',
      to: '["Stryker was here"]',
      why: 'it is met last of all, and a typed array has no element of that name',
    },
    {
      at: 'const high: number[] = []; for (let i = 0; i < n; i++) («height[i]! < 1» ?',
      to: 'height[i]! <= 1',
      why: 'another table of the same probabilities: a column of exactly 1 is its own, on either list',
    },
    {
      at: 'if («height[tall]! < 1»)',
      to: 'height[tall]! <= 1',
      why: 'another table of the same probabilities: a column of exactly 1 is its own, on either list',
    },
  ],
  'src/linalg/random/random-stream.ts': [
    { at: 'uniformAt(this.key, Math.floor(place / «2» **', to: '-2', why: EVEN },
    { at: 'uniformAt(this.key, Math.floor(place / 2 ** 32), place % «2» **', to: '-2', why: EVEN },
    { at: 'normalAt(this.key, Math.floor(place / «2» **', to: '-2', why: EVEN },
    { at: 'normalAt(this.key, Math.floor(place / 2 ** 32), place % «2» **', to: '-2', why: EVEN },
  ],
  'src/linalg/random/random.ts': [
    { at: 'Math.floor(seed / «2» ** 32)', to: '-2', why: EVEN },
    { at: '«i < out.length»; i++) { threefry', to: 'i <= out.length', why: BEHIND },
    { at: 'index % «2»;', to: '-2', why: REMAINDER },
    {
      at: '«from < out.length»; from += 2 * POINTS',
      to: 'from <= out.length',
      why: 'one turn more, of no points',
    },
    { at: 'from += «2 * POINTS»', to: 'POINTS', why: 'a half is written twice, the same' },
    {
      at: 'Math.ceil(«(out.length - from) / 2»)',
      to: ['(out.length - from) * 2', 'out.length - from'],
      why: BEHIND,
    },
    {
      at: 'Math.ceil((«out.length - from») / 2)',
      to: ['out.length + from', 'out.length'],
      why: BEHIND,
    },
    {
      at: 'Math.ceil((out.length - from) / «2»)',
      to: '2.0000002',
      why: 'a length / 2 is a half at the nearest to what is rounded up',
    },
  ],
  'src/linalg/spans.ts': [
    {
      at: 'if («this.#starts[middle]! > start») high',
      to: 'this.#starts[middle]! >= start',
      why: 'what is given back was not free, so no free part begins where it does',
    },
  ],
  'src/linalg/view.ts': [
    {
      at: 'const strides = «new Array<number>(shape.length)»;',
      to: 'new Array()',
      why: 'every axis is written, and the last of them makes the array as long',
    },
  ],
};
