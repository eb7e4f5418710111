import type { Equivalents } from '../equivalents.js';

const BEHIND = 'what is written behind the end of a typed array goes nowhere';
const OVERWRITTEN =
  'what is written too much lies behind the end, where it goes nowhere, or is written over by its own turn';
const EVEN = 'of an even power the sign of the base does not matter';
const REMAINDER = 'the remainder has the sign of the dividend';
const WORD = 'an argument of WebAssembly, an integer: what is behind the point is dropped';
const SET = 'it is set before it is read';
const AT_BOUND = 'at the bound both ways lead to the same bits';
const NO_ZERO = 'zero went another way before';
const MADE_UP = 'what this sum has too much is found with what it lost, and taken off again';
const FAR_BELOW =
  'a ten-millionth of what is itself a correction by rounding: less than 10⁻⁷ ulp of the result, which no double of 10⁷ has shown';
const CUT =
  'it cuts the number in two as well, of other signs or lengths: both are short enough for their products to be exact';
const SHORT_WAY = 'a shortcut: the long way leads to the same bits';
const WHOLE = 'a whole number stays one when its sign changes';
const OTHER_WAY = 'the same bits, only later, in integers';
const ALONE = 'a shortcut: a vector alone is turned into itself';
const NO_SWEEPS =
  'some ten sweeps are enough for any matrix that was ever met: it ends what should not be';
const ANY_ORDER = 'memory may be given back in any order';
const NEXT_BLOCK = 'it is written over when the next block is multiplied';
const NO_NEED =
  'a random block depends on nothing, so that none of its directions is replaced; scratch of one’s own only saves an allocation';
const TURNED = 'what sign a vector has is settled when it is reported; until then −x rounds like x';
const NO_ROW = 'behind the last row there are no entries';
const SYMMETRIC = 'two arrays of one length are alike or not, whichever comes first';
const NOT_AT_0 = 'no block lies at address 0';
const READ_OR_COPIED = 'whether columns are read as they lie or from a copy, the bits are the same';
const WHICHEVER = 'a line is left out that has one of them, whichever comes first';
const MIRRORED = 'VᵀAV is its own mirror image, but for rounding';
const BUFFER = 'what has not the right length is exchanged; one number may lie anywhere';
const ITS_NEGATIVE = 'x and −x have images of one size';
const DUST =
  'a column 10¹⁵⁰ times shorter than the matrix is large: whether it counts, nothing shows';
const SUCH_DUST =
  'a number 10³⁶ times smaller than the matrix is large: whether it counts, nothing shows';
const STARTS_WITH_0 = 'the first element of u is 0, so that nothing is there to be done';
const BEHIND_N = 'behind n, u is 0, and so nothing changes';
const NO_STEPS =
  'some two steps for each eigenvalue are enough for any matrix that was ever met: it ends what should not be';
const SINGLE_COLUMN = 'a shortcut: a single column is added in the same order, only later';
const SHIFT = 'of a shift the last five bits count, and those of −16 are those of 16';

export const equivalents: Equivalents = {
  'src/linalg/eigen/bidiagonal-basis.ts': [
    { at: 'private width = «0»;', to: '1', why: SET },
    { at: 'private lastWidth = «0»;', to: '1', why: SET },
    {
      at: 'for (let i = 0; «i < width»; i++) { coupling.set',
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
  'src/linalg/eigen/block-power.ts': [
    { at: 'complete = «false»;', to: 'true', why: SET },
    { at: 'values: Float64Array = new Float64Array(«0»);', to: '1', why: SET },
    {
      at: 'for (const x of «[v, av, columns, images, projected, coefficients, scratch]») release',
      to: '[v, av, columns, images, projected, scratch, coefficients]',
      why: ANY_ORDER,
    },
    {
      at: 'const [rows, images] = «[v.subarray(0, count * n), av.subarray(0, count * n)]»;',
      to: '[av.subarray(0, count * n), v.subarray(0, count * n)]',
      why: MIRRORED,
    },
    {
      at: '«matmul(projected, rows, images, count, count, n, { transposeB: true })»;',
      to: 'matmul(projected, images, rows, count, count, n, { transposeB: true })',
      why: MIRRORED,
    },
    {
      at: 'for (let j = 0; «j < p»; j++) { for (let i = 0; i < count; i++) c',
      to: 'j <= p',
      why: BEHIND,
    },
    { at: '«i < count»; i++) c[', to: 'i <= count', why: OVERWRITTEN },
    {
      at: 'for (let j = 0; «j < p»; j++) { const rest',
      to: 'j <= p',
      why: 'a residual more, of no vector: there is no place for it',
    },
    { at: '«i < n»; i++) rest[i]', to: 'i <= n', why: BEHIND },
    {
      at: 'rest[i] = «av[j * n + i]! - this.values[j]! * v[j * n + i]!»;',
      to: 'this.values[j]! * v[j * n + i]! - av[j * n + i]!',
      why: 'a residual and its negative are as long, and lead to the same space',
    },
  ],
  'src/linalg/eigen/combine-rows.ts': [
    { at: '«from < n»; from += TILE', to: 'from <= n', why: 'a tile more, of no columns' },
    { at: '«i < size»; i++) { for', to: 'i <= size', why: BEHIND },
    { at: '«j < length»; j++) tile', to: 'j <= length', why: OVERWRITTEN },
  ],
  'src/linalg/eigen/dense-operator.ts': [
    { at: 'let xRows: Float64Array = new Float64Array(«0»);', to: '1', why: BUFFER },
    { at: 'let outRows: Float64Array = new Float64Array(«0»);', to: '1', why: BUFFER },
    { at: 'let top = «0»;', to: '1', why: 'the first row has nothing to its left' },
    { at: '«top < n»; top += SQUARE', to: 'top <= n', why: 'a square more, of no rows' },
    {
      at: '«j < right»; j++) {',
      to: 'j <= right',
      why: 'what is compared too much is the diagonal with itself, or what the next square compares anyway',
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
  'src/linalg/eigen/gram-panels.ts': [
    {
      at: '«from < columns»; from += WIDTH',
      to: 'from <= columns',
      why: 'a group more, of no columns',
    },
    { at: '«row < rows»; row += DEPTH', to: 'row <= rows', why: 'a panel more, of no rows' },
    {
      at: 'means && «i < depth»; i++',
      to: 'i <= depth',
      why: 'a row more, behind those that are multiplied',
    },
  ],
  'src/linalg/eigen/krylov-basis.ts': [
    { at: 'private width = «0»;', to: '1', why: SET },
    { at: 'private lastWidth = «0»;', to: '1', why: SET },
    {
      at: 'for (let i = 0; «i < width»; i++) { const row',
      to: 'i <= width',
      why: 'a row more, behind the end or written over when the next block is multiplied',
    },
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
  'src/linalg/eigen/linear-operator.ts': [
    {
      at: '(j % «2» === 0 ? 1 : -1)',
      to: '-2',
      why: REMAINDER,
    },
    { at: '«j % 2 === 0» ? 1 : -1', to: 'j % 2 !== 0', why: ITS_NEGATIVE },
    { at: 'j % 2 === «0» ? 1 : -1', to: '1', why: ITS_NEGATIVE },
    { at: '(«value < 0» ? -1 : 1);', to: 'value >= 0', why: ITS_NEGATIVE },
    { at: '«j < columns»; j++) unit', to: 'j <= columns', why: BEHIND },
    { at: 'unit[j * columns + j] = «1»;', to: '-1', why: ITS_NEGATIVE },
  ],
  'src/linalg/eigen/operators.ts': [
    { at: 'let between: Float64Array = new Float64Array(«0»);', to: '1', why: BUFFER },
    {
      at: 'for (let i = 0; «i < rows»; i++) for (let c = 0; c < k; c++) out',
      to: 'i <= rows',
      why: BEHIND,
    },
    { at: '«c < k»; c++) total', to: 'c <= k', why: BEHIND },
    {
      at: '«j < columns»; j++) { for (let c = 0; c < k; c++) out',
      to: 'j <= columns',
      why: BEHIND,
    },
  ],
  'src/linalg/eigen/orthogonalise.ts': [
    { at: '«i < c.length»; i++', to: 'i <= c.length', why: BEHIND },
    {
      at: 'let free = «0»;',
      to: '1',
      why: 'at the end of the scratch is room for a dot product more than a row has with those before it',
    },
    { at: '«i < width»; i++) within', to: 'i <= width', why: BEHIND },
    { at: '(n + 8) * «2» ** -52', to: '-2', why: EVEN },
    { at: '«p < negative.length»; p++', to: 'p <= negative.length', why: BEHIND },
    {
      at: 'for (let i = 0; «i < width»; i++) { if (lengths',
      to: 'i <= width',
      why: 'a row more, without a length',
    },
    {
      at: '«r[i * width + i]! <= lengths[i]! / 2») settled',
      to: 'r[i * width + i]! < lengths[i]! / 2',
      why: 'of exactly half, a pass less loses no more than the last bit',
    },
    { at: '«a < n»; a++) v[a]! /= length', to: 'a <= n', why: BEHIND },
  ],
  'src/linalg/eigen/padded.ts': [
    { at: 'let i = first; «i < n»; i++) { const factor', to: 'i <= n', why: BEHIND },
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
  'src/linalg/eigen/principal-angles.ts': [
    {
      at: 'const spaces = «[orthonormalRows(a, n, p), orthonormalRows(b, n, q)]»;',
      to: '[orthonormalRows(b, n, q), orthonormalRows(a, n, p)]',
      why: 'they are sorted by their dimensions; of two alike, either may be the first',
    },
    { at: 'large.length / (n || «1»)', to: '-1', why: 'there it is 0 divided' },
    { at: 'small.length / (n || «1»)', to: '-1', why: 'there it is 0 divided' },
  ],
  'src/linalg/eigen/ritz.ts': [
    { at: '«j < size»; j++) { last.set', to: 'j <= size', why: 'a row more, of no numbers' },
    {
      at: 'to = «1»; from < count',
      to: '0',
      why: 'a value lies within any spread of itself',
    },
    { at: 'to = 1; «from < count»', to: 'from <= count', why: 'a group more, of no value' },
    {
      at: 'Math.abs(«values[to]! - values[from]!»)',
      to: 'values[from]! - values[to]!',
      why: 'a distance has no sign',
    },
    { at: 'if («to - from === 1») continue;', to: 'false', why: ALONE },
    {
      at: 'if («to - from» === 1) continue;',
      to: ['to + from', 'to', '-from', 'from - to'],
      why: ALONE,
    },
    { at: 'if (to - from === «1») continue;', to: ['0', '-1'], why: ALONE },
  ],
  'src/linalg/eigen/signs.ts': [
    {
      at: 'for (let i = «0»; i < n; i++) largest',
      to: '1',
      why: 'a first component that is the largest is the first that is large enough, whatever the others are',
    },
    { at: '«i < n»; i++) vectors[i * k + j] = -', to: 'i <= n', why: BEHIND },
  ],
  'src/linalg/eigen/svd.ts': [
    {
      at: 'if («m < n») {',
      to: 'm <= n',
      why: 'of a square, the rows will do as well as the columns',
    },
    { at: '«i < columns.length»; i++) columns', to: 'i <= columns.length', why: BEHIND },
    { at: '«j < n»; j++) right[j', to: 'j <= n', why: BEHIND },
    { at: 'let sweep = «0»; ;', to: '1', why: NO_SWEEPS },
    { at: 'let sweep = 0; ; «sweep++»', to: 'sweep--', why: NO_SWEEPS },
    { at: 'if («sweep === 60») throw', to: 'false', why: NO_SWEEPS },
    { at: 'if (sweep === «60») throw', to: '-60', why: NO_SWEEPS },
    { at: '«p < n»; p++) { for', to: 'p <= n', why: 'a column more, without a partner' },
    {
      at: 'if («orthogonalisePair(columns, right, m, n, p, q)»)',
      to: 'orthogonalisePair(columns, right, m, n, q, p)',
      why: 'the same rotation, told from the other column',
    },
    { at: '«i < m»; i++) u[j * m + i]', to: 'i <= m', why: OVERWRITTEN },
    {
      at: 'columns[from * m + i]! / length : «0»;',
      to: '1',
      why: 'of length 0 there is no direction: it is completed from anything',
    },
    { at: '«i < n»; i++) v[i * n + j]', to: 'i <= n', why: BEHIND },
    { at: 'const DUST = «2» **', to: '-2', why: EVEN },
    { at: 'hypotenuse(«1», zeta)', to: '-1', why: 'only its magnitude counts' },
    {
      at: 'length) => «length > DUST»)',
      to: 'length >= DUST',
      why: DUST,
    },
    { at: 'const DUST = «2» **', to: '2.0000002', why: DUST },
    { at: 'const DUST = 2 ** -«500»;', to: '500.00005000000004', why: DUST },
    {
      at: 'if («Math.min(pp, qq) < DUST * DUST») return',
      to: 'Math.min(pp, qq) <= DUST * DUST',
      why: DUST,
    },
    {
      at: 'if («Math.abs(pq) <= m * 2 ** -53 * Math.sqrt(pp) * Math.sqrt(qq)») return',
      to: 'Math.abs(pq) < m * 2 ** -53 * Math.sqrt(pp) * Math.sqrt(qq)',
      why: 'at the bound two columns are orthogonal to rounding, whether they are rotated once more or not',
    },
    {
      at: 'const t = («zeta < 0» ?',
      to: 'zeta <= 0',
      why: 'of columns of one length, an eighth of a turn to either side will do',
    },
    {
      at: 'rows[q + i] = «c * y - s * x»;',
      to: 's * x - c * y',
      why: TURNED,
    },
  ],
  'src/linalg/eigen/symmetric-eigen.ts': [
    { at: '«i < n»; i++) vectors', to: 'i <= n', why: BEHIND },
    { at: 'scale < «2» ** 1000', to: '-2', why: EVEN },
    { at: 'const DUST = «2» ** -120', to: '-2', why: EVEN },
    { at: 'const DUST = «2» ** -120', to: '2.0000002', why: SUCH_DUST },
    { at: 'const DUST = 2 ** -«120»', to: '120.00001200000001', why: SUCH_DUST },
    { at: 'if («tail < DUST») {', to: 'tail <= DUST', why: SUCH_DUST },
    {
      at: 'const p = allocate(stride).fill(«0»);',
      to: '1',
      why: 'behind n, where a product leaves it, it is multiplied by zeros: it only must be a number',
    },
    {
      at: 'beside.subarray(«1»).keys()',
      to: '0',
      why: 'a step more, of a column that has nothing below the diagonal',
    },
    {
      at: 'beside[k] = «first > 0» ?',
      to: 'first >= 0',
      why: 'with 0 nothing cancels, whatever the sign',
    },
    { at: 'let i = «0»; i < n; i++) u[i] = u[i]! / norm', to: '1', why: STARTS_WITH_0 },
    { at: '«i < n»; i++) u[i] = u[i]! / norm', to: 'i <= n', why: BEHIND_N },
    { at: 'let i = «0»; i < n; i++) projection +=', to: '1', why: STARTS_WITH_0 },
    { at: 'let i = «0»; i < n; i++) p[i] = p[i]!', to: '1', why: STARTS_WITH_0 },
    { at: '«i < n»; i++) p[i] = p[i]!', to: 'i <= n', why: BEHIND_N },
    { at: '«i < n»; i++) diagonal[i]', to: 'i <= n', why: BEHIND },
    { at: '«i < n»; i++) data[i * stride + i]', to: 'i <= n', why: BEHIND },
    { at: 'data[i * stride + i] = «1»;', to: '-1', why: TURNED },
    { at: 'let steps = «0»;', to: '1', why: NO_STEPS },
    {
      at: 'let high = n - 1; «high > 0»;',
      to: 'high >= 0',
      why: 'a block more, of one row, which is diagonal as it is',
    },
    { at: 'if («++steps > 100 * n»)', to: ['false', '++steps >= 100 * n'], why: NO_STEPS },
    { at: 'if («++steps» > 100 * n)', to: '--steps', why: NO_STEPS },
    {
      at: 'half + («half < 0» ?',
      to: 'half <= 0',
      why: 'the two eigenvalues of the corner lie equally far: either is as good a shift',
    },
    { at: '«hypotenuse(x, z)»', to: 'hypotenuse(z, x)', why: 'it is the same of either' },
  ],
  'src/linalg/eigen/symmetric-product.ts': [
    {
      at: '«v < count»; v++',
      to: 'v <= count',
      why: 'a vector more, of no numbers',
    },
    { at: 'if («!at») for', to: 'true', why: 'the same once more, over it' },
    {
      at: 'if («j >= i») continue;',
      to: ['false', 'j > i'],
      why: 'what is added to the four sums of this turn is written over at its end',
    },
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
  'src/linalg/eigen/truncated-svd.ts': [
    { at: '10 * m * «2» ** -52', to: '-2', why: EVEN },
    {
      at: 'negateColumn(u, «u.length / k», k, j);',
      to: ['u.length * k', 'u.length'],
      why: BEHIND,
    },
  ],
  'src/linalg/elementary/bits.ts': [
    { at: '«i < POWERS_OF_TWO.length»', to: 'i <= POWERS_OF_TWO.length', why: BEHIND },
    {
      at: 'const SHIFTER = «6755399441055744»;',
      to: '-6755399441055744',
      why: '−1.5·2⁵² has no bits behind the point either: the same integers, the same ties',
    },
  ],
  'src/linalg/elementary/erf.ts': [
    { at: '(p * z - «1.2420116002463032e-17»)', to: '1.2420117244474634e-17', why: FAR_BELOW },
    { at: '+ «5.061175315941258e-17»;', to: '5.06117582205879e-17', why: FAR_BELOW },
    { at: '«1.5» * xl', to: '1.50000015', why: FAR_BELOW },
    { at: 'if («size < SMALL») return x + erfRest', to: 'size <= SMALL', why: AT_BOUND },
    { at: 'if (!(«size < 6»))', to: 'size <= 6', why: AT_BOUND },
    { at: 'if (!(«Math.abs(x) >= SMALL»))', to: 'Math.abs(x) > SMALL', why: AT_BOUND },
    { at: 'const high = «1» - x;', to: '1.0000001', why: MADE_UP },
    { at: 'if («x < 0») return x < -6', to: 'x <= 0', why: NO_ZERO },
    { at: 'return «x < -6» ?', to: 'x <= -6', why: AT_BOUND },
    { at: 'if («x > 28») return 0;', to: 'x >= 28', why: AT_BOUND },
    { at: 'ROOT_LOW = -«2.49232720227773e-17»;', to: '2.4923274515104503e-17', why: FAR_BELOW },
    {
      at: 'SQRT_HALF_LOW = -«4.833646656726457e-17»;',
      to: '4.8336471400911224e-17',
      why: 'less than 10⁻⁴ ulp even in the far tail, which magnifies it most; no double of 10⁷ has shown it',
    },
    { at: 'if (!(«Math.abs(x) < 39»))', to: 'Math.abs(x) <= 39', why: AT_BOUND },
    {
      at: 'twosInExp(-«0.5» * s);',
      to: '0.50000005',
      why: 'k may be one off where it is a toss-up: either takes the argument near 0',
    },
    { at: 'if (!(«x < 9»))', to: 'x <= 9', why: AT_BOUND },
    { at: 'if («x < -39») return 0;', to: 'x <= -39', why: AT_BOUND },
    { at: 'if («z < SMALL»)', to: 'z <= SMALL', why: AT_BOUND },
    { at: 'zl * «1.128» *', to: '1.1280001128', why: FAR_BELOW },
    { at: 'zl * 1.128 * («1» - z', to: '1.0000001', why: FAR_BELOW },
    { at: 'z * z * («1» - 0.4', to: '1.0000001', why: FAR_BELOW },
    { at: '(1 - «0.4» * z', to: '0.40000004000000006', why: FAR_BELOW },
    { at: 'const high = «x < 0» ?', to: 'x <= 0', why: '½ ± 0 is ½' },
    { at: 'x < 0 ? «0.5» - half', to: '0.50000005', why: MADE_UP },
    { at: '0.5 - half : «0.5» + half', to: '0.50000005', why: MADE_UP },
    { at: 'fastSumError(0.5, «x < 0» ?', to: 'x <= 0', why: '½ ± 0 is ½' },
    { at: '(«x < 0» ? -rest : rest)', to: 'x <= 0', why: '½ ± 0 is ½' },
    { at: 'tailLow = «0.5» * low', to: '0.50000005', why: FAR_BELOW },
    { at: 'if («x < 0») return scale(tail', to: 'x <= 0', why: NO_ZERO },
    { at: 'const high = «1» - tail', to: '1.0000001', why: MADE_UP },
  ],
  'src/linalg/elementary/exp.ts': [
    { at: 'if (!(«x < 710»))', to: 'x <= 710', why: AT_BOUND },
    { at: 'if («x < -746») return 0;', to: 'x <= -746', why: AT_BOUND },
    { at: 'const line = «1» + r; const rest', to: '1.0000001', why: MADE_UP },
    { at: '«Math.abs(x) < TINY» ?', to: 'Math.abs(x) <= TINY', why: AT_BOUND },
    { at: '? expAbove(x, x) : «exp(x)»;', to: 'expm1(x)', why: 'from 708 on, expm1 is exp' },
    { at: 'Math.max(x, -«50»)', to: '50.000005', why: 'eˣ − 1 is −1 from −37.5 on' },
  ],
  'src/linalg/elementary/exp-pair.ts': [
    { at: 'let odd = «1» / 6227020800', to: '1.0000001', why: FAR_BELOW },
    { at: 'let even = «1» / 87178291200', to: '1.0000001', why: FAR_BELOW },
    { at: 'let even = 1 / «87178291200»', to: '87178299917.82913', why: FAR_BELOW },
    {
      at: '1 / «479001600»',
      to: '479001647.90016',
      why: 'a ten-millionth of r¹²/12!: less than 10⁻⁵ ulp of the result',
    },
  ],
  'src/linalg/elementary/hyperbolic.ts': [
    { at: 'if (!(«size < 22»))', to: 'size <= 22', why: AT_BOUND },
    { at: '«size < MIDDLE» ?', to: 'size <= MIDDLE', why: AT_BOUND },
    { at: '- q + «0.5» * q', to: '0.50000005', why: FAR_BELOW },
    { at: 'if («size < TINY») return x;', to: 'size <= TINY', why: AT_BOUND },
    { at: 'if (!(«x < 711»))', to: 'x <= 711', why: AT_BOUND },
    { at: 'if («x > 22») return e;', to: 'x >= 22', why: AT_BOUND },
  ],
  'src/linalg/elementary/inverse-trigonometric.ts': [
    { at: 'const PI_LOW = «1.2246467991473532e-16»;', to: '1.224646921612033e-16', why: FAR_BELOW },
    { at: 'const HALF_PI_LOW = PI_LOW / «2»;', to: '2.0000002', why: FAR_BELOW },
    { at: 'square)) / («2» * root);', to: '2.0000002', why: FAR_BELOW },
    { at: 'if («size < 0.5») return x + x', to: 'size <= 0.5', why: AT_BOUND },
    { at: 'HALF_PI_HIGH - «2» * root;', to: '2.0000002', why: MADE_UP },
    { at: 'if («size < 0.5») { const high', to: 'size <= 0.5', why: AT_BOUND },
    { at: 'if (x >= «0.5») return 2 *', to: '0', why: 'between 0 and ½ there is nothing left' },
    { at: 'const high = PI_HIGH - «2» * root;', to: '2.0000002', why: MADE_UP },
    {
      at: 'ATAN_HALF_LOW = «2.2698777452961687e-17»;',
      to: '2.2698779722839433e-17',
      why: FAR_BELOW,
    },
    { at: 'const mirrored = «y > x»;', to: 'y >= x', why: AT_BOUND },
    { at: 'const c = «t < 0.25» ?', to: 't <= 0.25', why: AT_BOUND },
    { at: '0 : «t < 0.75» ?', to: 't <= 0.75', why: AT_BOUND },
    { at: 'HALF_PI_LOW / «2» : ATAN', to: '2.0000002', why: FAR_BELOW },
    { at: 'if (!(«size < STEEP»))', to: 'size <= STEEP', why: AT_BOUND },
    { at: 'if («y < x * FLAT»)', to: 'y <= x * FLAT', why: AT_BOUND },
    { at: 'const unit = «Math.max(x, y) > 1» ?', to: 'Math.max(x, y) >= 1', why: AT_BOUND },
  ],
  'src/linalg/elementary/log.ts': [
    { at: 'return «x < SMALLEST_NORMAL» ?', to: 'x <= SMALLEST_NORMAL', why: AT_BOUND },
    { at: 'x > -1 && «x < LARGE»', to: 'x <= LARGE', why: AT_BOUND },
    { at: 'if («Math.abs(x) < TINY») return x;', to: 'Math.abs(x) <= TINY', why: AT_BOUND },
    { at: 'const lost = «x < 1» ?', to: 'x <= 1', why: AT_BOUND },
  ],
  'src/linalg/elementary/logistic.ts': [
    { at: 'if (!(«x > LOWEST»)) return exp(x);', to: 'x >= LOWEST', why: AT_BOUND },
    { at: 'const q = («x < 0» ? e : 1)', to: 'x <= 0', why: 'at 0, e is 1' },
    {
      at: 'return q + ((«x < 0» ? el : 0)',
      to: 'x <= 0',
      why: 'at 0, e is 1 and nothing was rounded',
    },
    { at: '(«1.457» - 0.5 * b)', to: '1.4570001457000001', why: FAR_BELOW },
    { at: '(1.457 - «0.5» * b)', to: '0.50000005', why: FAR_BELOW },
    { at: '(«0.957» - 0.5 * e)', to: '0.9570000957', why: FAR_BELOW },
    { at: '(0.957 - «0.5» * e)', to: '0.50000005', why: FAR_BELOW },
  ],
  'src/linalg/elementary/pair.ts': [
    { at: 'const c = «134217729» * a;', to: ['-134217729', '134217742.4217729'], why: CUT },
  ],
  'src/linalg/elementary/pow.ts': [
    { at: 'if («y === 1») return x;', to: 'false', why: SHORT_WAY },
    { at: '!Number.isInteger(y / «2»)', to: '-2', why: WHOLE },
    { at: '=== «y < 0» ? Infinity', to: 'y <= 0', why: NO_ZERO },
    { at: 'NaN : «size > 1» ===', to: 'size >= 1', why: '1 went another way before' },
    { at: 'if («y === 0.5») return Math', to: 'false', why: SHORT_WAY },
    { at: 'if (y === «0.5») return Math', to: ['0', '0.50000005'], why: SHORT_WAY },
    { at: 'return «x < SMALLEST_NORMAL» ?', to: 'x <= SMALLEST_NORMAL', why: AT_BOUND },
    { at: 'Number.isInteger(«2» * y);', to: '-2', why: WHOLE },
    { at: 'square)) / («2» * value);', to: '2.0000002', why: FAR_BELOW },
    { at: 's) + «2» * power * powerLow;', to: '2.0000002', why: FAR_BELOW },
    {
      at: 'power = «s + sl»;',
      to: ['s - sl', 's'],
      why: 'the same number, written as another pair',
    },
    { at: 'if («y < 0») { const q', to: 'y <= 0', why: NO_ZERO },
    {
      at: 'if (y < «0») { const q',
      to: '1',
      why: 'of the half-integers there, 0 and ½ went another way before',
    },
    {
      at: 'const q = «1» / value;',
      to: '1.0000001',
      why: 'what the quotient has too much, quotientError takes off again',
    },
    { at: 'TWO_THIRDS_LOW = «3.700743415417188e-17»;', to: '3.70074378549153e-17', why: FAR_BELOW },
    { at: 'productError(s, s, z) + «2» * s * sl;', to: '2.0000002', why: FAR_BELOW },
    { at: 'if («exponent > 710»)', to: 'exponent >= 710', why: AT_BOUND },
    { at: 'if («exponent < -746»)', to: 'exponent <= -746', why: AT_BOUND },
  ],
  'src/linalg/elementary/reduction.ts': [
    {
      at: 'const QUARTER_PI = «0.7853981633974483»;',
      to: ['0', '-0.7853981633974483'],
      why: SHORT_WAY,
    },
    { at: 'if («size <= QUARTER_PI»)', to: 'false', why: SHORT_WAY },
    { at: 'if («size <= QUARTER_PI»)', to: 'size < QUARTER_PI', why: AT_BOUND },
    {
      at: 'if (size <= QUARTER_PI) «{ quadrant[0] = 0; low[0] = 0; return x; }»',
      to: '{}',
      why: SHORT_WAY,
    },
    { at: 'const LARGE = «1647099»;', to: ['0', '-1647099'], why: OTHER_WAY },
    { at: 'if («size > LARGE»)', to: 'true', why: OTHER_WAY },
    { at: 'if («size > LARGE»)', to: 'size >= LARGE', why: AT_BOUND },
  ],
  'src/linalg/elementary/trigonometric.ts': [
    { at: 'if («Math.abs(x) < TINY») return x;', to: 'Math.abs(x) <= TINY', why: AT_BOUND },
    {
      at: 'return q & «2» ? -value : value; } /** cos x',
      to: '-2',
      why: 'of 0 … 3, −2 takes the same bit',
    },
    { at: 'const q = quadrant[0]! + «1»;', to: '1.0000001', why: '& takes the whole part' },
    { at: '(rl - «0.5» * z * rl', to: '0.50000005', why: FAR_BELOW },
    { at: 'UPPER_17 = «68719476737»;', to: '-68719476737', why: CUT },
  ],
  'src/linalg/errors.ts': [
    {
      at: "const folders = «[library, library.replace(/\\/dist\\/$/, '/src/')]»;",
      to: "[library.replace(/\\/dist\\/$/, '/src/'), library]",
      why: WHICHEVER,
    },
    {
      at: "«[each, decodeURIComponent(each.replace('file://', ''))]»",
      to: "[decodeURIComponent(each.replace('file://', '')), each]",
      why: WHICHEVER,
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
      at: 'if («inner === 1») { out[k]',
      to: 'false',
      why: SINGLE_COLUMN,
    },
    { at: 'if (inner === «1») { out[k]', to: ['0', '-1'], why: SINGLE_COLUMN },
    {
      at: 'if (inner === 1) «{ out[k] = sumUnchecked(x, k * n, n, 1); k++; continue; }»',
      to: '{}',
      why: SINGLE_COLUMN,
    },
    {
      at: 'let count = 0; for (let start = 0; «start < n»;',
      to: 'start <= n',
      why: 'one block more, of nothing: +0 is added to sums, which are never −0',
    },
    { at: '«count++»; for', to: 'count--', why: 'counted down, the carries are the same' },
    { at: 'carry = count; carry % «2» === 0', to: '-2', why: REMAINDER },
    {
      at: 'while («level > 1») joinPartials',
      to: 'level >= 1',
      why: 'before the first sum there is none that the first could be added to',
    },
    {
      at: 'while (level > «1») joinPartials',
      to: ['0', '-1'],
      why: 'before the first sum there is none that the first could be added to',
    },
    {
      at: '«c < width»; c++) { const even',
      to: 'c <= width',
      why: 'the column behind the last is nobody’s, or that of a sum that is yet to come',
    },
    { at: 'carry % 2 === 0; carry /= «2») joinPartials', to: '-2', why: REMAINDER },
    {
      at: '«c < width»; c++) partialTile[to + c]! += partialTile[from + c]!;',
      to: 'c <= width',
      why: 'the column behind the last is nobody’s, or belongs to a sum that was just used up',
    },
  ],
  'src/linalg/kernels/rows.ts': [
    { at: 'matrix.length / width : «2» ** 32', to: '-2', why: EVEN },
    {
      at: 'matrix.length / width : 2 ** 32 - «1»;',
      to: '1.0000001',
      why: 'at this size doubles are further apart than that: it is rounded away',
    },
  ],
  'src/linalg/kernels/softmax.ts': [
    { at: 'i = twin(at, at, i + «1», n)', to: '1.0000001', why: WORD },
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
  'src/linalg/matmul/gram.ts': [
    {
      at: 'i = from * BAND; «i < to * BAND»;',
      to: 'i <= to * BAND',
      why: 'one strip more, of no rows',
    },
    { at: '«j < n»; j++) out[j * n + i]', to: 'j <= n', why: BEHIND },
  ],
  'src/linalg/matmul/loop-order.ts': [
    { at: '«i < m»; i++)', to: 'i <= m', why: BEHIND },
    { at: '«j < n»; j++) { let s = 0;', to: 'j <= n', why: BEHIND },
    { at: '«j < n»; j++) sums[j]!', to: 'j <= n', why: BEHIND },
  ],
  'src/linalg/matmul/matmul.ts': [
    { at: '«Math.min(c, x, y) >= 0»', to: 'Math.min(c, x, y) > 0', why: NOT_AT_0 },
    { at: 'Math.min(c, x, y) >= «0»', to: '1', why: NOT_AT_0 },
    {
      at: 'if («near») {',
      to: 'false',
      why: 'the arrays are asked where they lie, and say what was known',
    },
    { at: 'isWorthSharing(m, «cost(n, k)»)', to: 'cost(k, n)', why: 'n·k = k·n' },
    {
      at: 'if («kernel && near && !isLarge») kernel(',
      to: 'false',
      why: 'a shortcut: bound first, the kernel is told the same',
    },
    {
      at: '«copyingPays(m, n, k)»',
      to: ['copyingPays(n, m, k)', 'copyingPays(m, k, n)'],
      why: 'products and numbers are as many, whichever side comes first',
    },
    {
      at: 'if («place === undefined») {',
      to: 'true',
      why: 'an array is asked again, and lies where it lay',
    },
    {
      at: '«places.set(array, place);»',
      to: ';',
      why: 'an array is asked again, and lies where it lay',
    },
    { at: '>= «2» ** 14', to: '-2', why: EVEN },
    {
      at: 'share(on(c, x, y, m, n, k, options), m, «cost(n, k)»);',
      to: 'cost(k, n)',
      why: 'n·k = k·n',
    },
  ],
  'src/linalg/matmul/textbook.ts': [{ at: '«i < m»; i++)', to: 'i <= m', why: BEHIND }],
  'src/linalg/matmul/tiled.ts': [
    { at: 'const FEW_ROWS = «8»;', to: ['0', '-8'], why: READ_OR_COPIED },
    {
      at: 'const copied = «width < WIDTH || last - first >= FEW_ROWS»;',
      to: ['true', 'false', 'width < WIDTH && last - first >= FEW_ROWS'],
      why: READ_OR_COPIED,
    },
    {
      at: 'const copied = «width < WIDTH» ||',
      to: ['false', 'width <= WIDTH', 'width >= WIDTH'],
      why: READ_OR_COPIED,
    },
    {
      at: '|| «last - first >= FEW_ROWS»;',
      to: ['false', 'last - first > FEW_ROWS', 'last - first < FEW_ROWS'],
      why: READ_OR_COPIED,
    },
    {
      at: '|| «last - first» >= FEW_ROWS;',
      to: ['last + first', 'last', '-first', 'first - last'],
      why: READ_OR_COPIED,
    },
    {
      at: 'strip: Part = { data: new Float64Array(«0»)',
      to: '1',
      why: 'room for a number, where any strip wants room for four and more',
    },
    {
      at: 'if («strip.data.length < WIDTH * k») strip',
      to: ['true', 'strip.data.length <= WIDTH * k'],
      why: 'a new strip where the old one would do',
    },
    {
      at: '«l < k»; l++, q += row) {',
      to: 'l <= k',
      why: 'one row more of a strip, which nobody reads',
    },
    {
      at: 'const below = both ? A.row : «0»;',
      to: '1',
      why: 'of the row that is not there the sums are not written',
    },
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
    { at: '>>> 5) * «2» ** 26', to: '-2', why: EVEN },
    {
      at: 'threefry(key.k0, k1, index + «1», step);',
      to: '1.0000001',
      why: 'the cipher takes integers: what is behind the point is dropped',
    },
    {
      at: 'if («s > 0» && s < 1)',
      to: ['true', 's >= 0'],
      why: 'one point of 2¹⁰⁶ is the centre; a place where it comes is not known',
    },
    {
      at: 'if (s > 0 && «s < 1»)',
      to: 's <= 1',
      why: 'a place where a point lies on the circle itself is not known',
    },
    { at: 'index % «2»;', to: '-2', why: REMAINDER },
    {
      at: '«from < out.length»; from += 2 * POINTS',
      to: 'from <= out.length',
      why: 'one turn more, of no points',
    },
    { at: 'from += «2 * POINTS»', to: 'POINTS', why: 'a half is written twice, the same' },
    {
      at: 'const count = «Math.min(POINTS, Math.ceil((out.length - from) / 2))»;',
      to: 'Math.max(POINTS, Math.ceil((out.length - from) / 2))',
      why: OVERWRITTEN,
    },
    { at: '«p < count»; p++) { drawPoint', to: 'p <= count', why: 'a point that nobody asks for' },
    { at: '«p < count»; p++, i += 2)', to: 'p <= count', why: OVERWRITTEN },
    { at: 'Math.ceil((out.length - from) / «2»)', to: '0', why: BEHIND },
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
  'src/linalg/random/threefry.ts': [
    { at: 'group % «2» === 1', to: '-2', why: REMAINDER },
    { at: '(x1 << «16»)', to: '-16', why: SHIFT },
    { at: '(x1 >>> «16»)', to: '-16', why: SHIFT },
  ],
  'src/linalg/spans.ts': [
    {
      at: 'if («this.#starts[middle]! > start») high',
      to: 'this.#starts[middle]! >= start',
      why: 'what is given back was not free, so no free part begins where it does',
    },
  ],
  'src/linalg/sparse/compressed.ts': [
    {
      at: 'for (let i = 0; «i < rows»; i++) { if (rowStart[i + 1]! < rowStart[i]!)',
      to: 'i <= rows',
      why: 'undefined is less than nothing',
    },
    { at: '«i < rows»; i++) checkColumns(i, a);', to: 'i <= rows', why: NO_ROW },
  ],
  'src/linalg/sparse/sparse-kernels.ts': [
    { at: '«i < rows»; i++) { const xi', to: 'i <= rows', why: NO_ROW },
    {
      at: 'x: Float64Array, k: number, ): void { out.fill(0); for (let i = 0; «i < rows»; i++)',
      to: 'i <= rows',
      why: NO_ROW,
    },
  ],
  'src/linalg/sparse/sparse-rows.ts': [
    {
      at: 'found.twin(start, starts, columns, values, dense, k, row, row + «1»);',
      to: '1.0000001',
      why: WORD,
    },
    {
      at: 'found.twin(y, starts, columns, values, start, k, row, row + «1»);',
      to: '1.0000001',
      why: WORD,
    },
    { at: 'out.fill(0); for (let i = 0; «i < rows.length»;', to: 'i <= rows.length', why: NO_ROW },
  ],
  'src/linalg/sparse/sparse-sort.ts': [
    { at: '«e < keys.length»; e++)', to: 'e <= keys.length', why: BEHIND },
    {
      at: 'for (let key = «0»; key < keyCount;',
      to: '1',
      why: 'before the entries of key 0 there are none: it adds 0',
    },
    { at: '«key < keyCount»; key++)', to: 'key <= keyCount', why: BEHIND },
    { at: '«p < keys.length»; p++) { const e', to: 'p <= keys.length', why: BEHIND },
    {
      at: 'for (let i = 0; «i < rows»; i++) { for (let p = start[i]!',
      to: 'i <= rows',
      why: BEHIND,
    },
  ],
  'src/linalg/sparse/sparse.ts': [
    { at: '«i < rows»; i++) { for (let j = 0; j < columns', to: 'i <= rows', why: BEHIND },
    {
      at: 'const dense = new Float64Array(this.rows * this.columns); for (let i = 0; «i < this.rows»;',
      to: 'i <= this.rows',
      why: NO_ROW,
    },
    {
      at: '«sameEntries(other.rowStart, mirrored.rowStart)»',
      to: 'sameEntries(mirrored.rowStart, other.rowStart)',
      why: SYMMETRIC,
    },
    {
      at: '«sameEntries(other.columnIndex, mirrored.columnIndex)»',
      to: 'sameEntries(mirrored.columnIndex, other.columnIndex)',
      why: SYMMETRIC,
    },
    {
      at: '«sameEntries(other.values, mirrored.values)»',
      to: 'sameEntries(mirrored.values, other.values)',
      why: SYMMETRIC,
    },
    {
      at: 'const values = new Float64Array(this.nonZeros); for (let i = 0; «i < this.rows»;',
      to: 'i <= this.rows',
      why: NO_ROW,
    },
    { at: 'let count = 0; for (let i = 0; «i < this.rows»;', to: 'i <= this.rows', why: BEHIND },
    {
      at: 'if («count === this.nonZeros») return this;',
      to: 'false',
      why: 'a shortcut: without zeros it is made anew as it was',
    },
    {
      at: 'for (let i = «0»; i < this.rows; i++) rowOf.fill(',
      to: '1',
      why: 'an array holds 0 at first',
    },
    { at: '«i < this.rows»; i++) rowOf.fill(', to: 'i <= this.rows', why: NO_ROW },
    { at: '«p < order.length»; p++) picked[p]', to: 'p <= order.length', why: BEHIND },
  ],
  'src/linalg/view.ts': [
    {
      at: 'const strides = «new Array<number>(shape.length)»;',
      to: 'new Array()',
      why: 'every axis is written, and the last of them makes the array as long',
    },
  ],
};
