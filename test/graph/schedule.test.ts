import fc from 'fast-check';
import { expect, test } from 'vitest';
import { input, sumOp } from '../../src/graph/index.js';
import { Node, type Op } from '../../src/graph/node.js';
import { schedule } from '../../src/graph/schedule.js';
import { view } from '../../src/linalg/index.js';

const opOf = (more: Partial<Op> = {}): Op => ({
  name: 'op',
  formula: '',
  shape: () => [],
  kernel: () => () => {},
  vjp: () => [],
  ...more,
});
const made = (...parents: Node[]): Node => new Node(opOf(), parents, []);
const sumOf = (...terms: Node[]): Node => new Node(sumOp, terms, []);

/** What is computed from what, in the order in which it is. */
const listed = (order: readonly Node[]): (readonly [Node, readonly Node[]])[] =>
  schedule(order).map(({ node, inputs }) => [node, inputs]);

test('terms are added as they arrive, in the order of the list', () => {
  const [a, b, c, d, e] = [made(), made(), made(), made(), made()];
  const sum = sumOf(b, a, d, c, b);
  const after = made(sum, e);
  expect(listed([a, b, c, d, e, sum, after])).toEqual([
    [a, []],
    [b, []],
    [sum, [b, a]],
    [c, []],
    [d, []],
    [sum, [d]],
    [sum, [c]],
    [sum, [b]],
    [e, []],
    [after, [sum, e]],
  ]);
});

test('what is computed elsewhere is there from the beginning; a sum of just that comes where it was made', () => {
  const [early, other] = [input('early', []), input('other', [])];
  const [a, b] = [made(), made()];
  const mixed = sumOf(early, a, other, b);
  const elsewhere = sumOf(early, other, early);
  expect(listed([a, b, mixed, elsewhere])).toEqual([
    [a, []],
    [mixed, [early, a]],
    [mixed, [other]],
    [b, []],
    [mixed, [b]],
    [elsewhere, [early, other]],
    [elsewhere, [early]],
  ]);
});

test('a term of several sums, one of them a term itself', () => {
  const [a, b] = [made(), made()];
  const twice = sumOf(a, a);
  const both = sumOf(twice, b, a);
  expect(listed([a, b, twice, both])).toEqual([
    [a, []],
    [twice, [a, a]],
    [b, []],
    [both, [twice, b]],
    [both, [a]],
  ]);
});

test('a term that several sums wait for is added to all of them', () => {
  const [a, b, c] = [made(), made(), made()];
  const [first, second, third] = [sumOf(a, b), sumOf(b, a), sumOf(a, b, b)];
  expect(listed([a, b, c, first, second, third])).toEqual([
    [a, []],
    [b, []],
    [first, [a, b]],
    [second, [b, a]],
    [third, [a, b]],
    [third, [b]],
    [c, []],
  ]);
});

test('whatever the order, each term is added once, after it is done and before the sum is read', () => {
  const steps = fc.array(
    fc.record({
      isSum: fc.boolean(),
      operands: fc.array(fc.nat(99), { minLength: 2, maxLength: 6 }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const outside = [input('x', []), input('y', [])];
      const nodes = [...outside];
      for (const { isSum, operands } of list) {
        const parents = operands.map((at) => nodes[at % nodes.length]!);
        nodes.push(isSum ? sumOf(...parents) : made(...parents));
      }
      const inside = nodes.slice(2);
      const added = new Map<Node, Node[]>();
      const isDone = (node: Node): boolean =>
        outside.includes(node) || added.get(node)?.length === node.parents.length;
      for (const { node, inputs, elementwise } of schedule(inside)) {
        expect(inputs.every(isDone)).toBe(true);
        expect(elementwise).toBe(node.op === sumOp);
        added.set(node, [...(added.get(node) ?? []), ...inputs]);
      }
      for (const node of inside) expect(added.get(node)).toEqual(node.parents);
    }),
  );
});

test('what an instruction does: y = a + b and y += x, or the kernel of the op, of many inputs as a list', () => {
  const numbers = (...values: number[]) => view(Float64Array.from(values), [values.length]);
  const [a, b, c] = [input('a', [2]), input('b', [2]), input('c', [2])];
  const [start, more] = schedule([new Node(sumOp, [a, b, c], [2])]);
  const y = numbers(0, 0);
  start!.bind(y, [numbers(1, 2), numbers(10, 20)])(1);
  more!.bind(y, [numbers(100, 200)])(1);
  expect([...y.data]).toEqual([111, 222]);

  const seen: unknown[] = [];
  const kernel: Op['kernel'] = (...views) => {
    seen.push(views);
    return () => {};
  };
  const bindAll = (...given: unknown[]) => {
    seen.push(given);
    return () => {};
  };
  const [plain, wide] = schedule([
    new Node(opOf({ kernel, elementwise: true }), [a, b], [2]),
    new Node({ ...opOf({ kernel }), bindAll } as Op, [a, b], [2]),
  ]);
  plain!.bind(y, [y, y]);
  wide!.bind(y, [y, y]);
  expect(seen).toEqual([
    [y, y, y],
    [y, [y, y]],
  ]);
  expect([plain!.elementwise, wide!.elementwise]).toEqual([true, false]);
});
