import { expect, test, vi } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import {
  adam,
  adaptivity,
  gradientDescent,
  momentum,
  type Optimizer,
  rmsprop,
} from '../../src/optim/index.js';

/** Arrays that were asked for, and given back, while an optimizer was at work. */
const taken: unknown[] = [];
const given: unknown[] = [];

/** A fresh block may hold anything. */
vi.mock('../../src/linalg/memory.js', async (original) => {
  const memory = await original<typeof import('../../src/linalg/memory.js')>();
  return {
    ...memory,
    allocate: (length: number) => {
      const array = memory.allocate(length).fill(Number.NaN);
      taken.push(array);
      return array;
    },
    release: (array: Float64Array) => {
      given.push(array);
      memory.release(array);
    },
  };
});

test.each([adam(), adaptivity(), momentum(), rmsprop({ momentum: 0.5 })])(
  '$name: averages start from 0, whatever their memory held, and those of a late parameter too',
  (optimizer) => {
    const parameters = new Parameters();
    parameters.add('w', from([1, 2]));
    optimizer.step(parameters, new Float64Array(2));
    parameters.add('late', from([3]));
    optimizer.step(parameters, new Float64Array(3));
    expect(parameters.values).toEqual(Float64Array.of(1, 2, 3));
    for (const average of Object.values(optimizer.save().averages)) {
      expect(average).toEqual(new Float64Array(3));
    }
  },
);

const makers: (() => Optimizer)[] = [gradientDescent, momentum, adaptivity, rmsprop, adam];

test.each(makers.map((make) => [make.name, make] as const))(
  '%s: what was taken is given back, and each piece once, also when disposed of twice',
  (_, make) => {
    taken.length = 0;
    given.length = 0;
    const parameters = new Parameters();
    const optimizer = make();
    const own = [...taken];
    const working = (work: () => void): void => {
      const before = [taken.length, given.length] as const;
      work();
      own.push(...taken.slice(before[0]));
      returned.push(...given.slice(before[1]));
    };
    const returned: unknown[] = [];
    parameters.add('w', from([1, 2]));
    const gradients = [Float64Array.of(1, 1), Float64Array.of(2, 2)];
    for (const gradient of gradients) working(() => optimizer.step(parameters, gradient));
    parameters.add('late', from([3]));
    working(() => optimizer.step(parameters, new Float64Array(3)));
    working(() => optimizer.restore(optimizer.save()));
    working(() => optimizer.step(parameters, new Float64Array(3)));
    const state = optimizer.save();
    working(() => optimizer.dispose());
    working(() => optimizer.dispose());
    for (const use of [
      () => optimizer.step(parameters, new Float64Array(3)),
      () => optimizer.save(),
      () => optimizer.restore(state),
    ]) {
      expect(use).toThrow(`${optimizer.name}: this optimizer was disposed of; make a new one`);
    }
    expect(returned.length).toBeGreaterThan(0);
    expect(new Set(returned)).toEqual(new Set(own));
    expect(returned.length).toBe(own.length);
  },
);
