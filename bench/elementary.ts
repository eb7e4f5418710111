// The elementary functions, which give the same bits everywhere, against the engine's own, which need
// not.

import { elementwise } from '../src/linalg/index.js';
import { compare, nanosecondsEach, normals } from './harness.js';

const n = 4096;
const x = normals(n, 'x');
const positive = x.map(Math.abs);
const y = new Float64Array(n);

type Loop = (y: Float64Array, x: Float64Array) => void;

/** A loop of its own for each function: one loop that is handed many functions calls none of them fast. */
const mathLoop = (name: string): Loop =>
  new Function('y', 'x', `for (let i = 0; i < y.length; i++) y[i] = Math.${name}(x[i]);`) as Loop;

const functions = {
  exp: x,
  expm1: x,
  log: positive,
  log1p: positive,
  sin: x,
  cos: x,
  tan: x,
  atan: x,
  sinh: x,
  cosh: x,
  tanh: x,
} as const;

for (const [name, input] of Object.entries(functions)) {
  const builtIn = mathLoop(name);
  const ours = elementwise[name as keyof typeof functions];
  compare(name, nanosecondsEach(n), [
    {
      name: `Math.${name}`,
      run: () => {
        builtIn(y, input);
        return y[n - 1]!;
      },
    },
    {
      name: 'ours',
      run: () => {
        ours(y, input);
        return y[n - 1]!;
      },
    },
  ]);
}
