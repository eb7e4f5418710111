import { expect, test } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import {
  constantRate,
  cosineDecay,
  exponentialDecay,
  gradientDescent,
  linearDecay,
  stepDecay,
  warmUp,
} from '../../src/optim/index.js';

const at = (schedule: (step: number) => number, steps: number[]): number[] => steps.map(schedule);

test('constant', () => {
  expect(at(constantRate(0.3), [0, 1, 1e9])).toEqual([0.3, 0.3, 0.3]);
});

test('a stair: α·fᵏ', () => {
  const schedule = stepDecay({ rate: 8, factor: 0.5, every: 10 });
  expect(at(schedule, [0, 9, 10, 19, 20, 35])).toEqual([8, 8, 4, 4, 2, 1]);
});

test('exponential: a factor f every so many steps, and its root for each single one', () => {
  const schedule = exponentialDecay({ rate: 1, factor: 0.25, every: 4 });
  expect(at(schedule, [0, 2, 4, 8])).toEqual([1, 0.5, 0.25, 0.0625]);
  expect(schedule(1)).toBeCloseTo(Math.SQRT1_2, 15);
  expect(schedule(1e6)).toBe(0);
  expect(at(exponentialDecay({ rate: 3, factor: 0.5 }), [0, 1, 2])).toEqual([3, 1.5, 0.75]);
});

test('a stair goes down to a tenth by default; a factor of 1 stays where it is', () => {
  expect(at(stepDecay({ rate: 1, every: 2 }), [1, 2, 3])).toEqual([1, 0.1, 0.1]);
  expect(at(stepDecay({ rate: 3, factor: 1, every: 2 }), [0, 100])).toEqual([3, 3]);
});

test('linear and cosine: ends exact, middle halfway, the floor ever after', () => {
  for (const decay of [linearDecay, cosineDecay]) {
    const schedule = decay({ rate: 3, steps: 100, floor: 1 });
    expect(schedule(0)).toBe(3);
    expect(schedule(50)).toBeCloseTo(2, 14);
    expect(at(schedule, [100, 101, 1e9])).toEqual([1, 1, 1]);
    for (let step = 0; step < 100; step++) expect(schedule(step + 1)).toBeLessThan(schedule(step));
  }
  // cos 60° = 1/2
  expect(cosineDecay({ rate: 4, steps: 3 })(1)).toBeCloseTo(3, 14);
  expect(linearDecay({ rate: 4, steps: 4 })(1)).toBe(3);
});

test('warm-up: even strides, none of them wasted, up to where the rest begins', () => {
  const schedule = warmUp(3, stepDecay({ rate: 8, factor: 0.5, every: 2 }));
  expect(at(schedule, [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([2, 4, 6, 8, 8, 4, 4, 2]);
  expect(at(warmUp(1, 0.5), [0, 1, 2])).toEqual([0.25, 0.5, 0.5]);
  // It rises to the first rate of what follows, and arrives without the rounding of a stride.
  expect(at(warmUp(1, linearDecay({ rate: 4, steps: 4 })), [0, 1, 2])).toEqual([2, 4, 3]);
  for (let steps = 1; steps < 60; steps++) expect(warmUp(steps, 0.1)(steps)).toBe(0.1);
});

test('an optimizer asks for the rate by the number of steps taken', () => {
  const asked: number[] = [];
  const optimizer = gradientDescent({
    rate: (step) => {
      asked.push(step);
      return 1 / (step + 1);
    },
  });
  const parameters = new Parameters();
  parameters.add('w', from([0]));
  for (let t = 0; t < 3; t++) optimizer.step(parameters, Float64Array.of(-6));
  expect(asked).toEqual([0, 1, 2]);
  expect(parameters.values[0]).toBe(6 + 3 + 2);
});

test('bad settings say what would fit', () => {
  expect(() => constantRate(-1)).toThrow(/constantRate: rate is -1/);
  expect(() => stepDecay({ rate: -1, every: 1 })).toThrow(/stepDecay: rate is -1/);
  expect(() => exponentialDecay({ rate: -1, factor: 1 })).toThrow(/exponentialDecay: rate is -1/);
  expect(() => exponentialDecay({ rate: 1, factor: 1, every: 0 })).toThrow(/Decay: every is 0/);
  expect(() => cosineDecay({ rate: -1, steps: 10 })).toThrow(/cosineDecay: rate is -1/);
  expect(() => stepDecay({ rate: 1, every: 0 })).toThrow(/every is 0.*≥ 1/);
  expect(() => stepDecay({ rate: 1, every: 5, factor: 0 })).toThrow(/factor is 0.*\(0, 1\]/);
  expect(() => exponentialDecay({ rate: 1, factor: 1.1 })).toThrow(/factor is 1.1/);
  expect(() => linearDecay({ rate: 1, steps: 2.5 })).toThrow(/steps is 2.5/);
  expect(() => cosineDecay({ rate: 1, steps: 10, floor: -1 })).toThrow(/floor is -1/);
  expect(() => warmUp(0, 1)).toThrow(/warmUp: steps is 0/);
  expect(() => warmUp(1, Number.NaN)).toThrow(/rate is NaN/);
});
