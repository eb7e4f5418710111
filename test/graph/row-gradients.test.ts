import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  apply,
  constant,
  from,
  Graph,
  type GraphOptions,
  gradients,
  indices,
  input,
  type Node,
  normal,
  type Op,
  Parameters,
} from '../../src/graph/index.js';
import { plan } from '../../src/graph/plan.js';
import { RowGradient } from '../../src/graph/row-gradient.js';
import { useSimd } from '../../src/linalg/index.js';
import { add, gather, log, mul, scatter, sqrt, sum, tanh } from '../../src/ops/index.js';
import {
  adaptivity,
  clipByNorm,
  clipByValue,
  gradientDescent,
  momentum,
  type Optimizer,
  trainingStep,
} from '../../src/optim/index.js';

afterEach(() => useSimd(true));

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** A table of which some indices gather rows, in which of them the numbers of the run, and the width of a row. */
interface Case {
  readonly rows: number;
  readonly width: number;
  readonly lengths: readonly number[];
  readonly runs: readonly (readonly number[][])[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 7 }),
    lengths: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
  })
  .chain((sizes) =>
    fc.record({
      rows: fc.constant(sizes.rows),
      width: fc.constant(sizes.width),
      lengths: fc.constant(sizes.lengths),
      runs: fc.array(
        fc.tuple(
          ...sizes.lengths.map((length) =>
            fc.array(fc.nat(sizes.rows - 1), { minLength: length, maxLength: length }),
          ),
        ),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  );

/** A loss of gathered rows: Σ w ∘ tanh(row) of each index by itself, another one times a parameter that is not gathered. */
function model({ rows, width, lengths }: Case, options: GraphOptions = {}, decay = false) {
  const parameters = new Parameters({ seed: 3 });
  parameters.add('front', from([1, 2, 3]));
  const table = parameters.add('table', normal([rows, width]));
  const scale = parameters.add('scale', normal([width]));
  const terms = lengths.map((length, k): Node => {
    const chosen = gather(table, indices(`i${k}`, [length], { below: rows }));
    return sum(mul(k % 2 === 0 ? tanh(chosen) : mul(chosen, chosen), add(scale, k - 1)));
  });
  if (decay) terms.push(mul(0.01, sum(mul(table, table))));
  const loss = terms.reduce((total, term) => add(total, term));
  return { parameters, graph: new Graph(loss, options), table };
}

const feedsOf = (run: readonly number[][]): Record<string, number[]> =>
  Object.fromEntries(run.map((numbers, k) => [`i${k}`, numbers]));

/** The gradient of the table as its rows say it is: in the flat vector, or by themselves. */
function tableOf(graph: Graph): Float64Array {
  const { offset, length, touched } = graph.reached.find(({ name }) => name === 'table')!;
  const whole = graph.sparseGradients.slice(offset, offset + length);
  if (!touched?.values) return whole;
  expect(whole.every(Number.isNaN)).toBe(true);
  whole.fill(0);
  const { rows, count, width, values } = touched;
  for (let k = 0; k < count; k++) {
    whole.set(values.subarray(k * width, (k + 1) * width), rows[k]! * width);
  }
  return whole;
}

/** The rows that a graph says are touched, in ascending order. */
function touchedRows(graph: Graph): number[] | undefined {
  const touched = graph.reached.find(({ name }) => name === 'table')!.touched;
  return touched && [...touched.rows.subarray(0, touched.count)].sort((a, b) => a - b);
}

const distinct = (run: readonly number[][]): number[] =>
  [...new Set(run.flat())].sort((a, b) => a - b);

describe('the gradient of gathered rows', () => {
  test.each([
    ['WebAssembly', true],
    ['plain', false],
  ] as const)('has the bits of Σ of whole matrices, and knows its rows (%s)', (_, on) => {
    useSimd(on);
    fc.assert(
      fc.property(cases, (some) => {
        const sparse = model(some).graph;
        const whole = model(some, { keep: 'all' }).graph;
        for (const run of some.runs) {
          for (const graph of [sparse, whole]) {
            graph.forward(feedsOf(run));
            expect(touchedRows(graph)).toBeUndefined();
            graph.backward();
            expect(touchedRows(graph)).toEqual(distinct(run));
          }
          expect(sameBits(tableOf(sparse), tableOf(whole))).toBe(true);
          sparse.backward();
          expect(touchedRows(sparse)).toEqual(distinct(run));
          expect(sameBits(tableOf(sparse), tableOf(whole))).toBe(true);
        }
        // Once it was looked at, the flat gradient is written out by every run.
        const [held, expected] = [sparse.gradients, whole.gradients];
        expect(sameBits(held, expected)).toBe(true);
        for (const run of some.runs) {
          for (const graph of [sparse, whole]) {
            graph.forward(feedsOf(run));
            graph.backward();
            expect(touchedRows(graph)).toEqual(distinct(run));
          }
          expect(sameBits(held, expected)).toBe(true);
        }
      }),
    );
  });

  test('is what its rows sum up to, each index by itself, then one after the other', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 1, max: 1e6 }),
        ({ rows, width, lengths, runs }, seed) => {
          // For a loss Σ c ∘ row the gradient of the row is the sum of its c.
          const weights = lengths.map((length, k) =>
            Float64Array.from({ length: length * width }, (_, i) => Math.sin(seed * (k + 1) + i)),
          );
          const table = new Parameters().add('table', normal([rows, width]));
          const losses = lengths.map((length, k) => {
            const chosen = gather(table, indices(`i${k}`, [length], { below: rows }));
            return sum(mul(chosen, constant(weights[k]!, [length, width])));
          });
          const graph = new Graph(losses.reduce((total, term) => add(total, term)));
          for (const run of runs) {
            graph.forward(feedsOf(run));
            graph.backward();
            const expected = new Float64Array(rows * width);
            // Children are met from the last to the first.
            for (let k = lengths.length - 1; k >= 0; k--) {
              const own = new Float64Array(rows * width);
              for (const [i, row] of run[k]!.entries()) {
                for (let c = 0; c < width; c++)
                  own[row * width + c]! += weights[k]![i * width + c]!;
              }
              for (let i = 0; i < own.length; i++) expected[i]! += own[i]!;
            }
            expect(sameBits(tableOf(graph), expected)).toBe(true);
            expect(sameBits(graph.gradient(table), expected)).toBe(true);
          }
        },
      ),
    );
  });

  test('stays where it is while the rest of the backward pass looks for room', () => {
    const parameters = new Parameters({ seed: 3 });
    const [late, early] = [1, 2].map((k) => parameters.add(`table${k}`, normal([8, 4]))) as [
      Node,
      Node,
    ];
    const i = indices('i', [5], { below: 8 });
    // What is made last is differentiated first.
    const chain = tanh(tanh(tanh(gather(late, i))));
    const graph = new Graph(add(sum(chain), sum(mul(gather(early, i), 2))));
    graph.forward({ i: [1, 7, 1, 0, 3] });
    graph.backward();
    const rows = [1, 2, 0, 1, 0, 0, 0, 1].flatMap((times) => new Array(4).fill(2 * times));
    expect([...graph.gradient(early)]).toEqual(rows);
    expect([...graph.gradients.subarray(32)]).toEqual(rows);
  });

  test('is right when a rule gives it to others too', () => {
    // y = row of a + factor · row of b, whose rule writes one scatter for both.
    const twoTables = (factor: number): Op => ({
      name: 'twoTables',
      formula: 'y_i = a_{k_i} + \\lambda b_{k_i}',
      shape: (a, _, index) => [...index, ...a.slice(1)],
      kernel:
        ({ data: y }, { data: a }, { data: b }, { data: index }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = a[index[i]!]! + factor * b[index[i]!]!;
        },
      vjp: (dy, _y, a, _b, index) => {
        const both = scatter(dy, index, a.shape[0]!);
        return [() => both, () => (factor === 1 ? both : mul(factor, both)), null];
      },
    });
    for (const factor of [1, 3]) {
      for (const others of [0, 1]) {
        const parameters = new Parameters();
        const a = parameters.add('a', normal([4]));
        const b = parameters.add('b', normal([4]));
        const i = indices('i', [3], { below: 4 });
        const rows = apply(twoTables(factor), a, b, i);
        const more = Array.from({ length: others }, () => sum(gather(a, i)));
        const graph = new Graph(more.reduce(add, sum(mul(rows, rows))));
        const whole = new Graph(graph.outputs, { keep: 'all' });
        for (const run of [
          [0, 2, 0],
          [3, 3, 1],
        ]) {
          for (const each of [graph, whole]) {
            each.forward({ i: run });
            each.backward();
          }
          for (const node of [a, b]) {
            expect(sameBits(graph.gradient(node), whole.gradient(node))).toBe(true);
          }
          graph.assertFinite();
        }
        expect(sameBits(graph.gradients, whole.gradients)).toBe(true);
      }
    }
  });

  test('is right when a rule gives what the forward pass has', () => {
    const a = new Parameters().add('a', normal([4]));
    const i = indices('i', [2], { below: 4 });
    const s = scatter(constant([5, 7]), i, 4);
    const dot: Op = {
      name: 'dot',
      formula: 'y = 7 a_1 + 5 a_4',
      shape: () => [],
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          y[0] = 7 * x[0]! + 5 * x[3]!;
        },
      vjp: () => [() => s],
    };
    const graph = new Graph([apply(dot, a), s]);
    graph.forward({ i: [3, 0] });
    graph.backward();
    expect([...graph.gradients]).toEqual([7, 0, 0, 5]);
    expect([...graph.reached[0]!.touched!.rows]).toEqual([3, 0]);
  });

  test('is right as an output, and where it is differentiated', () => {
    fc.assert(
      fc.property(cases, (some) => {
        const { graph, table } = model(some);
        const loss = graph.outputs[0]!;
        const [slope] = gradients(loss, [table]);
        const penalised = add(loss, sum(mul(slope!, slope!)));
        const [plain, kept] = [
          new Graph([penalised, slope!]),
          new Graph([penalised, slope!], { keep: 'all' }),
        ];
        for (const run of some.runs) {
          for (const each of [plain, kept]) {
            each.forward(feedsOf(run));
            each.backward();
          }
          expect(sameBits(plain.value(slope!), kept.value(slope!))).toBe(true);
          expect(sameBits(plain.gradients, kept.gradients)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('knows nothing of rows where the loss sees the table otherwise too', () => {
    const some: Case = { rows: 4, width: 2, lengths: [2, 1], runs: [[[0, 3], [3]]] };
    const { graph } = model(some, {}, true);
    const whole = model(some, { keep: 'all' }, true).graph;
    for (const each of [graph, whole]) {
      each.forward(feedsOf(some.runs[0]!));
      each.backward();
      expect(touchedRows(each)).toBeUndefined();
    }
    expect(sameBits(graph.gradients, whole.gradients)).toBe(true);
    expect(graph.gradients.every((value) => value !== 0 || !Object.is(value, -0))).toBe(true);
  });

  test('of an index that never changes, and of rows of rows', () => {
    const table = new Parameters().add('table', normal([6, 2, 3]));
    const chosen = gather(table, [
      [1, 4],
      [4, 1],
    ]);
    const again = gather(gather(table, [5, 0, 1]), indices('i', [2], { below: 3 }));
    const graph = new Graph(add(sum(mul(chosen, 2)), sum(again)));
    for (const [i, expected] of [
      [
        [0, 0],
        [0, 4, 0, 0, 4, 2],
      ],
      [
        [2, 1],
        [1, 5, 0, 0, 4, 0],
      ],
    ] as const) {
      graph.forward({ i });
      graph.backward();
      const rows = expected.flatMap((value) => new Array(6).fill(value));
      expect([...tableOf(graph)]).toEqual(rows);
      // An index says which rows it may reach, not which gradients happen to be 0.
      const { rows: list, count } = graph.reached[0]!.touched!;
      expect([...list.subarray(0, count)].sort()).toEqual([0, 1, 4, 5]);
    }
  });
});

test('rows of an index that never changes, where every value is kept', () => {
  const table = new Parameters().add('table', normal([6, 2]));
  const graph = new Graph(sum(gather(table, [4, 1, 4])), { keep: 'all' });
  graph.forward();
  graph.backward();
  expect([...graph.gradients]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 2, 2, 0, 0]);
  expect(touchedRows(graph)).toEqual([1, 4]);
});

describe('who writes to the gradients', () => {
  const some: Case = { rows: 5, width: 3, lengths: [2, 2], runs: [] };
  const run = [
    [1, 3],
    [3, 3],
  ];

  test('finds zeros again in the next run, wherever and whenever it was', () => {
    const { graph } = model(some);
    const clean = model(some).graph;
    for (const each of [graph, clean]) {
      each.forward(feedsOf(run));
      each.backward();
    }
    const expected = clean.gradients.slice();
    const held = graph.gradients;
    for (let t = 0; t < 3; t++) {
      held.fill(7, 3, 3 + 15);
      graph.backward();
      expect(sameBits(held, expected)).toBe(true);
    }
  });

  test('is believed by a step: rows that are no longer 0 move', () => {
    const table = (graph: Graph) => graph.parameters!.segment('table');
    for (const value of [2, -0, Number.NaN]) {
      const { graph, parameters } = model(some);
      graph.forward(feedsOf(run));
      graph.backward();
      graph.gradients[table(graph).offset] = value;
      expect(touchedRows(graph)).toBeUndefined();
      const before = parameters.values.slice();
      const expected = before.map((w, i) => w - 0.5 * graph.gradients[i]!);
      gradientDescent({ rate: 0.5 }).step(parameters, graph.gradients, graph.reached);
      expect(sameBits(parameters.get('table'), expected.subarray(3, 18))).toBe(true);
      graph.gradients[table(graph).offset] = 0;
      expect(touchedRows(graph)).toEqual([1, 3]);
    }
  });

  test('is found out by assertFinite', () => {
    const { graph } = model(some);
    graph.forward(feedsOf(run));
    graph.backward();
    graph.assertFinite();
    graph.gradients[3] = Number.NaN;
    expect(() => graph.assertFinite()).toThrow(/changed after backward/);
  });
});

test('a row whose gradient is not finite is found by assertFinite, and named', () => {
  const parameters = new Parameters();
  const table = parameters.add('table', from([[1], [0], [2]]));
  const x = input('x', [2, 1]);
  const loss = sum(mul(log(mul(gather(table, indices('i', [2], { below: 3 })), x)), 0));
  const graph = new Graph(loss);
  const optimizer = adaptivity();
  trainingStep(graph, { i: [0, 2], x: [1, 1] }, optimizer);
  const before = parameters.values.slice();
  expect(() => trainingStep(graph, { i: [2, 1], x: [1, 1] }, optimizer)).toThrow(
    /-Infinity first appears at element 1 in log/,
  );
  expect(sameBits(parameters.values, before)).toBe(true);
});

test('so is one whose loss is finite', () => {
  const table = new Parameters().add('table', from([[1], [0]]));
  const graph = new Graph(sum(sqrt(gather(table, indices('i', [1], { below: 2 })))));
  graph.forward({ i: [0] });
  graph.backward();
  graph.assertFinite();
  graph.forward({ i: [1] });
  graph.backward();
  expect(graph.loss).toBe(0);
  expect(() => graph.assertFinite()).toThrow(/Infinity first appears/);
});

describe('training', () => {
  const makers: Record<string, () => Optimizer> = {
    gradientDescent: () => gradientDescent({ rate: 0.01 }),
    adaptivity: () => adaptivity({ rate: 0.1 }),
    momentum: () => momentum({ rate: 0.1 }),
  };

  test.each(Object.entries(makers))(
    '%s: has the bits of steps through the whole table',
    (_, make) => {
      const clips = fc.constantFrom({}, { clip: { norm: 0.5 } }, { clip: { value: 0.2 } });
      fc.assert(
        fc.property(cases, clips, fc.boolean(), (some, options, look) => {
          const whole = model(some);
          const touching = model(some);
          // A second graph over the same parameters, that keeps every value.
          const other = new Graph(touching.graph.outputs, { keep: 'all' });
          const [all, rows] = [make(), make()];
          for (const [t, run] of [...some.runs, ...some.runs].entries()) {
            const graph = t % 3 === 2 ? other : touching.graph;
            if (look && t === 1) {
              touching.graph.gradients.fill(3, 3, 3 + some.rows * some.width);
            }
            trainingStep(graph, feedsOf(run), rows, options);
            // Not told of any rows, an optimizer goes through all of them.
            const blind: Optimizer = {
              ...all,
              step: (parameters, gradients, segments) =>
                all.step(
                  parameters,
                  gradients,
                  segments!.map(({ name }) => parameters.segment(name)),
                ),
            };
            trainingStep(whole.graph, feedsOf(run), blind, options);
            expect(sameBits(touching.parameters.values, whole.parameters.values)).toBe(true);
          }
          expect(rows.save()).toEqual(all.save());
        }),
        { numRuns: 40 },
      );
    },
  );

  describe('a gradient of which rows are not written out', () => {
    const made = () => {
      const { graph, parameters } = model({ rows: 5, width: 3, lengths: [2], runs: [] });
      graph.forward({ i0: [0, 1] });
      graph.backward();
      return { graph, parameters, before: parameters.values.slice() };
    };

    test('is refused by a step whose segments do not know them, before anything moves', () => {
      const { graph, parameters, before } = made();
      const rows = adaptivity();
      expect(() => rows.step(parameters, graph.sparseGradients)).toThrow(
        /^adaptivity: the rows of "table" are not written out in graph.sparseGradients; give step .*graph\.reached/,
      );
      expect(() => momentum().step(parameters, graph.sparseGradients, graph.reached)).toThrow(
        /^momentum: .*steps through all rows, so pass graph\.gradients/,
      );
      const stale = graph.sparseGradients;
      graph.forward({ i0: [0, 1] });
      expect(() => rows.step(parameters, stale, graph.reached)).toThrow(/^adaptivity: the rows of/);
      expect(parameters.values).toEqual(before);
      expect(rows.steps).toBe(0);

      graph.backward();
      rows.step(parameters, graph.sparseGradients, [parameters.segment('scale')]);
      rows.step(parameters, graph.sparseGradients, graph.reached);
      rows.step(parameters, graph.gradients);
      expect(parameters.values.every(Number.isFinite)).toBe(true);
    });

    test('is refused by clipping, but for segments that are written out', () => {
      const { graph, parameters } = made();
      const gradients = graph.sparseGradients;
      const before = gradients.slice();
      const refused =
        /graph.sparseGradients does not hold the rows of every table; pass graph.gradients/;
      expect(() => clipByNorm(gradients, 1e-3)).toThrow(refused);
      expect(() => clipByNorm(gradients, 1e-3, graph.reached)).toThrow(refused);
      expect(() => clipByValue(gradients, 1e-3)).toThrow(refused);
      expect(gradients).toEqual(before);
      clipByValue(gradients, 1e-3, [parameters.segment('scale')]);
      clipByNorm(graph.gradients, 1e-3);
      expect(Math.hypot(...graph.gradients)).toBeCloseTo(1e-3, 15);
    });
  });

  test('rows of one graph say nothing of the gradient of another', () => {
    const some: Case = { rows: 5, width: 3, lengths: [2], runs: [] };
    const { graph, parameters } = model(some);
    const other = new Graph(graph.outputs);
    for (const [each, i0] of [
      [graph, [0, 1]],
      [other, [3, 4]],
    ] as const) {
      each.forward({ i0 });
      each.backward();
    }
    const before = parameters.values.slice();
    const expected = before.map((w, i) => w - graph.gradients[i]!);
    gradientDescent({ rate: 1 }).step(parameters, graph.gradients, other.reached);
    expect(sameBits(parameters.values.subarray(3), expected.subarray(3))).toBe(true);
  });

  test('has more terms than a function may have arguments', () => {
    const parameters = new Parameters();
    const T = parameters.add('T', from([[1], [2], [4]]));
    const index = constant([0, 2, 2]);
    const dy = constant([[1], [2], [3]]);
    const terms = new Array<Node>(150_000).fill(scatter(dy, index, 3));
    const rows = new RowGradient(parameters.segment('T'), terms, new Float64Array(3));
    const { forward, backward } = plan({
      forward: [T, index, dy],
      backward: [rows.standIn],
      keep: new Set(),
      parameter: (name) => parameters.get(name),
      deliveries: [],
    });
    for (const kernel of [...forward, ...backward]) kernel(1);
    rows.writeOut();
    expect([...rows.view.data]).toEqual([150_000, 0, 750_000]);
  });

  test('goes on after a parameter was added, and ends with dispose', () => {
    const some: Case = { rows: 5, width: 3, lengths: [2], runs: [] };
    const { graph, parameters } = model(some);
    const optimizer = adaptivity();
    trainingStep(graph, { i0: [0, 1] }, optimizer);
    const touched = graph.reached[0]!.touched!;
    const early = graph.sparseGradients;
    parameters.add('late', from([1]));
    expect(() => graph.sparseGradients).toThrow(/no values yet/);
    expect(graph.reached[0]!.touched).toBeUndefined();
    trainingStep(graph, { i0: [4, 4] }, optimizer);
    expect(touchedRows(graph)).toEqual([4]);
    expect(graph.reached[0]!.touched!.gradients).toBe(graph.sparseGradients);
    expect(touched.gradients).not.toBe(graph.sparseGradients);
    // The vector of before holds NaN still, where rows were not written out.
    expect(() => clipByNorm(early, 1)).toThrow(/does not hold the rows of every table/);
    graph.dispose();
    expect(graph.reached[0]!.touched).toBeUndefined();
    expect(() => graph.sparseGradients).toThrow(/disposed/);
  });
});
