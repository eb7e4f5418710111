/** What every kernel promises that is bound to its arrays: wherever these lie, and in whatever portions it runs. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as elementary from '../../src/linalg/elementary/index.js';
import {
  adamStep,
  adaptivityStep,
  addressOf,
  allocate,
  elementwise,
  gradientDescentStep,
  maxAxis,
  minAxis,
  momentumStep,
  parametric,
  release,
  rmspropMomentumStep,
  rmspropStep,
  simd,
  sumAxis,
  useSimd,
} from '../../src/linalg/index.js';
import type { BinaryKernel, UnaryKernel } from '../../src/linalg/kernels/elementwise.js';
import type { StepKernel } from '../../src/linalg/kernels/optimizers.js';
import type { Kernels } from '../../src/linalg/simd/index.js';
import type { Stretch } from '../../src/linalg/stretch.js';
import { noisy, sameBits } from './support/arbitrary.js';
import { BEFORE, type KernelCase, kernelCases, plainly } from './support/kernels.js';
import { requireSimd } from './support/twins.js';

beforeAll(requireSimd);
afterEach(() => useSimd(true));

const { select: _select, unary: _unary, ...functions } = elementwise;
const unary: [string, UnaryKernel][] = [];
const binary: [string, BinaryKernel][] = [];
for (const [name, kernel] of Object.entries(functions)) {
  if ('onRows' in kernel) binary.push([name, kernel]);
  else unary.push([name, kernel]);
}

const n = 21;
const awkward = [0, -0, NaN, Infinity, -Infinity, 5e-324, -800, 709.5, 1e300, -1e-300];
const x = noisy(n, 1).map((value, i) => awkward[i / 2] ?? 3 * value);
const z = noisy(n, 2).map((value, i) => awkward[(i - 1) / 2] ?? 2 * value);
const inMemory = (values: Float64Array): Float64Array => {
  const array = allocate(values.length);
  array.set(values);
  return array;
};

interface Case extends KernelCase {
  /** Its pieces are no stretches of y. */
  readonly scattered?: boolean;
  /** There is but a loop. */
  readonly plain?: boolean;
}

const elements = (
  inputs: Float64Array[],
  bind: (y: Float64Array, ...x: Float64Array[]) => Stretch,
) => ({
  pieces: n,
  numbers: n,
  inputs,
  bind: (y: Float64Array, given: readonly Float64Array[]) => bind(y, ...given),
});
const lines = (
  pieces: number,
  length: number,
  bind: (y: Float64Array, x: Float64Array) => Stretch,
): Case => ({
  pieces,
  numbers: pieces,
  inputs: [noisy(length, 3)],
  bind: (y, [x]) => bind(y, x!),
});
const step = (rule: StepKernel, averages: number, told: number[]): Case => ({
  pieces: n,
  numbers: n * (1 + averages),
  inputs: [noisy(n, 4), Float64Array.from(told)],
  bind: (y, [g, numbers]) => {
    const [w, ...rest] = Array.from({ length: 1 + averages }, (_, k) =>
      y.subarray(k * n, (k + 1) * n),
    );
    return rule(w!, g!, rest, numbers!);
  },
  scattered: true,
});

const cases: Record<string, Case> = {
  ...Object.fromEntries(
    Object.entries(kernelCases)
      .filter(([, { alone }]) => !alone)
      .map(([name, each]) => [name, { ...each, scattered: /gram|Adam/.test(name) }]),
  ),
  ...Object.fromEntries(
    unary.map(([name, { on }]) => [
      `${name}, all`,
      { ...elements([x], (y, x) => on(y, x!)), plain: !(name in simd()!) },
    ]),
  ),
  ...Object.fromEntries(
    binary.flatMap(([name, kernel]) =>
      Object.entries({
        [name]: elements([x, z], (y, a, b) => kernel.on(y, a!, 1, b!, 1)),
        [`${name}, one a`]: elements([Float64Array.of(0.5), z], (y, a, b) =>
          kernel.on(y, a!, 0, b!, 1),
        ),
        [`${name}, one b`]: elements([x, Float64Array.of(-2)], (y, a, b) =>
          kernel.on(y, a!, 1, b!, 0),
        ),
        [`${name} in rows`]: elements([x, Float64Array.of(3, 0, -1)], (y, a, b) =>
          kernel.onRows(y, 7, { data: a!, row: 7, step: 1 }, { data: b!, row: 1, step: 0 }),
        ),
        [`${name} of columns`]: elements([x, z.slice(0, 7)], (y, a, b) =>
          kernel.onRows(y, 7, { data: a!, row: 1, step: 3 }, { data: b!, row: 0, step: 1 }),
        ),
      }).map(([title, each]) => [
        title,
        { ...each, plain: !(name in simd()!) || title.endsWith('columns') },
      ]),
    ),
  ),
  'leaky relu': elements([x], (y, x) => parametric.leakyRelu.on(y, x!, 0.25, 0)),
  rescale: elements([x], (y, x) => parametric.rescale.on(y, x!, 3, 7)),
  'max of rows': lines(12, 12 * n, (y, x) => maxAxis.on(y, x, 12, n, 1)),
  'min of columns': lines(n, 12 * n, (y, x) => minAxis.on(y, x, 1, 12, n)),
  // A third of the elements ends, and begins, within a row.
  'sum in the middle': lines(5 * n, 15 * n, (y, x) => sumAxis.on(y, x, 5, 3, n)),
  'max in the middle': lines(5 * n, 15 * n, (y, x) => maxAxis.on(y, x, 5, 3, n)),
  'min in the middle': lines(5 * n, 15 * n, (y, x) => minAxis.on(y, x, 5, 3, n)),
  momentum: step(momentumStep, 1, [0.1, 0.75, 0.25]),
  adaptivity: step(adaptivityStep, 1, [0.1, 0.75, 0.25, 1e-3]),
  rmsprop: step(rmspropStep, 1, [0.1, 0.75, 0.25, 1e-3]),
  'rmsprop with momentum': step(rmspropMomentumStep, 2, [0.1, 0.75, 0.25, 1e-3, 0.5]),
};

describe.each(Object.entries(cases))('%s', (_, given) => {
  const { pieces, numbers, inputs, bind, scattered, plain } = given;
  const whole = (y: Float64Array, arrays: readonly Float64Array[]): boolean => {
    bind(y, arrays)(0, pieces);
    return sameBits(y, plainly(given));
  };

  test('where all arrays lie in the memory it says so, in the order of their addresses', () => {
    const y = allocate(numbers).fill(BEFORE);
    const arrays = inputs.map(inMemory);
    const { task } = bind(y, arrays);
    expect(task === undefined).toBe(plain ?? false);
    expect(whole(y, arrays)).toBe(true);
    if (plain) return;
    const listed = task!.arrays.map(({ buffer }) => buffer);
    for (const { buffer } of [y, ...arrays]) expect(listed).toContain(buffer);
    const places = task!.given.filter((each) => task!.arrays.some((a) => addressOf(a) === each));
    expect(task!.arrays.map(addressOf)).toEqual(places);
  });

  test('what another thread is told to run is the same', () => {
    if (plain) return;
    const y = allocate(numbers).fill(BEFORE);
    const stretch = bind(y, inputs.map(inMemory));
    const task = stretch.task!;
    const kernel = simd()![task.kernel as keyof Kernels] as (...given: number[]) => unknown;
    const done = kernel(...task.given, 0, pieces);
    if (task.partial) stretch(Number(done), pieces);
    expect(sameBits(y, plainly(given))).toBe(true);
  });

  test('where one does not, or there is no SIMD, the loop runs, with the same bits', () => {
    for (let outside = 0; outside <= inputs.length; outside++) {
      const y = outside === 0 ? new Float64Array(numbers) : allocate(numbers);
      const arrays = inputs.map((input, i) =>
        outside === i + 1 ? Float64Array.from(input) : inMemory(input),
      );
      expect(bind(y.fill(BEFORE), arrays).task).toBeUndefined();
      expect(whole(y, arrays), `array ${outside}`).toBe(true);
    }
    useSimd(false);
    const y = allocate(numbers).fill(BEFORE);
    expect(bind(y, inputs.map(inMemory)).task).toBeUndefined();
    expect(whole(y, inputs.map(inMemory))).toBe(true);
  });

  test('a portion is written, and nothing else', () => {
    if (scattered) return;
    const each = numbers / pieces;
    const [from, to] = [Math.floor(pieces / 3), Math.floor((2 * pieces) / 3)];
    for (const on of [true, false]) {
      useSimd(on);
      const y = allocate(numbers).fill(BEFORE);
      bind(y, inputs.map(inMemory))(from, to);
      const expected = new Float64Array(numbers).fill(BEFORE);
      expected.set(plainly(given).subarray(from * each, to * each), from * each);
      expect(sameBits(y, expected)).toBe(true);
    }
  });
});

test('parts of an array, wherever the two lie, and without SIMD', () => {
  const values = Float64Array.of(-2, -1, 0, 1, 2);
  for (const [on, from, to] of [
    [true, inMemory, inMemory],
    [true, inMemory, Float64Array.from],
    [true, Float64Array.from, inMemory],
    [false, inMemory, inMemory],
  ] as const) {
    useSimd(on);
    const y = to.call(Float64Array, new Float64Array(5).fill(7));
    parametric.clamp(y, from.call(Float64Array, values), -1, 1, 0, 4);
    expect([...y]).toEqual([-1, -1, 0, 1, 7]);
  }
});

test('of rows and of columns there are kernels of their own', () => {
  const [out, x] = [allocate(6), allocate(12)];
  expect(sumAxis.on(out, x, 6, 2, 1).task?.kernel).toBe('sumLines');
  expect(sumAxis.on(out, x, 2, 2, 3).task?.kernel).toBe('sumColumns');
  expect(maxAxis.on(out, x, 1, 2, 6).task?.kernel).toBe('maxColumns');
});

test.each([
  ['gradientDescentStep', gradientDescentStep, 0, [0.5]],
  ['momentumStep', momentumStep, 1, [0.5, 0, 1]],
  ['rmspropMomentumStep', rmspropMomentumStep, 2, [0.5, 0, 0, 1, 1]],
] as const)('%s reads the gradient of a part where it is', (name, rule, count, told) => {
  const far = 2_000_000;
  const gradient = allocate(far + 2);
  gradient.set([3, 4], far);
  for (const on of [true, false]) {
    useSimd(on);
    const w = allocate(2).fill(1);
    const averages = Array.from({ length: count }, () => allocate(2).fill(0));
    const numbers = inMemory(Float64Array.from(told));
    // With s = 0 and ε = 1 each rule is w ← w − αg.
    const run = rule(w, gradient, averages, numbers, true);
    run(0, 2, far);
    expect([...w]).toEqual([-0.5, -1]);
    expect(() => rule(w, gradient, averages, numbers)).toThrow(
      `${name}: gradient needs the length of w = 2 elements, but has ${gradient.length}`,
    );
  }
  release(gradient);
});

test.each([
  ['gradientDescentStep', gradientDescentStep, 0, [0.5]],
  ['momentumStep', momentumStep, 1, [0.5, 0.75, 0.25]],
  ['adaptivityStep', adaptivityStep, 1, [0.5, 0.75, 0.25, 1e-3]],
  ['rmspropStep', rmspropStep, 1, [0.5, 0.75, 0.25, 1e-3]],
  ['rmspropMomentumStep', rmspropMomentumStep, 2, [0.5, 0.75, 0.25, 1e-3, 0.875]],
  ['adamStep', adamStep, 2, [0.5, 0.75, 0.25, 0.875, 0.125, 1e-3, 0.99]],
] as const)('%s writes its portion, and nothing else', (_, rule, count, told) => {
  const [from, to, shift] = [2, 6, 3];
  const g = noisy(9, 1);
  /** w and the averages, one behind the other. */
  const before = noisy((1 + count) * 9, 2).map(Math.abs);
  const parts = (all: Float64Array) =>
    Array.from({ length: 1 + count }, (_, k) => all.subarray(9 * k, 9 * (k + 1)));
  const numbers = Float64Array.from(told);
  const whole = before.slice();
  const [w, ...averages] = parts(whole);
  rule(w!, g, averages, numbers)(0, 9);
  const expected = whole.map((value, p) => (p % 9 >= from && p % 9 < to ? value : before[p]!));
  for (const on of [true, false]) {
    useSimd(on);
    const after = inMemory(before);
    const moved = allocate(9 + shift).fill(NaN);
    moved.set(g, shift);
    const [v, ...others] = parts(after);
    rule(v!, moved, others, inMemory(numbers), true)(from, to, shift);
    expect(sameBits(after, expected)).toBe(true);
  }
});

test.each([
  ['gradientDescentStep', gradientDescentStep, 0, 1],
  ['momentumStep', momentumStep, 1, 3],
  ['adaptivityStep', adaptivityStep, 1, 4],
  ['rmspropStep', rmspropStep, 1, 4],
  ['rmspropMomentumStep', rmspropMomentumStep, 2, 5],
  ['adamStep', adamStep, 2, 7],
] as const)('%s is told all of its numbers', (name, rule, count, numbers) => {
  const bind = (averages: number, told: number) => () =>
    rule(
      new Float64Array(2),
      new Float64Array(2),
      Array.from({ length: averages }, () => new Float64Array(2)),
      new Float64Array(told),
    );
  expect(bind(count, numbers)).not.toThrow();
  expect(bind(count, numbers + 1)).not.toThrow();
  expect(bind(count, numbers - 1)).toThrow(
    `${name}: numbers needs ${numbers} elements, but has ${numbers - 1}`,
  );
  expect(bind(count + 1, numbers)).toThrow(
    `${name}: there are ${count} averages, not ${count + 1}`,
  );
});

test('what a step writes is apart from all else', () => {
  const block = allocate(12);
  const [w, g, v, numbers] = [0, 3, 6, 9].map((from) => block.subarray(from, from + 3));
  const bind =
    (...[w, g, v, told]: Float64Array[]) =>
    () =>
      momentumStep(w!, g!, [v!], told!);
  expect(bind(w!, g!, v!, numbers!)).not.toThrow();
  for (const [run, what] of [
    [bind(w!, g!, block.subarray(2, 5), numbers!), 'average 0'],
    [bind(w!, g!, v!, block.subarray(2, 5)), 'numbers'],
    [bind(w!, g!, v!, block.subarray(8, 11)), 'numbers'],
    [bind(w!, block.subarray(1, 4), v!, numbers!), 'gradient'],
    [bind(w!, block.subarray(5, 8), v!, numbers!), 'gradient'],
  ] as const) {
    expect(run).toThrow(`momentumStep: out and ${what} share memory`);
  }
});

/** What a function of one number is, where it is none of the elementary ones. */
const definitions: Record<string, (x: number) => number> = {
  negate: (x) => -x,
  absolute: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  relu: (x) => (x <= 0 ? 0 : x),
};
/** Where no published function is meant: values to 16 digits (of mpmath, 30 digits). */
const values: Record<string, [number, number][]> = {
  gelu: [
    [1, 0.8413447460685429],
    [-1, -0.15865525393145705],
    [-40, -0],
    [-Infinity, -0],
    [Infinity, Infinity],
  ],
  silu: [
    [1, 0.7310585786300049],
    [-1, -0.2689414213699951],
    [-800, -0],
    [-Infinity, -0],
    [Infinity, Infinity],
  ],
};

const scalar = new Map(Object.entries(elementary) as [string, (x: number) => number][]);

describe.each(unary)('%s', (name, kernel) => {
  test('is its function, number by number', () => {
    const f = definitions[name] ?? scalar.get(name);
    const y = new Float64Array(n);
    kernel(y, x);
    if (f)
      expect(
        sameBits(
          y,
          x.map((value) => f(value)),
        ),
      ).toBe(true);
    else {
      for (const [given, expected] of values[name]!) {
        const one = new Float64Array(1);
        kernel(one, Float64Array.of(given));
        if (Number.isInteger(expected) || !Number.isFinite(expected)) expect(one[0]).toBe(expected);
        else expect(Math.abs(one[0]! / expected - 1)).toBeLessThan(4e-16);
      }
    }
  });
});

const pairs: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  power: elementary.pow,
  greater: (a, b) => (a > b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
};

describe.each(binary)('%s', (name, kernel) => {
  test('is its function, number by number, however its inputs are read', () => {
    const f = pairs[name]!;
    const b = x.map((value, i) => (i % 3 === 0 ? value : z[i]!));
    const y = new Float64Array(n);
    kernel(y, x, b);
    expect(
      sameBits(
        y,
        x.map((value, i) => f(value, b[i]!)),
      ),
    ).toBe(true);
    for (const half of [0, 0.5]) {
      const one = Float64Array.of(half);
      kernel.on(y, one, 0, b, 1)(0, n);
      expect(
        sameBits(
          y,
          b.map((value) => f(half, value)),
        ),
      ).toBe(true);
      kernel.on(y, x, 1, one, 0)(0, n);
      expect(
        sameBits(
          y,
          x.map((value) => f(value, half)),
        ),
      ).toBe(true);
    }
    // a, of which the columns are read as rows, with a number for each row, or each column.
    const turned = { data: x, row: 1, step: 3 };
    const [row, column] = [b.slice(0, 7), b.slice(0, 3)];
    const at = (k: number) => x[Math.floor(k / 7) + 3 * (k % 7)]!;
    kernel.onRows(y, 7, turned, { data: row, row: 0, step: 1 })(0, n);
    expect(
      sameBits(
        y,
        y.map((_, k) => f(at(k), row[k % 7]!)),
      ),
    ).toBe(true);
    kernel.onRows(y, 7, { data: column, row: 1, step: 0 }, turned)(0, n);
    expect(
      sameBits(
        y,
        y.map((_, k) => f(column[Math.floor(k / 7)]!, at(k))),
      ),
    ).toBe(true);
  });
});
