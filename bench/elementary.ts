// The elementary functions, which give the same bits everywhere, against the engine's own, which need not: a loop
// of Math.exp, our scalar function in a loop, and, where there is one, its twin in WebAssembly, which gives the
// same bits again. How accurate ours are is printed by `npx tsx bench/ulp.ts`.

import { allocate, elementwise } from '../src/linalg/index.js';
import { assertSame, type Case, compare, nanosecondsEach, normals } from './harness.js';

const n = 1_000_000;
const x = allocate(n);
x.set(normals(n, 'x'));
const positive = allocate(n);
positive.set(x.map(Math.abs));
const y = allocate(n);
/** Arrays that do not lie in the memory are left to the scalar functions. */
const outside = new Float64Array(n);

/** What JavaScript has to offer, and the numbers to try it on. */
const functions = {
  exp: ['Math.exp(t)', x],
  expm1: ['Math.expm1(t)', x],
  log: ['Math.log(t)', positive],
  log1p: ['Math.log1p(t)', positive],
  tanh: ['Math.tanh(t)', x],
  sigmoid: ['1 / (1 + Math.exp(-t))', x],
  softplus: ['Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)))', x],
  sin: ['Math.sin(t)', x],
  cos: ['Math.cos(t)', x],
  tan: ['Math.tan(t)', x],
  atan: ['Math.atan(t)', x],
  sinh: ['Math.sinh(t)', x],
  cosh: ['Math.cosh(t)', x],
} as const;

type Loop = (y: Float64Array, x: Float64Array) => void;

/** A loop of its own for each function: one loop that is handed many functions calls none of them fast. */
const loopOf = (formula: string): Loop =>
  new Function(
    'y',
    'x',
    `for (let i = 0; i < y.length; i++) { const t = x[i]; y[i] = ${formula}; }`,
  ) as Loop;

const caseOf = (name: string, loop: Loop, to: Float64Array, from: Float64Array): Case => ({
  name,
  run: () => {
    loop(to, from);
    return to[n - 1]!;
  },
});

for (const [name, [formula, input]] of Object.entries(functions)) {
  const kernel = elementwise[name as keyof typeof functions];
  kernel(y, input);
  kernel(outside, input);
  assertSame(name, y, outside);
  const scalar = [
    caseOf(formula, loopOf(formula), outside, input),
    caseOf('ours, scalar', kernel, outside, input),
  ];
  const twin = kernel.on(y, input).task ? [caseOf('ours, WebAssembly', kernel, y, input)] : [];
  compare(name, nanosecondsEach(n), [...scalar, ...twin]);
}
