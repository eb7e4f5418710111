import fc from 'fast-check';
import { dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { type Definition, Tensor, zip } from '../../../src/check/reference/index.js';
import type { Domain, Misfit, OpSpec, Point } from '../../../src/check/spec.js';
import { full, gradients, input, type Node } from '../../../src/graph/index.js';
import { broadcastingShapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';

export type Unary = (x: Node) => Node;
export type Binary = (a: Node, b: Node) => Node;

export const scalar = (x: number): Tensor => new Tensor([], [x]);
export const vector = (...xs: number[]): Tensor => new Tensor([xs.length], xs);
export const matrix = (...rows: number[][]): Tensor =>
  new Tensor([rows.length, rows[0]!.length], rows.flat());

/** Numbers that are exact in doubles, as are sums and products of a few. */
export const all: fc.Arbitrary<number> = dyadic(-4, 4);
export const positive: fc.Arbitrary<number> = dyadic(1 / 8, 4);

/** dy/dx, as a node. */
export const slope = (y: Node, x: Node): Node => gradients(y, [x])[0]!;

/** A point x of a function of one number, its value there and its slope. */
export const at = (
  f: Unary,
  x: number,
  value: number,
  slope: number,
  tolerance?: number,
): Point => ({
  text: `x = ${x}`,
  f,
  inputs: [scalar(x)],
  value: [value],
  gradient: [[slope]],
  ...(tolerance && { tolerance }),
});

/** A point of a function of several inputs. */
export const point = (
  text: string,
  f: (...inputs: Node[]) => Node,
  inputs: readonly Tensor[],
  value: readonly number[],
  ...gradient: (readonly number[] | null)[]
): Point => ({ text, f, inputs, value, gradient });

/** Every element of every input is in the domain. */
export const elements = (text: string, has: (x: number) => boolean): Domain => ({
  text,
  has: (...inputs) => inputs.every(({ values }) => values.every(has)),
});

/** Every pair of elements that meet is in the domain. */
export const pairs = (text: string, has: (a: number, b: number) => boolean): Domain => ({
  text,
  has: (a, b) => zip((p, q) => Number(has(p, q)), a!, b!).values.every((x) => x === 1),
});

export const NOT_ZERO: Domain = elements('x ≠ 0', (x) => x !== 0);
export const POSITIVE: Domain = elements('x > 0', (x) => x > 0);

/** A function of one number, element by element. */
export function unary(
  name: string,
  f: Unary,
  definition: Definition,
  element: fc.Arbitrary<number>,
  more: Partial<OpSpec> = {},
): OpSpec {
  return {
    smooth: tensors(element).map((x) =>
      shown({ text: (node) => call(name, node), f, definition, inputs: [x] }),
    ),
    misfits: [
      { make: () => f(undefined as never), message: /input \w+ is undefined; a node or a number/ },
    ],
    ...more,
  };
}

/** A function of two numbers, element by element, broadcast. */
export function binary(
  name: string,
  f: Binary,
  definition: Definition,
  left: fc.Arbitrary<number>,
  right: fc.Arbitrary<number>,
  more: Partial<OpSpec> = {},
): OpSpec {
  const drawn = broadcastingShapes(2).chain(([a, b]) =>
    fc.tuple(tensor(a!, left), tensor(b!, right)),
  );
  return {
    smooth: drawn.map((inputs) =>
      shown({ text: (a, b) => call(name, a, b), f, definition, inputs }),
    ),
    misfits: [
      ...incompatible(f),
      {
        make: () => f(undefined as never, full([], 1)),
        message: /is undefined; a node or a number/,
      },
      {
        make: () => f(full([], 1), [1, 2] as never),
        message: /is an array; a node or a number/,
      },
    ],
    ...more,
  };
}

/** Shapes that do not broadcast: at the last axis, at one in the middle, and at one that only one of them lacks. */
function incompatible(f: Binary): Misfit[] {
  const shapes: [number[], number[], RegExp][] = [
    [[2, 3], [2], /(3 meets 2|2 meets 3)$/],
    [[2], [3], /(3 meets 2|2 meets 3)$/],
    [[4, 2, 1], [3, 5], /(3 meets 2|2 meets 3)$/],
    [[3, 1], [2, 1], /(3 meets 2|2 meets 3)$/],
    [[0], [2], /(0 meets 2|2 meets 0)$/],
  ];
  return shapes.map(([p, q, message]) => ({
    make: () => f(input('p', p), input('q', q)),
    // `less` is `greater` with its operands swapped
    message: new RegExp(
      `^\\w+\\(a = input \\[.*\\] "[pq]", b = input \\[.*\\] "[pq]"\\): shapes .* do not broadcast.*${message.source}`,
    ),
  }));
}
