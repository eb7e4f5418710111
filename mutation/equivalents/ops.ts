import type { Equivalents } from '../equivalents.js';

const COST =
  'how long a piece takes, roughly: it decides how many threads share the work, never a bit of it';
const BEHIND_THE_END = 'a typed array takes no notice of what is written behind its end';
const SAME_BITS = 'a faster way: the general one gives the same bits';
const NOT_TAKEN = 'it stands where the branch is not taken, and is multiplied by 0 in each slope';
const SQUARED = '(a − b)² = (b − a)², to the bit, and so are their slopes';
const WHOLE = 'what is behind the point is cut off';

export const equivalents: Equivalents = {
  'src/ops/activation.ts': [
    {
      at: 'kernelOf(parametric.leakyRelu.on(y, x, slope, «0»), y.length, 0.5)',
      to: '1',
      why: 'the second parameter of the kernel, which has one only',
    },
    {
      at: 'kernelOf(parametric.leakyRelu.on(y, x, slope, 0), y.length, «0.5»)',
      to: '0.50000005',
      why: COST,
    },
  ],
  'src/ops/exponential.ts': [
    {
      at: 'pow(where(mul(equal(a, 0), equal(b, 0)), «1», a), sub(b, 1))',
      to: '1.0000001',
      why: 'where a and b are 0 the power is multiplied by b',
    },
    {
      at: 'log(where(equal(y, 0), «1», a))',
      to: '1.0000001',
      why: 'the logarithm is multiplied by y, which is 0 there',
    },
  ],
  'src/ops/flow.ts': [
    {
      at: 'kernelOf(parametric.clamp.on(y, x, low, high), y.length, «0.5»)',
      to: '0.50000005',
      why: COST,
    },
  ],
  'src/ops/indexing.ts': [
    { at: 'const COPY = «0.3»;', to: '0.30000003000000003', why: COST },
    {
      at: 'return [size(«shape.slice(0, axis)»), shape[axis]!, size(shape.slice(axis + 1))];',
      to: 'shape',
      why: BEHIND_THE_END,
    },
    { at: 'if («axis === 0») { const clear', to: 'false', why: SAME_BITS },
    {
      at: 'if (axis === 0) «{ const clear = filling(y, 0); const rows = scatterRows(y, x, index, inner); return () => { clear(0, y.length); rows(0, index.length); }; }»',
      to: '{}',
      why: SAME_BITS,
    },
    { at: 'for (let o = 0; «o < outer»; o++) {', to: 'o <= outer', why: BEHIND_THE_END },
    {
      at: 'for (let i = 0; «i < y.length»; i++) y[i] = x[i * width + index[i]!]!;',
      to: 'i <= y.length',
      why: BEHIND_THE_END,
    },
    {
      at: 'for (let i = 0; «i < x.length»; i++) y[i * width + index[i]!] = x[i]!;',
      to: 'i <= x.length',
      why: 'behind the last there is no index, and what is written at NaN is written nowhere',
    },
  ],
  'src/ops/kernels.ts': [
    { at: 'const COST = { unary: 3, binary: «0.5» };', to: '0.50000005', why: COST },
    {
      at: '«length === 0» ? 0 : (length / n - 1) * row',
      to: 'false',
      why: 'of no elements none is read or written, however long the part of the array is',
    },
    {
      at: 'length === 0 ? «0» : (length / n - 1) * row',
      to: '1',
      why: 'of no elements none is read or written, however long the part of the array is',
    },
    { at: '(n - 1) * step + «1»;', to: '1.0000001', why: WHOLE },
    {
      at: 'new Array<number>(arrays).fill(«0») };',
      to: '1',
      why: 'of a single element, or row, there is no step to the next',
    },
    {
      at: 'let axis = «rest.length - 1»; axis >= 0;',
      to: ['rest.length + 1', 'rest.length'],
      why: 'an axis that x does not have is none of those reduced',
    },
    {
      at: 'let axis = rest.length - «1»; axis >= 0;',
      to: ['0', '-1'],
      why: 'an axis that x does not have is none of those reduced',
    },
  ],
  'src/ops/layout.ts': [{ at: 'shape.toSpliced(axis, «1»);', to: '1.0000001', why: WHOLE }],
  'src/ops/losses.ts': [
    {
      at: "square(«sub(prediction, targetOf('squaredError', prediction, target))»)",
      to: "sub(targetOf('squaredError', prediction, target), prediction)",
      why: SQUARED,
    },
  ],
  'src/ops/matmul.ts': [
    { at: '«multiply.cost(n, k)»', to: 'multiply.cost(k, n)', why: 'what a row costs: 0.1·n·k' },
  ],
  'src/ops/reduce.ts': [
    {
      at: 'where(none, 0, div(x, where(none, «1», along)))',
      to: ['-1', '1.0000001'],
      why: NOT_TAKEN,
    },
    {
      at: 'correction === 0 || («correction > 0» && correction < count)',
      to: 'correction >= 0',
      why: '0 has passed before',
    },
    {
      at: 'const deviation = «sub(node, mean(node, axes, { keepAxes: true }))»;',
      to: 'sub(mean(node, axes, { keepAxes: true }), node)',
      why: SQUARED,
    },
  ],
  'src/ops/sparse.ts': [
    {
      at: '(«0.4» * k * S.nonZeros) / S.rows;',
      to: '0.40000004000000006',
      why: COST,
    },
    {
      at: 'for (let i = 0; «i < index.length»; i++) {',
      to: 'i <= index.length',
      why: 'behind the last index there is no row, and a row that is none has no numbers',
    },
  ],
};
