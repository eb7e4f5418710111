import { expect, test } from 'vitest';
import { checkLaw } from '../../src/check/laws/index.js';
import type { Node } from '../../src/graph/index.js';
import { add, atan, concatenate, expm1, mul, reshape, sub } from '../../src/ops/index.js';

/** Where x is put for both inputs, x has four children, two of which cancel: their order decides the last bits. */
const cancelling = (x: Node, z: Node): Node =>
  concatenate([sub(x, x), expm1(x), atan(z)].map((end) => reshape(end, [10])));

test('branches: terms that cancel are no false alarm, in whatever order they are added', () => {
  const x = { shape: [2, 5], values: [0, 0, 0, 0, 0.0156, 0, 0.0156, 0.0156, 0.0156, 0] };
  const z = { shape: [2, 5], values: [-6.958427752158144, 0, 0, 0, 0, 0, 0, 0.0156, 0, 0.0156] };
  for (let seed = 0; seed < 200; seed++) {
    expect(checkLaw('branches', cancelling, [x, z], { seed }).outcome).toBe('passed');
  }
});

test('branches: two edges from one child are looked at bit for bit', () => {
  const point = { shape: [3], values: [0.1, 0.2, 0.3] };
  for (const f of [mul, sub, add]) {
    expect(checkLaw('branches', (x, z) => f(x!, z!), [point, point]).outcome).toBe('passed');
  }
});
