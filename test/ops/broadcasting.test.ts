import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broadcastingShapes, incompatibleShapes } from '../../src/check/random/shapes.js';
import { broadcastOf } from '../../src/check/reference/index.js';
import { input, type Node, ShapeError } from '../../src/graph/index.js';
import * as ops from '../../src/ops/index.js';

type Broadcasting = (a: Node, b: Node) => Node;

/** Every op that repeats its operands to one shape. */
const broadcasting: Record<string, Broadcasting> = {
  add: ops.add,
  sub: ops.sub,
  mul: ops.mul,
  div: ops.div,
  pow: ops.pow,
  maximum: ops.maximum,
  minimum: ops.minimum,
  greater: ops.greater,
  greaterEqual: ops.greaterEqual,
  less: ops.less,
  lessEqual: ops.lessEqual,
  equal: ops.equal,
  'where, its condition': (a, b) => ops.where(a, b, 0),
  'where, what it chooses from': (a, b) => ops.where(1, a, b),
};

/** A shape in a message. */
const written = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

describe.each(Object.entries(broadcasting))('%s', (name, f) => {
  test('has the shape that its operands broadcast to', () => {
    fc.assert(
      fc.property(broadcastingShapes(2), ([p, q]) => {
        expect(f(input('p', p!), input('q', q!)).shape).toEqual(broadcastOf(p!, q!));
      }),
    );
  });

  test('refuses shapes that do not broadcast, and names both', () => {
    fc.assert(
      fc.property(incompatibleShapes(), ([p, q]) => {
        expect(broadcastOf(p, q)).toBeUndefined();
        const message = messageOf(() => f(input('p', p), input('q', q)));
        expect(message).toContain(`input ${written(p)} "p"`);
        expect(message).toContain(`input ${written(q)} "q"`);
        // by the name and in the order of the call, also where another op does the work
        if (name in ops)
          expect(message).toMatch(new RegExp(`^${name}\\(a = .*"p", b = .*"q"\\): `));
        expect(message).toMatch(/lengths must be equal or 1, and (\d+) meets (?!\1$)\d+$/);
      }),
    );
  });
});

describe('the batches of matrix products', () => {
  const matrix = (name: string, batch: readonly number[], m: number, n: number): Node =>
    input(name, [...batch, m, n]);

  test('broadcast', () => {
    fc.assert(
      fc.property(broadcastingShapes(2), fc.boolean(), ([p, q], transposeA) => {
        const A = transposeA ? matrix('A', p!, 3, 2) : matrix('A', p!, 2, 3);
        const product = ops.matmul(A, matrix('B', q!, 3, 4), { transposeA });
        expect(product.shape).toEqual([...broadcastOf(p!, q!)!, 2, 4]);
      }),
    );
  });

  test('refuse shapes that do not', () => {
    fc.assert(
      fc.property(incompatibleShapes(), ([p, q]) => {
        const message = messageOf(() => ops.matmul(matrix('A', p, 2, 3), matrix('B', q, 3, 4)));
        expect(message).toContain(`the batches ${written(p)} and ${written(q)} do not broadcast`);
      }),
    );
  });
});

function messageOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
