import { describe, expect, test } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import {
  adam,
  adamW,
  adaptivity,
  gradientDescent,
  lazyAdam,
  momentum,
  type Optimizer,
  rmsprop,
  takesRows,
} from '../../src/optim/index.js';

/** What w becomes from 0 under gradients as small as ε, so that every setting shows in its bits. */
function path(optimizer: Optimizer): number[] {
  const parameters = new Parameters();
  parameters.add('w', from([0]));
  return [3e-8, -2e-8, 5e-9, 1e-3].map((gradient) => {
    optimizer.step(parameters, Float64Array.of(gradient));
    return parameters.values[0]!;
  });
}

describe('what is left out is what the documentation says', () => {
  const cases: [string, (options?: object) => Optimizer, Record<string, number>][] = [
    ['gradientDescent', gradientDescent, { rate: 0.01 }],
    ['momentum', momentum, { rate: 0.1, beta: 0.1 }],
    ['adaptivity', adaptivity, { rate: 0.001, beta: 0.1, epsilon: 1e-8 }],
    ['rmsprop', rmsprop, { rate: 0.001, decay: 0.9, epsilon: 1e-8, momentum: 0 }],
    ['adam', adam, { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
    ['adamW', adamW, { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 }],
    ['lazyAdam', lazyAdam, { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
  ];

  test.each(cases)('%s', (_, make, settings) => {
    const expected = path(make(settings));
    expect(path(make())).toEqual(expected);
    for (const [name, value] of Object.entries(settings)) {
      expect(path(make({ [name]: value })), name).toEqual(expected);
    }
  });

  test('the share that weight decay takes from w at a step is a hundredth of the rate', () => {
    const parameters = new Parameters();
    parameters.add('w', from([8]));
    adamW({ rate: 0.5 }).step(parameters, Float64Array.of(0));
    expect(parameters.values[0]).toBe((1 - 0.5 * 0.01) * 8);
  });
});

describe('settings at the ends of what is allowed', () => {
  test('λ = 0 is Adam; λ = ∞ is refused, and so is a bad ε of rmsprop', () => {
    expect(path(adamW({ weightDecay: 0 }))).toEqual(path(adam()));
    expect(() => adamW({ weightDecay: Number.POSITIVE_INFINITY })).toThrow(/weightDecay is Infin/);
    expect(() => rmsprop({ epsilon: -1 })).toThrow(/rmsprop: epsilon is -1/);
  });

  test('a rate of 0, of a number or of a schedule, moves nothing; one below 0 or not finite is refused', () => {
    const parameters = new Parameters();
    parameters.add('w', from([3]));
    gradientDescent({ rate: 0 }).step(parameters, Float64Array.of(1));
    gradientDescent({ rate: () => 0 }).step(parameters, Float64Array.of(1));
    expect(parameters.values).toEqual(Float64Array.of(3));
    for (const rate of [-1, -5e-324, Number.POSITIVE_INFINITY, Number.NaN]) {
      const scheduled = gradientDescent({ rate: () => rate });
      expect(() => scheduled.step(parameters, Float64Array.of(1))).toThrow(
        `gradientDescent: the rate that the schedule gives for step 0 is ${rate}; a learning rate`,
      );
      expect(() => gradientDescent({ rate })).toThrow(`gradientDescent: rate is ${rate};`);
    }
    expect(parameters.values).toEqual(Float64Array.of(3));
  });
});

test('rows are taken by rules that leave w alone where the gradient is 0, and by no other', () => {
  for (const made of [gradientDescent(), adaptivity(), rmsprop(), lazyAdam()]) {
    expect(takesRows(made), made.name).toBe(true);
  }
  const others = [
    momentum(), // v still moves w
    adam(),
    adamW(),
    rmsprop({ momentum: 0.5 }),
    rmsprop({ epsilon: 0 }), // 0/0
    rmsprop({ decay: 0 }), // 0·∞
    adaptivity({ epsilon: 0 }),
    adaptivity({ beta: 1 }),
  ];
  for (const made of others) expect(takesRows(made), JSON.stringify(made)).toBe(false);
  expect(takesRows(rmsprop({ decay: 0.25, epsilon: 0.5 }))).toBe(true);
  expect(takesRows(adaptivity({ beta: 0.75, epsilon: 0.5 }))).toBe(true);
  expect(takesRows({ ...gradientDescent() })).toBe(false); // wrapped
});
