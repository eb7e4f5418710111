import { describe, expect, test } from 'vitest';
import {
  ChainruleError,
  from,
  glorot,
  he,
  type Initializer,
  normal,
  ones,
  Parameters,
  ShapeError,
  uniform,
  zeros,
} from '../../src/graph/index.js';
import { fillNormal, fillUniform, randomKey, size } from '../../src/linalg/index.js';

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
    expect(parameters.segment('b')).toBe(parameters.segments[2]);
    expect(parameters.get('empty').length).toBe(0);
    expect(parameters.save()).toEqual({
      segments: [
        { name: 'a', shape: [1, 2] },
        { name: 'empty', shape: [0, 4] },
        { name: 'b', shape: [] },
      ],
      values: Float64Array.of(1, 7, 3),
    });
    expect(new Parameters().seed).toBe(0);
    expect(new Parameters({ seed: -3 }).seed).toBe(-3);
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
    for (const seed of [0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(() => new Parameters({ seed })).toThrow(ChainruleError);
      expect(() => new Parameters({ seed })).toThrow(`the seed ${seed} is not a whole number`);
    }
    for (const name of [undefined, 3, null]) {
      expect(() => parameters.add(name as never, zeros([1]))).toThrow(/needs a name/);
    }
    expect(() => parameters.segment('v')).toThrow(/there is no parameter "v"; there are: w/);
    parameters.add('v', zeros([1]));
    expect(() => parameters.node('u')).toThrow(/there is no parameter "u"; there are: w, v/);
    expect(parameters.values.length).toBe(2);
    expect(parameters.segments.map(({ name }) => name)).toEqual(['w', 'v']);
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

  const filled = ({ shape, fill }: Initializer): number[] => {
    const out = new Float64Array(size(shape)).fill(Number.NaN);
    fill(out, { seed: 5, label: 'w' });
    return [...out];
  };
  const draws = (fill: typeof fillNormal, length: number): number[] => {
    const out = new Float64Array(length);
    fill(out, randomKey(5, 'w'), 0);
    return [...out];
  };

  test('are the draws of the generator for this seed and name, scaled', () => {
    const [z, u] = [draws(fillNormal, 12), draws(fillUniform, 12)];
    expect(filled(normal([12]))).toEqual(z);
    expect(filled(normal([3, 4], 0.25))).toEqual(z.map((x) => x / 4));
    // 2u − 1 is exact, u being a multiple of 2⁻⁵³.
    const even = u.map((x) => x + x - 1);
    expect(filled(uniform([12]))).toEqual(even);
    expect(filled(uniform([2, 6], 8))).toEqual(even.map((x) => 8 * x));
    expect(Math.min(...even)).toBeLessThan(0);
    // √(6 / (inputs + outputs)) is 1 for 6 of them, and 1/4 for 96; axes before the last two are stacks.
    expect(filled(glorot([2, 4])).slice(0, 8)).toEqual(even.slice(0, 8));
    expect(filled(glorot([12, 1, 5])).slice(0, 12)).toEqual(even);
    expect(filled(glorot([4, 92])).slice(0, 12)).toEqual(even.map((x) => x / 4));
    // √(2 / inputs) is 1 for 2 of them, and 1/2 for 8.
    expect(filled(he([2, 6]))).toEqual(z);
    expect(filled(he([3, 2, 2]))).toEqual(z);
    expect(filled(he([8, 2])).slice(0, 12)).toEqual(z.map((x) => x / 2));
  });

  test('of matrices', () => {
    for (const [make, name] of [
      [glorot, 'glorot'],
      [he, 'he'],
    ] as const) {
      for (const shape of [[], [3]]) {
        expect(() => make(shape)).toThrow(ShapeError);
        expect(() => make(shape)).toThrow(
          `${name}: a matrix [inputs, outputs] is needed, not [${shape.join(', ')}]`,
        );
      }
    }
  });

  test('of values: a copy of them', () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const initializer = from(values, [2, 2]);
    values.fill(9);
    expect(filled(initializer)).toEqual([1, 2, 3, 4]);
    expect(from([[1], [2]]).shape).toEqual([2, 1]);
    expect(filled(from(7))).toEqual([7]);
    expect(() => from([1], [-1])).toThrow(/^from: the shape/);
    expect(() => from([[1], [2, 3]])).toThrow(/^from: nested arrays are ragged/);
    expect(filled(zeros([2]))).toEqual([0, 0]);
    expect(filled(ones([2, 2]))).toEqual([1, 1, 1, 1]);
  });

  test('constants', () => {
    expect(drawn(ones([3]))).toEqual(Float64Array.of(1, 1, 1));
    expect(drawn(zeros([2]))).toEqual(Float64Array.of(0, 0));
    expect(drawn(from([1, 2, 3, 4], [2, 2]))).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(() => from([1, 2, 3], [2, 2])).toThrow(/got 3 numbers, but its shape is \[2, 2\]/);
    expect(() => glorot([3])).toThrow(/a matrix \[inputs, outputs\] is needed, not \[3\]/);
  });
});
