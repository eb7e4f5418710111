import { expect, test } from 'vitest';
import { apply, Graph, gradients, input, ShapeError } from '../../src/graph/index.js';
import { addTerm, startSum } from '../../src/graph/sum.js';
import { type View, view } from '../../src/linalg/index.js';
import { add, mul, sum } from '../../src/ops/index.js';

const x = input('x', [3]);
/** Σ over the children of x, as the backward pass writes it. */
const children = gradients(sum(add(mul(x, x), mul(x, 2))), [x])[0]!;
const { op } = children;

test('the gradient of what is used more than once is Σ over children', () => {
  expect(op.name).toBe('Σ');
  expect(children.parents.length).toBe(3);
  const graph = new Graph(children);
  graph.forward({ x: [1, -2, 0] });
  expect([...graph.value(children)]).toEqual([4, -2, 2]);
});

test('its terms have one shape', () => {
  expect(apply(op, x, x).shape).toEqual([3]);
  expect(() => apply(op, x, x, input('y', [3, 1]))).toThrow(ShapeError);
  expect(() => apply(op, x, x, input('y', [3, 1]))).toThrow(
    /^Σ\(x1 = input \[3\] "x", .*x3 = input \[3, 1\] "y"\): terms of shapes \[3\] and \[3, 1\]/,
  );
});

test('its kernel begins with the first term, and adds the others in their order', () => {
  const terms = [
    [1, -0, 2 ** 53],
    [2, -0, 1],
    [4, -0, 1],
    [8, -0, -(2 ** 53)],
  ];
  for (const count of [2, 3, 4]) {
    const views: View[] = terms.slice(0, count).map((term) => view(Float64Array.from(term), [3]));
    const y = view(new Float64Array(3), [3]);
    op.kernel(y, ...views)(1);
    // 2⁵³ + 1 rounds to 2⁵³, so another order of adding up would show.
    const last = count === 4 ? 0 : 2 ** 53;
    expect([...y.data]).toEqual([2 ** count - 1, -0, last]);
  }
});

test('each addition can be shared by threads: element by element, each less than a nanosecond', () => {
  const [y, a, b] = [1, 2, 3].map((value) => view(new Float64Array(5).fill(value), [5]));
  for (const { work } of [startSum(y!, a!, b!), addTerm(y!, a!)]) {
    expect(work!.pieces).toBe(5);
    expect(work!.cost).toBeGreaterThan(0);
    expect(work!.cost).toBeLessThan(1);
  }
});
