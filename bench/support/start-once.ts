// In a fresh process: what the first use of each kind of kernel costs, in milliseconds, as JSON.

import { allocate, elementwise, matmul, simd, sum } from '../../src/linalg/index.js';

const times: Record<string, number> = {};
function first(name: string, use: () => void): void {
  const start = performance.now();
  use();
  times[name] = performance.now() - start;
}

let x: Float64Array = new Float64Array(0);
let y = x;
let z = x;
first('memory', () => {
  [x, y, z] = [allocate(64).fill(1), allocate(64), allocate(64).fill(1)];
});
first('looking for SIMD', () => void simd());
first('add', () => elementwise.add(y, x, x));
first('exp', () => elementwise.exp(y, x));
first('tanh', () => elementwise.tanh(y, x));
first('sum', () => void sum(x));
first('matmul', () => matmul(y, x, z, 8, 8, 8));
console.log(JSON.stringify(times));
