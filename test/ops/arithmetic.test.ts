import { expect, test } from 'vitest';
import { Graph, gradients, input, type Node } from '../../src/graph/index.js';
import { add, div, mul, neg, reciprocal, sqrt, square, sub } from '../../src/ops/index.js';

// Dyadic numbers, of which divisors are powers of two and radicands squares: every value below is exact.
const a = [3, -5, 0.75, 6];
const b = [2, -4, 0.5, 0.25];
const u = [1, -3, 0.5, 7];

const each = (f: (i: number) => number): Float64Array => Float64Array.from(a.keys(), f);

/** The value of y, and what of a seed u arrives at each input. */
function run(y: (a: Node, b: Node) => Node, feeds: Record<string, number[]>): Float64Array[] {
  const [A, B] = [input('a', [4]), input('b', [4])];
  const Y = y(A, B);
  const graph = new Graph([Y, ...gradients(Y, [A, B], input('u', [4]))]);
  graph.forward({ ...feeds, u });
  return graph.outputs.map((output) => graph.value(output));
}

test.each([
  ['a + b', add, each((i) => a[i]! + b[i]!), each((i) => u[i]!), each((i) => u[i]!)],
  ['a − b', sub, each((i) => a[i]! - b[i]!), each((i) => u[i]!), each((i) => -u[i]!)],
  ['a·b', mul, each((i) => a[i]! * b[i]!), each((i) => u[i]! * b[i]!), each((i) => u[i]! * a[i]!)],
  [
    'a/b',
    div,
    each((i) => a[i]! / b[i]!),
    each((i) => u[i]! / b[i]!),
    each((i) => (-u[i]! * a[i]!) / (b[i]! * b[i]!)),
  ],
] as const)('%s and its two slopes', (_, op, value, slopeA, slopeB) => {
  expect(run(op, { a, b })).toEqual([value, slopeA, slopeB]);
});

test.each([
  ['−a', neg, a, (x: number) => -x, () => -1],
  ['a²', square, a, (x: number) => x * x, (x: number) => 2 * x],
  ['1/a', reciprocal, b, (x: number) => 1 / x, (x: number) => -1 / (x * x)],
  ['√a', sqrt, [1, 4, 0.25, 16], Math.sqrt, (x: number) => 1 / (2 * Math.sqrt(x))],
] as const)('%s and its slope', (_, op, numbers, f, slope) => {
  const x = [...numbers];
  const value = Float64Array.from(x, f);
  const dx = Float64Array.from(x, (number, i) => u[i]! * slope(number));
  const unread = new Float64Array(4);
  expect(run(op, { a: x })).toEqual([value, dx, unread]);
});

test('the slope of √ at 0 is +∞', () => {
  const x = input('x', []);
  const graph = new Graph(gradients(sqrt(x), [x])[0]!);
  graph.forward({ x: 0 });
  expect(graph.value(graph.outputs[0]!)).toEqual(Float64Array.of(Number.POSITIVE_INFINITY));
});
