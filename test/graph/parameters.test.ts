import { describe, expect, test } from 'vitest';
import {
  from,
  glorot,
  he,
  type Initializer,
  normal,
  ones,
  Parameters,
  uniform,
  zeros,
} from '../../src/graph/index.js';

describe('Parameters', () => {
  test('lie next to each other in the order of add', () => {
    const parameters = new Parameters();
    parameters.add('a', from([[1, 2]]));
    parameters.add('empty', zeros([0, 4]));
    parameters.add('b', from(3));
    expect(parameters.values).toEqual(Float64Array.of(1, 2, 3));
    expect(parameters.segments).toEqual([
      { name: 'a', shape: [1, 2], offset: 0, length: 2 },
      { name: 'empty', shape: [0, 4], offset: 2, length: 0 },
      { name: 'b', shape: [], offset: 2, length: 1 },
    ]);
    parameters.get('a')[1] = 7;
    expect(parameters.values).toEqual(Float64Array.of(1, 7, 3));
    expect(parameters.node('b').label).toBe('b');
  });

  test('initial values depend on the seed and the name alone', () => {
    const first = new Parameters({ seed: 5 });
    first.add('a', normal([4]));
    first.add('b', normal([4]));
    const second = new Parameters({ seed: 5 });
    second.add('other', normal([100]));
    second.add('b', normal([4]));
    second.add('a', normal([4]));
    expect(second.get('a')).toEqual(first.get('a'));
    expect(second.get('b')).toEqual(first.get('b'));
    expect(first.get('a')).not.toEqual(first.get('b'));
    const reseeded = new Parameters({ seed: 6 });
    reseeded.add('a', normal([4]));
    expect(reseeded.get('a')).not.toEqual(first.get('a'));
  });

  test('a checkpoint is a copy, and is refused by another layout', () => {
    const make = (shape: number[]) => {
      const parameters = new Parameters({ seed: 1 });
      parameters.add('w', normal(shape));
      return parameters;
    };
    const parameters = make([2, 3]);
    const state = structuredClone(parameters.save());
    const before = parameters.values.slice();
    parameters.values.fill(0);
    parameters.restore(state);
    expect(parameters.values).toEqual(before);
    const other = make([3, 2]);
    const untouched = other.values.slice();
    expect(() => other.restore(state)).toThrow(
      /the checkpoint holds \(w \[2, 3\]\), but these are \(w \[3, 2\]\)/,
    );
    expect(() => parameters.restore({ ...state, values: new Float64Array(5) })).toThrow(
      /5 values for a layout of 6/,
    );
    expect(other.values).toEqual(untouched);
    expect(parameters.values).toEqual(before);
  });

  test('bad names, seeds and shapes', () => {
    const parameters = new Parameters();
    expect(() => parameters.get('w')).toThrow(/^there is no parameter "w"; there are: none/);
    parameters.add('w', zeros([1]));
    expect(() => parameters.add('w', zeros([1]))).toThrow(
      /there is a parameter "w" already; names are unique/,
    );
    expect(() => parameters.add('', zeros([1]))).toThrow(/needs a name/);
    expect(() => parameters.add('v', zeros([-1]))).toThrow(/parameter "v": the shape \[-1\]/);
    expect(() => parameters.node('v')).toThrow(/there is no parameter "v"; there are: w/);
    expect(() => parameters.get('v')).toThrow(/there are: w/);
    expect(() => new Parameters({ seed: 0.5 })).toThrow(/the seed 0.5 is not a whole number/);
    expect(parameters.values.length).toBe(1);
  });
});

describe('initializers', () => {
  const drawn = (initializer: Initializer): Float64Array => {
    const parameters = new Parameters({ seed: 3 });
    parameters.add('w', initializer);
    return parameters.values;
  };
  const mean = (xs: Float64Array): number => xs.reduce((total, x) => total + x, 0) / xs.length;
  const variance = (xs: Float64Array): number => mean(xs.map((x) => x * x));

  // 40,000 draws: 5 standard errors of a mean are 0.025 σ, of a variance 0.035 σ².
  test.each<[string, Initializer, number, number]>([
    ['normal', normal([200, 200], 2), 4, Number.POSITIVE_INFINITY],
    ['uniform', uniform([200, 200], 3), 3, 3],
    ['glorot: 2/(inputs + outputs)', glorot([100, 400]), 2 / 500, Math.sqrt(6 / 500)],
    ['he: 2/inputs', he([400, 100]), 2 / 400, Number.POSITIVE_INFINITY],
  ])('%s', (_, initializer, sigma2, limit) => {
    const values = drawn(initializer);
    expect(Math.abs(mean(values))).toBeLessThan(0.025 * Math.sqrt(sigma2));
    expect(Math.abs(variance(values) / sigma2 - 1)).toBeLessThan(0.035);
    expect(values.every((x) => Math.abs(x) <= limit)).toBe(true);
  });

  test('constants', () => {
    expect(drawn(ones([3]))).toEqual(Float64Array.of(1, 1, 1));
    expect(drawn(zeros([2]))).toEqual(Float64Array.of(0, 0));
    expect(drawn(from([1, 2, 3, 4], [2, 2]))).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(() => from([1, 2, 3], [2, 2])).toThrow(/got 3 numbers, but its shape is \[2, 2\]/);
    expect(() => glorot([3])).toThrow(/a matrix \[inputs, outputs\] is needed, not \[3\]/);
  });
});
