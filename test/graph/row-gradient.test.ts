import { describe, expect, test } from 'vitest';
import {
  collectScratch,
  constant,
  from,
  Graph,
  indices,
  isWrittenOut,
  type Node,
  Parameters,
} from '../../src/graph/index.js';
import { RowGradient } from '../../src/graph/row-gradient.js';
import { allocate, release, type View, view } from '../../src/linalg/index.js';
import { add, gather, mul, scatter, sqrt, square, sum } from '../../src/ops/index.js';

/** A table of 5 rows of 2 numbers, and scatters into it by indices of so many numbers. */
function made(...lengths: number[]) {
  const parameters = new Parameters();
  parameters.add('front', from([1]));
  parameters.add('table', from(new Float64Array(10), [5, 2]));
  const scatters = lengths.map((length, k) => {
    const index = indices(`i${k}`, [length], { below: 5 });
    return scatter(constant(new Float64Array(2 * length), [length, 2]), index, 5);
  });
  const gradients = new Float64Array(11).fill(9);
  return new RowGradient(parameters.segment('table'), scatters, gradients);
}

const numbers = (...values: number[]): View => view(Float64Array.from(values), [values.length]);

describe('what computes rows in place of Σ and scatters', () => {
  test('has room for as many rows as can be met', () => {
    expect(made(2).standIn.shape).toEqual([2, 2]);
    expect(made(2, 1).standIn.shape).toEqual([3, 2]);
    expect(made(4, 4).standIn.shape).toEqual([5, 2]);
    const { op, parents } = made(2, 1).standIn;
    expect(parents.map(({ shape }) => shape)).toEqual([[2, 2], [1, 2], [2], [1]]);
    expect(op.vjp(made(2).standIn, made(2).standIn, ...parents)).toEqual([]);
  });

  test('works in as much memory as its longest index needs', () => {
    for (const [lengths, rooms] of [
      [[3], [3, 3, 0]],
      [[0], [0, 0, 0]],
      [
        [1, 3],
        [3, 3, 6],
      ],
      [
        [3, 1, 2],
        [3, 3, 6],
      ],
    ] as const) {
      const { standIn } = made(...lengths);
      const inputs = [
        ...lengths.map((n) => numbers(...new Array(2 * n).fill(1))),
        ...lengths.map((n) => numbers(...new Array(n).fill(0))),
      ];
      const buffers: Float64Array[] = [];
      const y = numbers(...new Array(10).fill(0));
      collectScratch(buffers, () => standIn.op.kernel(y, ...inputs));
      expect(buffers.map(({ length }) => length)).toEqual(rooms);
    }
  });

  test('writes the rows in the order in which they are met, and nothing else', () => {
    const rows = made(3);
    const before = Array.from({ length: 8 }, () => allocate(16).fill(7));
    const y = view(allocate(6).fill(Number.NaN), [3, 2]);
    const kernel = rows.standIn.op.kernel(y, numbers(1, 2, 4, 8, 16, 32), numbers(4, 0, 4));
    const after = Array.from({ length: 8 }, () => allocate(16).fill(7));
    kernel(1);
    expect([...y.data.subarray(0, 4)]).toEqual([17, 34, 4, 8]);
    for (const other of [...before, ...after]) {
      expect(other.every((value) => value === 7)).toBe(true);
      release(other);
    }
    expect([...rows.rows.subarray(0, rows.count)]).toEqual([4, 0]);
    expect([rows.count, rows.width, rows.values]).toEqual([2, 2, y.data]);
    rows.spoil();
    expect([...rows.gradients]).toEqual([9, ...new Array(10).fill(Number.NaN)]);
    rows.writeOut();
    expect([...rows.gradients]).toEqual([9, 4, 8, 0, 0, 0, 0, 0, 0, 17, 34]);
    expect(rows.values).toBeUndefined();
    expect(rows.isSparse).toBe(true);
    rows.gradients[3] = 1;
    expect(rows.isSparse).toBe(false);
    kernel(2);
    rows.spoil();
    expect([...rows.gradients]).toEqual([9, ...new Array(10).fill(Number.NaN)]);
  });

  test('only the rows of the last run need be finite, and all of these', () => {
    const rows = made(3);
    const x = numbers(1, 2, 4, 8, 16, 32);
    const index = numbers(4, 0, 1);
    const kernel = rows.standIn.op.kernel(numbers(0, 0, 0, 0, 0, 0), x, index);
    for (let bad = 0; bad < 6; bad++) {
      x.data.fill(1);
      x.data[bad] = Number.POSITIVE_INFINITY;
      index.data.set([4, 0, 1]);
      kernel(1);
      expect(rows.isFinite).toBe(false);
      x.data.fill(1);
      index.data.fill(2);
      kernel(2);
      expect(rows.isFinite).toBe(true);
    }
  });
});

describe('in a graph', () => {
  const tableOf = (graph: Graph) => graph.reached.find(({ name }) => name === 'table')!.touched!;
  /** Σ √row of a table whose element number `zero` is 0, which has an infinite slope there. */
  const rooted = (zero: number, options = {}): Graph => {
    const parameters = new Parameters();
    const values = new Float64Array(6).fill(1);
    values[zero] = 0;
    const table = parameters.add('table', from(values, [3, 2]));
    return new Graph(sum(sqrt(gather(table, indices('i', [3], { below: 3 })))), options);
  };

  test('a sum of several scatters is computed by rows, and they are not computed in full', () => {
    const table = new Parameters().add('table', from(new Float64Array(8000).fill(1), [1000, 8]));
    const parts = ['i', 'j', 'k'].map((name): Node => {
      return sum(square(gather(table, indices(name, [2], { below: 1000 }))));
    });
    const graph = new Graph(parts.reduce(add));
    expect(graph.footprint).toBeLessThan(1000);
    graph.forward({ i: [0, 1], j: [1, 999], k: [7, 7] });
    graph.backward();
    // Children are met from the last on: 7 twice, then 1 and 999, then 0, and 1 again.
    const { rows, count, values } = tableOf(graph);
    expect([...rows.subarray(0, count)]).toEqual([7, 1, 999, 0]);
    expect([...values!.subarray(0, count * 8)]).toEqual(
      [4, 4, 2, 2].flatMap((value) => new Array(8).fill(value)),
    );
    expect(isWrittenOut(graph.sparseGradients)).toBe(false);
    expect(isWrittenOut(graph.sparseGradients, graph.parameters!.segment('table'))).toBe(false);
    const seen = graph.sparseGradients;
    graph.dispose();
    expect(isWrittenOut(seen)).toBe(true);
    expect(isWrittenOut(new Float64Array(3))).toBe(true);
  });

  test('assertFinite finds what is not finite wherever it is, rows or no rows', () => {
    for (const options of [{}, { keep: 'all' as const }]) {
      for (let zero = 0; zero < 6; zero++) {
        const graph = rooted(zero, options);
        graph.forward({ i: [0, 1, 2] });
        graph.backward();
        expect(() => graph.assertFinite()).toThrow(/Infinity first appears/);
      }
    }
    const table = new Parameters();
    const front = table.add('front', from([1, 1, 1]));
    const back = table.add('back', from([0]));
    const rows = table.add('table', from([[1], [2]]));
    const loss = add(sum(mul(front, sqrt(back))), sum(gather(rows, [1])));
    const graph = new Graph(loss);
    graph.forward();
    graph.backward();
    expect(() => graph.assertFinite()).toThrow(/first appears/);
  });

  test('also one that is written into a gradient that was shown, be it the first number', () => {
    for (let at = 0; at < 6; at++) {
      const graph = rooted(5);
      graph.forward({ i: [0, 0, 1] });
      graph.backward();
      graph.assertFinite();
      graph.gradients[at] = Number.NaN;
      expect(() => graph.assertFinite()).toThrow(/changed after backward/);
    }
  });
});
