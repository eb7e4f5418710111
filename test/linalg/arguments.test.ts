import { describe, expect, test } from 'vitest';
import {
  adamStep,
  addScaled,
  allocate,
  Csr,
  copying,
  elementwise,
  gatherRows,
  gradientDescentStep,
  gram,
  logSoftmaxAxis,
  logSumExpAxis,
  matmul,
  maxAxis,
  momentumStep,
  parametric,
  scatterRows,
  softmaxAxis,
  sparseRowsTimesDense,
  sparseRowsTransposeTimesDense,
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
  sumAxis,
  transposeTo,
} from '../../src/linalg/index.js';

type Make = (length: number) => Float64Array;

const makes: readonly (readonly [string, Make])[] = [
  ['in the memory', (length) => allocate(length).fill(1)],
  ['outside of it', (length) => new Float64Array(length).fill(1)],
];

describe.each(makes)('a kernel is not bound to what does not fit it, %s:', (_, make) => {
  const x = make(12);
  const late = x.subarray(1);
  const early = x.subarray(0, 11);
  const matrix = Csr.fromDense(2, 3, Float64Array.of(1, 0, 2, 0, 3, 0));
  /** In the memory a `Csr` keeps its arrays as they are; outside of it this one does. */
  const own = { rows: 3, columns: 3, rowStart: Int32Array.of(0, 1, 2, 3) };
  const a = { ...own, columnIndex: Int32Array.of(0, 1, 2), values: x.subarray(0, 3) };
  const rowsOf = (data: Float64Array, row: number, step: number) => ({ data, row, step });

  const cases: Readonly<Record<string, readonly [() => void, string]>> = {
    'elementwise, a length': [
      () => elementwise.exp.on(make(3), make(2)),
      'exp: x needs the length of y = 3 elements, but has 2',
    ],
    'elementwise, an overlap': [
      () => elementwise.relu.on(early, late),
      'relu: the result and x share a part of their memory',
    ],
    'binary, a length': [
      () => elementwise.add.on(make(3), make(3), 1, make(2), 1),
      'add: b needs (rows − 1)·row + (n − 1)·step + 1 = 3 elements, but has 2',
    ],
    'binary, an overlap': [
      () => elementwise.add.on(early, make(11), 1, late, 1),
      'add: the result and b share a part of their memory',
    ],
    'binary, one number within the result': [
      () => elementwise.add.on(x, x.subarray(0, 1), 0, x, 1),
      'add: out and a share memory',
    ],
    'rows of a broadcast': [
      () => elementwise.add.onRows(make(6), 3, rowsOf(make(6), 3, 1), rowsOf(make(2), 0, 1)),
      'add: b needs (rows − 1)·row + (n − 1)·step + 1 = 3 elements, but has 2',
    ],
    'rows, the last of them begun': [
      () => elementwise.add.onRows(make(7), 3, rowsOf(make(9), 3, 1), rowsOf(make(7), 3, 1)),
      'add: b needs (rows − 1)·row + (n − 1)·step + 1 = 9 elements, but has 7',
    ],
    'rows of no width': [
      () => elementwise.add.onRows(make(6), -3, rowsOf(make(6), 3, 1), rowsOf(make(6), 3, 1)),
      'add: n is a whole number ≥ 0, not -3',
    ],
    'rows that go backwards': [
      () => elementwise.add.onRows(make(6), 3, rowsOf(make(6), -3, 1), rowsOf(make(6), 3, 1)),
      'add: a.row is a whole number ≥ 0, not -3',
    ],
    'binary, a too long': [
      () => elementwise.add(make(3), make(4), make(3)),
      'add: a needs the length of y = 3 elements, but has 4',
    ],
    'binary, b too long': [
      () => elementwise.power(make(3), make(3), make(4)),
      'power: b needs the length of y = 3 elements, but has 4',
    ],
    'rows that go by fractions': [
      () => elementwise.add.onRows(make(6), 3, rowsOf(make(6), 3, 1), rowsOf(make(6), 3, 0.5)),
      'add: b.step is a whole number ≥ 0, not 0.5',
    ],
    'rows that are too far apart': [
      () => elementwise.add.onRows(make(6), 3, rowsOf(make(6), 2 ** 32, 1), rowsOf(make(6), 3, 1)),
      'add: a needs (rows − 1)·row + (n − 1)·step + 1 = 4294967299 elements, but has 6',
    ],
    select: [
      () =>
        elementwise.select(
          make(6),
          3,
          rowsOf(make(6), 3, 1),
          rowsOf(make(5), 3, 1),
          rowsOf(make(1), 0, 0),
        ),
      'select: a needs (rows − 1)·row + (n − 1)·step + 1 = 6 elements, but has 5',
    ],
    'copying, a length': [
      () => copying(rowsOf(make(6), 3, 1), rowsOf(make(5), 1, 2), 3),
      'copying: x needs (rows − 1)·row + (n − 1)·step + 1 = 6 elements, but has 5',
    ],
    'copying, a width': [
      () => copying(rowsOf(make(6), 3, 1), rowsOf(make(6), 3, 1), -3),
      'copying: n is a whole number ≥ 0, not -3',
    ],
    'copying, steps': [
      () => copying(rowsOf(make(6), 3, 0.5), rowsOf(make(6), 3, 1), 3),
      'copying: y.step is a whole number ≥ 0, not 0.5',
    ],
    'copying to less than a row': [
      () => copying(rowsOf(make(2), 3, 1), rowsOf(make(6), 3, 1), 3),
      'copying: y needs (rows − 1)·row + (n − 1)·step + 1 = 3 elements, but has 2',
    ],
    'copying to one row again and again': [
      () => copying(rowsOf(make(6), 0, 1), rowsOf(make(2), 3, 1), 3),
      'copying: x needs (rows − 1)·row + (n − 1)·step + 1 = 3 elements, but has 2',
    ],
    'copying, an overlap': [
      () => copying(rowsOf(early, 11, 1), rowsOf(late, 11, 1), 11),
      'copying: out and x share memory',
    ],
    'clamp, a length': [
      () => parametric.clamp.on(make(3), make(2), 0, 1),
      'clamp: x needs the length of y = 3 elements, but has 2',
    ],
    'clamp, an overlap': [
      () => parametric.clamp.on(early, late, 0, 1),
      'clamp: the result and x share a part of their memory',
    ],
    'clamp of a part, an overlap': [
      () => parametric.clamp(early, late, 0, 1, 0, 11),
      'clamp: the result and x share a part of their memory',
    ],
    'copying to rows that are next to each other': [
      () => copying(rowsOf(make(9), 1, 3), rowsOf(make(8), 3, 1), 3),
      'copying: x needs (rows − 1)·row + (n − 1)·step + 1 = 9 elements, but has 8',
    ],
    'clamp of a part': [
      () => parametric.clamp(make(3), make(2), 0, 1, 0, 2),
      'clamp: x needs the length of y = 3 elements, but has 2',
    ],
    'leakyRelu beyond the end': [
      () => parametric.leakyRelu(x, x, 0, 0, 0, 13),
      'leakyRelu: to is at most the number of elements, 12, not 13',
    ],
    'rescale from before the beginning': [
      () => parametric.rescale(x, x, 1, 2, -1, 3),
      'rescale: from is a whole number ≥ 0, not -1',
    ],
    'sum along an axis': [
      () => sumAxis.on(make(2), make(11), 2, 3, 2),
      'sumAxis: x needs outer·n·inner = 12 elements, but has 11',
    ],
    'largest along an axis, an overlap': [
      () => maxAxis.on(x.subarray(0, 4), x, 2, 3, 2),
      'maxAxis: out and x share memory',
    ],
    softmax: [
      () => softmaxAxis(make(3), make(4), 1, 4, 1, make(4)),
      'softmaxAxis: y needs outer·n·inner = 4 elements, but has 3',
    ],
    'softmax, scratch': [
      () => softmaxAxis(make(4), make(4), 1, 4, 1, make(3)),
      'softmaxAxis: scratch needs n = 4 elements, but has 3',
    ],
    'log-softmax, an overlap': [
      () => logSoftmaxAxis(early, late, 1, 11, 1, make(11)),
      'logSoftmaxAxis: the result and x share a part of their memory',
    ],
    'log-sum-exp': [
      () => logSumExpAxis(make(2), make(12), 1.5, 4, 2, make(4)),
      'logSumExpAxis: outer is a whole number ≥ 0, not 1.5',
    ],
    'log-sum-exp, a length': [
      () => logSumExpAxis(make(2), make(8), 1, 4, 1, make(4)),
      'logSumExpAxis: x needs outer·n·inner = 4 elements, but has 8',
    ],
    'log-sum-exp, scratch in x': [
      () => logSumExpAxis(make(3), x, 3, 4, 1, x.subarray(8)),
      'logSumExpAxis: out and x share memory',
    ],
    'an optimizer, the gradient': [
      () => adamStep(make(4), make(2), [make(4), make(4)], make(7)),
      'adamStep: gradient needs the length of w = 4 elements, but has 2',
    ],
    'an optimizer, how many averages': [
      () => adamStep(make(4), make(4), [make(4)], make(7)),
      'adamStep: there are 2 averages, not 1',
    ],
    'an optimizer, an average': [
      () => momentumStep(make(4), make(4), [make(3)], make(3)),
      'momentumStep: average 0 needs the length of w = 4 elements, but has 3',
    ],
    'an optimizer, numbers': [
      () => momentumStep(make(4), make(4), [make(4)], make(2)),
      'momentumStep: numbers needs 3 elements, but has 2',
    ],
    'an optimizer, an overlap': [
      () => gradientDescentStep(early, late, [], make(1)),
      'gradientDescentStep: out and gradient share memory',
    ],
    'an optimizer, averages in one place': [
      () => adamStep(make(12), make(12), [x, x], make(7)),
      'adamStep: out and average 1 share memory',
    ],
    gather: [
      () => gatherRows(make(4), make(6), make(2), 3),
      'gatherRows: y needs whole rows of width = 3, but has 4 elements',
    ],
    'gather, the matrix': [
      () => gatherRows(make(6), make(8), make(2), 3),
      'gatherRows: x needs whole rows of width = 3, but has 8 elements',
    ],
    'gather, the result': [
      () => gatherRows(make(3), make(6), make(2), 3),
      'gatherRows: y needs index.length·width = 6 elements, but has 3',
    ],
    'gather, an overlap with the index': [
      () => gatherRows(x.subarray(0, 6), make(6), x.subarray(5, 7), 3),
      'gatherRows: out and index share memory',
    ],
    'gather, a row and one number': [
      () => gatherRows(make(6), make(7), make(2), 3),
      'gatherRows: x needs whole rows of width = 3, but has 7 elements',
    ],
    'scatter, a row and one number': [
      () => scatterRows(make(7), make(6), make(2), 3),
      'scatterRows: y needs whole rows of width = 3, but has 7 elements',
    ],
    'scatter, an overlap with the index': [
      () => scatterRows(x.subarray(0, 6), make(6), x.subarray(5, 7), 3),
      'scatterRows: out and index share memory',
    ],
    'scatter, an overlap': [
      () => scatterRows(x, x.subarray(6), make(2), 3),
      'scatterRows: out and x share memory',
    ],
    'scatter, a width': [
      () => scatterRows(make(6), make(6), make(2), 1.5),
      'scatterRows: width is a whole number ≥ 0, not 1.5',
    ],
    'matmul, a length': [
      () => matmul.on(make(6), make(4), make(5), 2, 3, 2),
      'matmul: b needs k·n = 6 elements, but has 5',
    ],
    'matmul, a stack': [
      () => matmul.on(make(12), make(7), make(12), 2, 3, 2),
      'matmul: a needs 2·m·k = 8 elements, but has 7',
    ],
    'matmul, half a stack': [
      () => matmul.on(make(9), make(8), make(12), 2, 3, 2),
      'matmul: out needs 2·m·n = 12 elements, but has 9',
    ],
    'matmul, an overlap': [
      () => matmul.on(x.subarray(0, 4), x.subarray(3, 7), make(4), 2, 2, 2),
      'matmul: out and a share memory',
    ],
    'matmul, an overlap with b': [
      () => matmul.on(x.subarray(0, 4), make(4), x.subarray(3, 7), 2, 2, 2),
      'matmul: out and b share memory',
    ],
    'matmul at once, an overlap at its end': [
      () => matmul(x.subarray(0, 4), x.subarray(3, 7), make(4), 2, 2, 2),
      'matmul: out and a share memory',
    ],
    'matmul at once, an overlap at its beginning': [
      () => matmul(x.subarray(8, 12), make(4), x.subarray(5, 9), 2, 2, 2),
      'matmul: out and b share memory',
    ],
    gram: [
      () => gram.on(make(8), make(6), 2, 3),
      'gram: out needs columns² = 9 elements, but has 8',
    ],
    'gram, an overlap': [() => gram.on(x.subarray(0, 4), x, 6, 2), 'gram: out and x share memory'],
    'sparse · vector': [
      () => sparseTimesVector.on(make(2), matrix, make(2)),
      'sparseTimesVector: x needs columns = 3 elements, but has 2',
    ],
    'sparse · vector, over the values': [
      () => sparseTimesVector(a.values, a, make(3)),
      'sparseTimesVector: out and the values of A share memory',
    ],
    'sparseᵀ · vector, over the values': [
      () => sparseTransposeTimesVector.on(a.values, a, make(3)),
      'sparseTransposeTimesVector: out and the values of A share memory',
    ],
    'sparse · dense, over the values': [
      () => sparseTimesDense.on(x.subarray(0, 6), a, make(6), 2),
      'sparseTimesDense: out and the values of A share memory',
    ],
    'sparseᵀ · dense': [
      () => sparseTransposeTimesDense.on(make(6), matrix, make(3), 2),
      'sparseTransposeTimesDense: x needs rows·k = 4 elements, but has 3',
    ],
    'rows of sparse · dense, a row': [
      () => sparseRowsTimesDense(make(2), matrix, Float64Array.of(0, 2), make(3), 1),
      'sparseRowsTimesDense: rows holds whole numbers from 0 to 1, not 2 (at 1)',
    ],
    'rows of sparse · dense, over the values': [
      () => sparseRowsTimesDense.on(a.values.subarray(0, 1), a, make(1), make(3), 1),
      'sparseRowsTimesDense: out and the values of A share memory',
    ],
    'rows of sparseᵀ · dense, a width': [
      () => sparseRowsTransposeTimesDense.on(make(3), matrix, make(1), make(1), 0.5),
      'sparseRowsTransposeTimesDense: k is a whole number ≥ 0, not 0.5',
    ],
    'addScaled, an overlap': [
      () => addScaled(late, 2, early),
      'addScaled: the result and x share a part of their memory',
    ],
    'transpose, a negative side': [
      () => transposeTo(make(4), make(4), -2, -2),
      'transposeTo: rows is a whole number ≥ 0, not -2',
    ],
  };

  test.each(Object.entries(cases))('%s', (_name, [bind, message]) => {
    const before = x.slice();
    expect(bind).toThrow(RangeError);
    expect(bind).toThrow(message);
    expect(x).toEqual(before);
  });
});

test('what lies in its place may be written over', () => {
  const x = allocate(6).fill(2);
  elementwise.multiply.on(x, x, 1, x, 1)(0, 6);
  elementwise.add.onRows(x, 3, { data: x, row: 3, step: 1 }, { data: x, row: 3, step: 1 })(0, 6);
  addScaled(x, 1, x);
  parametric.clamp.on(x, x, 0, 15)(0, 6);
  expect([...x]).toEqual(new Array(6).fill(15));
});

test.each(makes)('what lies beside the result is apart from it, %s', (_, make) => {
  const x = make(5000);
  matmul(x.subarray(2000, 4000), x.subarray(0, 2000), x.subarray(4000, 4001), 2000, 1, 1);
  matmul(x.subarray(2000, 4000), x.subarray(4000, 5000), x.subarray(1998, 2000), 1000, 2, 1);
  expect(x.every((value) => value === 1)).toBe(true);
});

test.each(makes)('an empty array shares no memory, wherever it lies, %s', (_, make) => {
  const out = make(6);
  sumAxis(out, out.subarray(3, 3), 1, 0, 6);
  expect([...out]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(() => elementwise.exp(out.subarray(3, 3), out.subarray(4, 4))).not.toThrow();
});

describe.each(makes)('a row that is not there, %s:', (_, make) => {
  test.each([-1, -0.5, 3, 1e300, Infinity, -Infinity, Number.NaN])('%d', (row) => {
    const around = make(30);
    const [y, x, index] = [around.subarray(9, 15), make(6), make(3)];
    index.set([1, row, 2]);
    const reason = `index holds whole numbers from 0 to 2, not ${row} (at 1)`;
    const gather = gatherRows(y, make(6), index, 2);
    expect(() => gather(0, 3)).toThrow(RangeError);
    expect(() => gather(0, 3)).toThrow(`gatherRows: ${reason}`);
    const scatter = scatterRows(y, x, index, 2);
    expect(() => scatter(0, 3)).toThrow(`scatterRows: ${reason}`);
    // Row 1 was there.
    expect([...around.filter((value) => value !== 1)]).toEqual([2, 2]);
    expect([y[2], y[3]]).toEqual([2, 2]);
  });
});

describe.each(makes)('rows, %s:', (_, make) => {
  const index = (...numbers: number[]) => {
    const array = make(numbers.length);
    array.set(numbers);
    return array;
  };

  test('of one number are counted, and of a fraction the whole part counts', () => {
    const x = make(3);
    x.set([10, 20, 30]);
    const y = make(2);
    gatherRows(y, x, index(2.75, 1.5), 1)(0, 2);
    expect([...y]).toEqual([30, 20]);
    scatterRows(x, y, index(0.75, 2.5), 1)(0, 2);
    expect([...x]).toEqual([40, 20, 50]);
    for (const bind of [
      () => gatherRows(y, x, index(0, 3), 1),
      () => scatterRows(x, y, index(0, 3), 1),
    ]) {
      expect(() => bind()(0, 2)).toThrow('index holds whole numbers from 0 to 2, not 3 (at 1)');
    }
  });

  test('of no numbers there are as many as can be counted', () => {
    const none = make(0);
    for (const bind of [gatherRows, scatterRows]) {
      expect(() => bind(none, none, index(0, 2 ** 32 - 2), 0)(0, 2)).not.toThrow();
      expect(() => bind(none, none, index(2 ** 32 - 1), 0)(0, 1)).toThrow(
        /index holds whole numbers from 0 to 4294967294, not 4294967295 \(at 0\)$/,
      );
    }
  });

  test('that are none need nothing to be read', () => {
    const [none, one] = [make(0), { data: make(0), row: 3, step: 1 }];
    expect(() => elementwise.add.onRows(none, 3, one, one)(0, 0)).not.toThrow();
    expect(() => elementwise.select(none, 3, one, one, one)(0, 0)).not.toThrow();
    expect(() => copying(one, one, 3)(0, 0)).not.toThrow();
    expect(() => copying({ ...one, data: make(2) }, one, 0)(0, 0)).not.toThrow();
  });

  test('that do not fit as a whole are left as they are', () => {
    const x = make(3);
    x.set([1, 2, 3]);
    const long = make(8);
    copying({ data: long, row: 3, step: 1 }, { data: x, row: 0, step: 1 }, 3)(0, 6);
    expect([...long]).toEqual([1, 2, 3, 1, 2, 3, long[6], long[6]]);
    const wide = make(10);
    copying({ data: wide, row: 6, step: 2 }, { data: x, row: 3, step: 1 }, 3)(0, 3);
    expect([wide[0], wide[2], wide[4]]).toEqual([1, 2, 3]);
  });

  test('in steps of any kind: select reads each input by its own', () => {
    const [rows, n] = [3, 4];
    const strides = [
      [12, 3],
      [1, 5],
      [9, 2],
    ] as const;
    const data = strides.map(([row, step], which) => {
      const array = make((rows - 1) * row + (n - 1) * step + 1);
      for (let i = 0; i < array.length; i++) array[i] = which === 0 ? i % 3 : 100 * which + i;
      return { data: array, row, step };
    });
    const expected = Array.from({ length: rows * n }, (_, k) => {
      const at = strides.map(([row, step]) => Math.floor(k / n) * row + (k % n) * step);
      return at[0]! % 3 !== 0 ? 100 + at[1]! : 200 + at[2]!;
    });
    const y = make(rows * n);
    elementwise.select(y, n, data[0]!, data[1]!, data[2]!)(0, rows * n);
    expect([...y]).toEqual(expected);
    y.fill(-1);
    // From the middle of a row to the middle of another; one input of three in steps of two is enough.
    elementwise.select(y, n, data[0]!, data[1]!, data[2]!)(2, 7);
    expect([...y].slice(2, 7)).toEqual(expected.slice(2, 7));
    expect([...y].filter((value) => value === -1)).toHaveLength(rows * n - 5);
    const whole = { data: make(rows * n), row: n, step: 1 };
    elementwise.select(y, n, whole, whole, data[2]!)(0, rows * n);
    expect(y.every((value) => value === 1)).toBe(true);
    whole.data.fill(0);
    elementwise.select(y, n, whole, whole, data[2]!)(0, rows * n);
    expect([...y]).toEqual(Array.from(y, (_, k) => 200 + Math.floor(k / n) * 9 + (k % n) * 2));
  });
});
