import { expect, test, vi } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import { adam, adaptivity, momentum, rmsprop } from '../../src/optim/index.js';

/** A fresh block may hold anything. */
vi.mock('../../src/linalg/memory.js', async (original) => {
  const memory = await original<typeof import('../../src/linalg/memory.js')>();
  return { ...memory, allocate: (length: number) => memory.allocate(length).fill(Number.NaN) };
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
