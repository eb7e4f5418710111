import { expect, test } from 'vitest';
import { ourMutators } from '../../mutation/mutators/index.js';
import { mutatedBy, planted } from './support.js';

/** For each of our mutators: a source, and all that is made of it. */
const CASES: Record<string, [source: string, mutated: string[]][]> = {
  Overwrite: [
    ['y[i] += x;', ['y[i] = x;']],
    ['y! -= x * w;', ['y! = x * w;']],
    ['y = x;', []],
    ['y ??= x;', []],
  ],
  LiteralZero: [
    ['f(2);', ['f(0);']],
    ['f(0);', ['f(1);']],
    ['f({ 2: x });', []],
    ['type Two = 2;', []],
    [`f(\`\${2}\`);`, []],
  ],
  LiteralSign: [
    ['f(0.5);', ['f(-0.5);']],
    ['f(0);', []],
    ['f(-2);', []],
    ['f(Number.NEGATIVE_INFINITY);', ['f(Number.POSITIVE_INFINITY);']],
  ],
  LiteralNudge: [
    ['mul(2, x);', [`mul(${2 * (1 + 1e-7)}, x);`]],
    ['const beta = 0.5;', [`const beta = ${0.5 * (1 + 1e-7)};`]],
    [
      'const y = 2 * x + 1;',
      [`const y = ${2 * (1 + 1e-7)} * x + 1;`, `const y = 2 * x + ${1 + 1e-7};`],
    ],
    ['x[2 * i + 1];', []],
    ['x.subarray(2 * i);', []],
    ['if (rank > 1) f();', []],
    ['const LANES = 8;', []],
    ['f(0, [1, 2], 3 >> 1);', []],
  ],
  DroppedTerm: [
    ['f(a + b);', ['f(a);', 'f(b);']],
    ['f(a - b);', ['f(a);', 'f(-b);']],
    ['add(a, mul(b, c));', ['a;', 'mul(b, c);']],
    ['sub(a, b);', ['a;']],
    ["f('a' + b);", []],
    ["f(a + 'b' + c);", []],
  ],
  DroppedFactor: [
    ['f(a * b);', ['f(a);', 'f(b);']],
    ['f(a / b);', ['f(a);']],
    ['mul(dy, b);', ['dy;', 'b;']],
    ['div(dy, b);', ['dy;']],
  ],
  SwappedOperands: [
    ['f(a - b);', ['f(b - a);']],
    ['f(a + b);', []],
    ['matmul(dC, transpose(B));', ['matmul(transpose(B), dC);']],
    ['multiply(m, k);', []],
    ['gemm(y, m, n);', ['gemm(m, y, n);', 'gemm(y, n, m);']],
    ['copy(y.data, x.data);', ['copy(x.data, y.data);']],
    ['copy(name, x);', []],
  ],
  SwappedAxes: [
    ['f([m, n]);', ['f([n, m]);']],
    ['f([batch, m, n]);', ['f([batch, n, m]);']],
    ['f([1, 1]);', []],
    ["f(['a', 'b']);", []],
    ['const [m, n] = shape;', []],
  ],
  SkippedReduction: [
    ['f(sumTo(dy, x.shape));', ['f(dy);']],
    ['f(x.sum(y));', []],
  ],
  SkippedOp: [
    ['f(neg(dy));', ['f(dy);']],
    ['f(reshape(dy, x.shape));', ['f(dy);']],
  ],
  DroppedCopy: [
    ['f(x.slice());', ['f(x);']],
    ['f(x.slice(1));', []],
    ['f([...x]);', ['f(x);']],
    ['f({ ...x });', ['f(x);']],
    ['f(Float64Array.from(x));', ['f(x);']],
    ['f([...x, y]);', []],
  ],
  DroppedCall: [
    ['sums.fill(0);', [';']],
    ['const y = f(x);', []],
    ['terms?.push(x);', [';']],
  ],
  SwappedName: [
    ['f(Math.floor(x));', ['f(Math.ceil(x));']],
    [
      "import { exp, expm1 } from 'x';\nf(exp(x));",
      ["import { exp, expm1 } from 'x';\nf(expm1(x));"],
    ],
    ['f(exp(x));', []],
  ],
};

test('every mutator of ours is tried', () => {
  expect(Object.keys(CASES)).toEqual(ourMutators.map(({ name }) => name));
});

test.each(
  Object.entries(CASES).flatMap(([name, cases]) => cases.map((one) => [name, ...one] as const)),
)('%s in %s', async (name, source, mutated) => {
  expect(await mutatedBy(name, source)).toEqual(mutated);
});

test('Stryker plants ours beside its own, each once', async () => {
  const source = 'export const f = (x: number): number => (x > 0 ? x - 1 : 2 * x);';
  const counts: Record<string, number> = {};
  for (const { mutator } of await planted(source)) counts[mutator] = (counts[mutator] ?? 0) + 1;
  expect(counts).toEqual({
    ArrowFunction: 1,
    ConditionalExpression: 2,
    EqualityOperator: 2,
    ArithmeticOperator: 2,
    LiteralZero: 3,
    LiteralSign: 2,
    LiteralNudge: 2,
    DroppedTerm: 2,
    DroppedFactor: 2,
    SwappedOperands: 1,
  });
});

test('texts are left alone, and what is printed in them', async () => {
  expect(await planted(`throw new RangeError(\`\${a + 1} of \${f(2)}\` + 'rows');`)).toEqual([]);
});
