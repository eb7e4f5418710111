import type { Equivalents } from '../equivalents.js';

const WHOLE = 'what is behind the point is cut off';
const SQUARED = '(a − b)² = (b − a)², to the bit, and so are their slopes';

export const equivalents: Equivalents = {
  'src/check/random/build.ts': [
    {
      at: 'const parents = operands.map(«() => 0»);',
      to: '() => undefined',
      why: 'each is written before it is read',
    },
    {
      at: 'const parents = operands.map(() => «0»);',
      to: '1',
      why: 'each is written before it is read',
    },
  ],
  'src/check/reference/definitions/arithmetic.ts': [
    {
      at: 'return «n < 0» ? A.div(',
      to: 'n <= 0',
      why: 'at n = 0 there are no factors, and 1/1 = 1',
    },
    {
      at: 'return n < «0» ? A.div(',
      to: '1',
      why: 'at n = 0 there are no factors, and 1/1 = 1',
    },
  ],
  'src/check/reference/definitions/indexing.ts': [
    { at: 'x.shape.toSpliced(along, «1», ...index.shape)', to: '1.0000001', why: WHOLE },
    { at: 'x.at(at.toSpliced(axis, «1», ...i))', to: '1.0000001', why: WHOLE },
  ],
  'src/check/reference/definitions/layout.ts': [
    { at: 'index.toSpliced(at, «1»)', to: '1.0000001', why: WHOLE },
  ],
  'src/check/reference/definitions/losses.ts': [
    { at: 'square(A, «A.sub(p, t)»)', to: 'A.sub(t, p)', why: SQUARED },
    { at: 'square(A, «A.sub(mp, mq)»)', to: 'A.sub(mq, mp)', why: SQUARED },
  ],
  'src/check/reference/definitions/reductions.ts': [
    { at: 'square(A, «A.sub(x, middle)»)', to: 'A.sub(middle, x)', why: SQUARED },
  ],
  'src/check/reference/error-function.ts': [
    {
      at: 'if («Math.abs(x) < TAIL») return series(x);',
      to: 'Math.abs(x) <= TAIL',
      why: 'where the two meet either is the error function',
    },
    {
      at: 'return «x > 0» ? 1 - tail(x) :',
      to: 'x >= 0',
      why: '|x| ≥ 1 here',
    },
    {
      at: 'if («x < TAIL») return 1 - erf(x);',
      to: 'x <= TAIL',
      why: 'where the two meet either is the error function',
    },
    {
      at: 'for (let n = 1; «n < 40»; n++) {',
      to: 'n <= 40',
      why: 'a term more, of less than the last digit',
    },
  ],
  'src/check/reference/functions.ts': [
    { at: 'const one = A.of(«1»);', to: '-1', why: '(−1 − x)(−1 + x) = (1 − x)(1 + x)' },
  ],
  'src/check/reference/rational.ts': [
    {
      at: 'const g = «gcd(abs(n), abs(d)) * (d < 0n ? -1n : 1n)»;',
      to: 'gcd(abs(n), abs(d)) / (d < 0n ? -1n : 1n)',
      why: 'to divide by ±1 is to multiply by it',
    },
    { at: '* («d < 0n» ? -1n : 1n);', to: 'd <= 0n', why: 'd is not 0' },
    { at: '=> («n < 0n» ? -n : n);', to: 'n <= 0n', why: '−0 = 0 of integers' },
    {
      at: 'const half = «Math.trunc(s / 2)»;',
      to: 'Math.round(s / 2)',
      why: 'in two steps, of whatever lengths, as long as neither is beyond the doubles',
    },
    {
      at: 'const half = Math.trunc(s / «2»);',
      to: '2.0000002',
      why: 'in two steps, of whatever lengths, as long as neither is beyond the doubles',
    },
    { at: 'n.toString(«2»).length;', to: '2.0000002', why: WHOLE },
    {
      at: 'if («(b & (b - 1n)) === 0n») {',
      to: 'false',
      why: 'a shortcut: the algorithm of Euclid finds the same',
    },
    {
      at: 'if ((b & («b - 1n»)) === 0n) {',
      to: ['b', '-1n', '1n - b'],
      why: 'a shortcut: the algorithm of Euclid finds the same',
    },
    {
      at: 'if ((b & (b - 1n)) === 0n) «{ // b is a power of two, as the denominators of doubles are: the lowest bit of either const either = a | b; return either & -either; }»',
      to: '{}',
      why: 'a shortcut: the algorithm of Euclid finds the same',
    },
    {
      at: 'Math.ceil(«bits(n) / 2»)',
      to: ['bits(n) * 2', 'bits(n)'],
      why: 'the iteration comes down from wherever it begins above the root',
    },
    {
      at: 'Math.ceil(bits(n) / «2»)',
      to: '2.0000002',
      why: 'rounded up, it is the same whole number',
    },
  ],
  'src/check/reference/tensor.ts': [
    {
      at: 'const index = «new Array<number>(shape.length)»;',
      to: 'new Array()',
      why: 'every axis is written, and the last of them makes the array as long',
    },
  ],
};
