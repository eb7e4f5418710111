import { expect, test } from 'vitest';
import { explain } from '../../src/check/index.js';
import { checkLaw } from '../../src/check/laws/index.js';
import type { Node } from '../../src/graph/index.js';
import { add, atan, concatenate, expm1, mul, reshape, sub } from '../../src/ops/index.js';
import { engineWith } from './support/engines.js';

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

test('branches: it is said what was done, and what differs', () => {
  const engine = engineWith({ join: (_, term) => term });
  const numbers = String.raw`is (\S+), by way of (.*) (\S+); so it should be their sum, (\S+), but it is (\S+)`;
  const told = (text: string, begin: string): string[] =>
    new RegExp(`^a law is broken: .*: ${begin} ${numbers}$`).exec(text)!.slice(1);

  const once = explain(checkLaw('branches', (x) => mul(2, x), [[0.5, 1.5]], { engine }));
  const [first, , second, both, found] = told(
    once,
    'f was called twice, with one node as its input x both times, and L is made of both results. ' +
      String.raw`By way of the first call alone the gradient of that node, \[0\]`,
  );
  expect(Number(first) + Number(second)).toBe(Number(both));
  expect([first, second]).toContain(found);

  // Right where f is called twice; an edge is lost where one node is both inputs.
  const edges = (child: Node): number[] =>
    [...new Set(child.parents)].map((parent) => child.parents.indexOf(parent));
  const pair = checkLaw('branches', mul, [[0.5], [2]], { engine: engineWith({ edges }) });
  const [left, name, right] = told(
    explain(pair),
    String.raw`f was called with one node as both x1 and x2\. By way of x1 alone the gradient of that node, \[0\]`,
  );
  expect(name).toBe('x2');
  expect(left).toBe(right);
});
