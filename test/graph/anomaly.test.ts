import { expect, test } from 'vitest';
import { allFinite } from '../../src/graph/anomaly.js';
import { constant, from, Graph, input, Parameters } from '../../src/graph/index.js';
import { sum } from '../../src/ops/index.js';

test('whether all are finite: one that is not is found wherever it is', () => {
  for (let length = 0; length < 20; length++) {
    const values = new Float64Array(length).fill(Number.MAX_VALUE);
    expect(allFinite(values)).toBe(true);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let i = 0; i < length; i++)
        expect(allFinite(Float64Array.from(values, (value, k) => (k === i ? bad : value)))).toBe(
          false,
        );
    }
  }
});

const causes =
  'Usual causes: a learning rate that is too high, a log or division at 0, or input that is not finite';

test('what was fed: nothing went into it', () => {
  const graph = new Graph(sum(input('x', [2])));
  graph.forward({ x: [1, Number.NaN] }, { step: 7 });
  expect(() => graph.assertFinite()).toThrow(
    `step 7: NaN first appears at element 1 in input [2] "x", y = x. ${causes}`,
  );
});

test('of infinite constants, and nothing that is NaN, the first is named', () => {
  const mask = constant([0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const w = new Parameters().add('w', from([1]));
  const graph = new Graph([sum(constant([Number.NEGATIVE_INFINITY])), mask, w]);
  graph.forward();
  expect(() => graph.assertFinite()).toThrow(
    /^step 1: -Infinity first appears at element 1 in constant \[3\], y = c\. Usual/,
  );
});

test('of several elements of one node: the first that is NaN, or else the first that is infinite', () => {
  for (const [values, named] of [
    [[1, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN], 'NaN first appears at element 2'],
    [[1, 2, Number.POSITIVE_INFINITY, 3], 'Infinity first appears at element 2'],
    [[Number.NaN, Number.POSITIVE_INFINITY, 1, 1], 'NaN first appears at element 0'],
  ] as const) {
    const graph = new Graph(sum(input('x', [4])));
    graph.forward({ x: values });
    expect(() => graph.assertFinite()).toThrow(`${named} in input [4] "x"`);
  }
});

test('what went in is shown from its least to its greatest', () => {
  const x = input('x', [3]);
  const graph = new Graph(sum(x));
  graph.forward({ x: [-1.7e308, -2.5, -1.7e308] });
  expect(() => graph.assertFinite()).toThrow(
    'step 1: -Infinity first appears in sum [], y = \\sum_i x_i, from input [3] "x" in [-1.70000e+308, -2.50000]. ',
  );
});
