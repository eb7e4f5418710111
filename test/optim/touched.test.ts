import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { from, Parameters, type Segment } from '../../src/graph/index.js';
import { useSimd } from '../../src/linalg/index.js';
import {
  adam,
  adamW,
  adaptivity,
  clipByNorm,
  gradientDescent,
  lazyAdam,
  linearDecay,
  momentum,
  type Optimizer,
  type OptimizerState,
  optimizer,
  rmsprop,
  takesRows,
} from '../../src/optim/index.js';

afterEach(() => useSimd(true));

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

function expectSame(a: OptimizerState, b: OptimizerState): void {
  expect({ ...a, averages: Object.keys(a.averages) }).toEqual({
    ...b,
    averages: Object.keys(b.averages),
  });
  for (const name of Object.keys(a.averages)) {
    expect(sameBits(a.averages[name]!, b.averages[name]!)).toBe(true);
  }
}

const ROWS = 7;
const WIDTH = 5;

/** A parameter in front, so that the table does not begin at 0, the table, and one behind. */
function store(): Parameters {
  const parameters = new Parameters();
  parameters.add('front', from([1, -2, 3]));
  const numbers = Array.from({ length: ROWS * WIDTH }, (_, i) => ((i * 37) % 19) / 8 - 1);
  parameters.add('table', from(numbers, [ROWS, WIDTH]));
  parameters.add('behind', from([0.5]));
  return parameters;
}

/** What a step is given: for some rows of the table a gradient; for all of it, where there are no rows. */
interface Step {
  readonly rows: readonly number[] | undefined;
  readonly gradient: readonly number[];
  /** Parameters that the loss reaches. */
  readonly reached: readonly number[];
}

const step: fc.Arbitrary<Step> = fc.record({
  rows: fc.option(fc.uniqueArray(fc.nat(ROWS - 1), { maxLength: 4 }), { nil: undefined, freq: 8 }),
  gradient: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, -0, 1e-170, 1e160, -1e-300) },
    ),
    { minLength: 3 + ROWS * WIDTH + 1, maxLength: 3 + ROWS * WIDTH + 1 },
  ),
  reached: fc.constantFrom([0, 1, 2], [1], [1, 2], [0, 2]),
});

/** The flat gradient of a step, and its segments, of which the table's knows its rows. */
function given(parameters: Parameters, { rows, gradient, reached }: Step, byRows = false) {
  const gradients = Float64Array.from(gradient);
  const { offset } = parameters.segment('table');
  if (rows) {
    for (let row = 0; row < ROWS; row++) {
      if (rows.includes(row)) continue;
      gradients.fill(0, offset + row * WIDTH, offset + (row + 1) * WIDTH);
    }
  }
  const at = (x: Float64Array, row: number): Float64Array =>
    x.subarray(offset + row * WIDTH, offset + (row + 1) * WIDTH);
  const plain = reached.map((i) => parameters.segments[i]!);
  // What lies behind `count` means nothing.
  const list = Float64Array.from([...(rows ?? []), ((rows?.at(-1) ?? 2) + 1) % ROWS]);
  const values = byRows
    ? Float64Array.from([...(rows ?? []), 0].flatMap((row) => [...at(gradients, row)]))
    : undefined;
  if (rows && byRows) gradients.fill(Number.NaN, offset, offset + ROWS * WIDTH);
  const touched = rows && { gradients, rows: list, count: rows.length, width: WIDTH, values };
  const knowing = plain.map(
    (segment): Segment => (segment.name === 'table' ? { ...segment, touched } : segment),
  );
  return { gradients, plain, knowing };
}

const rate = linearDecay({ rate: 0.1, steps: 20 });
const makers: Record<string, () => Optimizer> = {
  gradientDescent: () => gradientDescent({ rate }),
  momentum: () => momentum({ rate }),
  adaptivity: () => adaptivity({ rate }),
  'adaptivity, β = 0.001': () => adaptivity({ rate, beta: 0.001 }),
  'adaptivity, β = 1': () => adaptivity({ rate, beta: 1 }),
  'adaptivity, ε = 0': () => adaptivity({ rate, epsilon: 0 }),
  rmsprop: () => rmsprop({ rate }),
  'rmsprop, decay 0': () => rmsprop({ rate, decay: 0 }),
  'rmsprop, ε = 0': () => rmsprop({ rate, epsilon: 0 }),
  'rmsprop with momentum': () => rmsprop({ rate, momentum: 0.5 }),
  adam: () => adam({ rate }),
  adamW: () => adamW({ rate }),
};

describe.each(Object.entries(makers))('%s: rows that are known give the bits of', (_, make) => {
  test.each([true, false])('a step through all (SIMD %s)', (on) => {
    useSimd(on);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.nat(24), fc.nat(2), (steps, look, way) => {
        const [dense, sparse] = [store(), store()];
        const [all, some] = [make(), make()];
        for (const [t, each] of steps.entries()) {
          const there = given(dense, each);
          all.step(dense, there.gradients, there.plain);
          // The rows in the flat gradient, or by themselves, where the optimizer takes them so.
          const here = given(sparse, each, takesRows(some) && t % 2 < way);
          some.step(sparse, here.gradients, here.knowing);
          expect(sameBits(sparse.values, dense.values)).toBe(true);
          if (t === look) expectSame(some.save(), all.save());
        }
        expectSame(some.save(), all.save());
      }),
      { numRuns: 25 },
    );
  });
});

test('a run restored in the middle, and one that a parameter joins, go on with the same bits', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 20 }), fc.nat(18), (steps, at) => {
      const dense = store();
      const all = adaptivity({ rate });
      let sparse = store();
      let some = adaptivity({ rate });
      for (const [t, each] of steps.entries()) {
        if (t === at % steps.length) {
          const [parameters, state] = structuredClone([sparse.save(), some.save()]);
          sparse = store();
          sparse.restore(parameters);
          some = adaptivity({ rate });
          some.restore(state);
          for (const parameters of [dense, sparse]) parameters.add('late', from([7, 8]));
        }
        const late = dense.segments.length > 3 ? [1, 1] : [];
        const longer = { ...each, gradient: [...each.gradient, ...late] };
        const there = given(dense, longer);
        all.step(dense, there.gradients, there.plain);
        const here = given(sparse, longer);
        some.step(sparse, here.gradients, here.knowing);
      }
      expect(sameBits(sparse.values, dense.values)).toBe(true);
      expectSame(some.save(), all.save());
    }),
  );
});

test('a parameter joins while rows wait: what they have missed is made up', () => {
  const [dense, sparse] = [store(), store()];
  const [all, some] = [adaptivity({ rate }), adaptivity({ rate })];
  const gradient = Array.from({ length: 39 }, (_, i) => 1 + (i % 5) / 4);
  for (let t = 0; t < 6; t++) {
    if (t === 3) for (const parameters of [dense, sparse]) parameters.add('late', from([7, 8]));
    const late = t < 3 ? [] : [1, 1];
    const each = {
      rows: t === 0 || t === 5 ? [0, 1, 2] : [1],
      gradient: [...gradient, ...late],
      reached: [1],
    };
    const there = given(dense, each);
    all.step(dense, there.gradients, there.plain);
    const here = given(sparse, each);
    some.step(sparse, here.gradients, here.knowing);
  }
  expect(sameBits(sparse.values, dense.values)).toBe(true);
  expectSame(some.save(), all.save());
});

test('an average may be forgotten where the gradient is 0', () => {
  // s ← g, w untouched: at a gradient of 0 nothing is left of s.
  const own = optimizer({
    name: 'own',
    rate: 1,
    averages: ['s'],
    idle: [0],
    update:
      (_w, g, [s]) =>
      (begin, end, shift = 0) => {
        for (let i = begin; i < end; i++) s![i] = g[i + shift]!;
      },
    numbers: () => {},
  });
  const parameters = store();
  for (const rows of [[0, 1], [1]]) {
    const { gradients, knowing } = given(parameters, {
      rows,
      gradient: new Array(39).fill(2),
      reached: [1],
    });
    own.step(parameters, gradients, knowing);
  }
  const { offset, length } = parameters.segment('table');
  const s = own.save().averages['s']!.subarray(offset, offset + length);
  expect(s).toEqual(Float64Array.from({ length }, (_, i) => (i >= WIDTH && i < 2 * WIDTH ? 2 : 0)));
});

test('a row that sleeps through thousands of steps wakes up with the bits of one that did not', () => {
  const steps: Step[] = Array.from({ length: 8000 }, (_, t) => ({
    rows: t === 0 || t === 7999 ? [0, 1] : [1],
    gradient: new Array(39).fill(1 + (t % 3)),
    reached: [1],
  }));
  const [dense, sparse] = [store(), store()];
  const [all, some] = [adaptivity({ rate: 1e-3 }), adaptivity({ rate: 1e-3 })];
  for (const each of steps) {
    const there = given(dense, each);
    all.step(dense, there.gradients, there.plain);
    const here = given(sparse, each);
    some.step(sparse, here.gradients, here.knowing);
  }
  expect(sameBits(sparse.values, dense.values)).toBe(true);
  expectSame(some.save(), all.save());
});

test('what is said of another gradient is not believed', () => {
  const parameters = store();
  const { knowing } = given(parameters, { rows: [], gradient: [], reached: [1] });
  const before = parameters.get('table').slice();
  gradientDescent({ rate: 1 }).step(parameters, new Float64Array(39).fill(1), knowing);
  expect(parameters.get('table')).toEqual(before.map((w) => w - 1));
});

test('clipping leaves zeros alone', () => {
  const parameters = store();
  const { gradients, knowing } = given(parameters, {
    rows: [2],
    gradient: new Array(39).fill(3),
    reached: [1],
  });
  expect(clipByNorm(gradients, 1, knowing)).toBeCloseTo(3 * Math.sqrt(WIDTH), 12);
  const { offset } = parameters.segment('table');
  for (let i = 0; i < ROWS * WIDTH; i++) {
    const inRow = i >= 2 * WIDTH && i < 3 * WIDTH;
    expect(Object.is(gradients[offset + i], 0)).toBe(!inRow);
  }
});

test('a recipe says for each average what becomes of it where the gradient is 0', () => {
  const rule = { update: () => () => {}, numbers: () => {} };
  expect(() => optimizer({ name: 'own', rate: 1, averages: ['s'], idle: [], ...rule })).toThrow(
    /own: idle has 0 factors for 1 averages/,
  );
  for (const factor of [-0.5, -0, Number.NaN]) {
    expect(() =>
      optimizer({ name: 'own', rate: 1, averages: ['s'], idle: [factor], ...rule }),
    ).toThrow(`own: idle has the factor ${factor}; it is a number ≥ 0`);
  }
});

describe('lazyAdam', () => {
  test('is Adam on the rows that are touched, with the others at rest', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const parameters = store();
        const lazy = lazyAdam({ rate: 0.01, beta1: 0.75, beta2: 0.5, epsilon: 1e-6 });
        const w = parameters.values.slice();
        const [v, s] = [new Float64Array(w.length), new Float64Array(w.length)];
        const counts = [0, 0, 0];
        for (const each of steps) {
          const { gradients, knowing } = given(parameters, each);
          lazy.step(parameters, gradients, knowing);
          for (const k of each.reached) {
            counts[k]! += 1;
            const { offset, length, name } = parameters.segments[k]!;
            // Powers of 3/4 and 1/2 this low are exact, in whatever way they are computed.
            const [biasV, biasS] = [1 - 0.75 ** counts[k]!, 1 - 0.5 ** counts[k]!];
            for (let i = offset; i < offset + length; i++) {
              const row = Math.floor((i - offset) / WIDTH);
              if (name === 'table' && each.rows && !each.rows.includes(row)) continue;
              const g = gradients[i]!;
              v[i] = 0.75 * v[i]! + 0.25 * g;
              s[i] = 0.5 * s[i]! + 0.5 * g * g;
              w[i]! -= (0.01 * (v[i]! / biasV)) / (Math.sqrt(s[i]! / biasS) + 1e-6);
            }
          }
        }
        for (const [i, value] of w.entries()) {
          expect(Math.abs(parameters.values[i]! - value)).toBeLessThanOrEqual(1e-12);
        }
        // What rests is not changed in the last bit either.
        const state = lazy.save();
        expect(state.averages.v!.every((value, i) => (value === 0) === (v[i] === 0))).toBe(true);
      }),
    );
  });

  test('has the bits of adam where every row is reached, and is another optimizer where not', () => {
    const run = (make: () => Optimizer, rows: readonly number[] | undefined) => {
      const parameters = store();
      const optimizer = make();
      for (let t = 0; t < 10; t++) {
        const gradient = Array.from({ length: 39 }, (_, i) => Math.sign(((t * 5 + i * 3) % 7) - 3));
        const which = t === 0 ? undefined : rows;
        const step = given(parameters, { rows: which, gradient, reached: [0, 1, 2] });
        optimizer.step(parameters, step.gradients, step.knowing);
      }
      return parameters.values.slice();
    };
    const every = [4, 0, 6, 5, 1, 2, 3];
    expect(sameBits(run(lazyAdam, every), run(adam, every))).toBe(true);
    expect(sameBits(run(lazyAdam, undefined), run(adam, undefined))).toBe(true);
    expect(sameBits(run(lazyAdam, [3]), run(adam, [3]))).toBe(false);
  });
});
