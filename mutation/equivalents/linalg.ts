import type { Equivalents } from '../equivalents.js';

const BEHIND = 'what is written behind the end of a typed array goes nowhere';
const OVERWRITTEN =
  'what is written too much lies behind the end, where it goes nowhere, or is written over by its own turn';
const SLOWER = 'a shortcut: the plain loop gives the bits of its twin, only later';
const EVEN = 'of an even power the sign of the base does not matter';
const REMAINDER = 'the remainder has the sign of the dividend';
const WORD = 'an argument of WebAssembly, an integer: what is behind the point is dropped';

export const equivalents: Equivalents = {
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
  ],
  'src/linalg/kernels/dot.ts': [
    { at: '«i < y.length»; i++) y[i]! +=', to: 'i <= y.length', why: BEHIND },
    { at: '«i < x.length»; i++) x[i]! *=', to: 'i <= x.length', why: BEHIND },
  ],
  'src/linalg/kernels/elementwise.ts': [
    { at: 'i = twin(yAt, xAt, i + «1», to);', to: '1.0000001', why: WORD },
  ],
  'src/linalg/kernels/rows.ts': [
    {
      at: 'const { scatterRows: twin } = simd()!;',
      to: '',
      why: SLOWER,
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
};
