import fc from 'fast-check';
import { expect, test } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import {
  adam,
  adamW,
  adaptivity,
  cosineDecay,
  gradientDescent,
  momentum,
  type Optimizer,
  type OptimizerState,
  rmsprop,
  warmUp,
} from '../../src/optim/index.js';

const rate = warmUp(3, cosineDecay({ rate: 0.1, steps: 12 }));
const makers: Record<string, () => Optimizer> = {
  gradientDescent: () => gradientDescent({ rate }),
  momentum: () => momentum({ rate }),
  adaptivity: () => adaptivity({ rate }),
  rmsprop: () => rmsprop({ rate, momentum: 0.9 }),
  adam: () => adam({ rate }),
  adamW: () => adamW({ rate }),
};

const store = (): Parameters => {
  const parameters = new Parameters();
  parameters.add('a', from([0.3, -1.7]));
  parameters.add('b', from([[0.1], [2.5], [1e-3]]));
  return parameters;
};

/** A gradient with no pattern, and now and then only one segment reached. */
function advance(optimizer: Optimizer, parameters: Parameters, from: number, to: number): void {
  for (let t = from; t < to; t++) {
    const gradient = parameters.values.map(
      (w, i) => w * w * w - 0.7 * w + ((t * 7 + i * 5) % 11) / 9 - 0.5,
    );
    const { segments } = parameters;
    optimizer.step(parameters, gradient, t % 3 === 1 ? [segments[t % 2]!] : segments);
  }
}

test.each(Object.entries(makers))(
  '%s: a resumed run has the bits of one never stopped',
  (_, make) => {
    fc.assert(
      fc.property(fc.nat(14), (stop) => {
        const whole = store();
        advance(make(), whole, 0, 15);

        const first = store();
        const before = make();
        advance(before, first, 0, stop);
        const checkpoint = structuredClone({ optimizer: before.save(), parameters: first.save() });
        advance(before, first, stop, 15); // what happens after a checkpoint does not change it

        const second = store();
        second.values.fill(Number.NaN);
        second.restore(checkpoint.parameters);
        const after = make();
        advance(after, store(), 0, 2); // nor does what the optimizer did before
        after.restore(checkpoint.optimizer);
        expect(after.steps).toBe(stop);
        advance(after, second, stop, 15);

        expect(second.values.every((w, i) => Object.is(w, whole.values[i]))).toBe(true);
        expect(first.values.every((w, i) => Object.is(w, whole.values[i]))).toBe(true);
      }),
      { numRuns: 15 },
    );
  },
);

test.each(Object.entries(makers))(
  '%s: wound back on the same store, it runs the same again',
  (_, make) => {
    const parameters = store();
    const optimizer = make();
    advance(optimizer, parameters, 0, 5);
    const checkpoint = { optimizer: optimizer.save(), parameters: parameters.save() };
    advance(optimizer, parameters, 5, 12);
    const first = { values: parameters.values.slice(), state: optimizer.save() };
    parameters.restore(checkpoint.parameters);
    optimizer.restore(checkpoint.optimizer);
    advance(optimizer, parameters, 5, 12);
    expect(parameters.values).toEqual(first.values);
    expect(optimizer.save()).toEqual(first.state);
  },
);

test('a rule without bias correction keeps no products', () => {
  const optimizer = momentum();
  advance(optimizer, store(), 0, 2);
  expect(optimizer.save().products).toEqual([new Float64Array(0), new Float64Array(0)]);
});

test('a parameter of the same name and another length, or a segment that is not there, is refused', () => {
  const optimizer = adam();
  advance(optimizer, store(), 0, 2);
  const resumed = adam();
  resumed.restore(optimizer.save());
  const other = new Parameters();
  other.add('a', from([1, 2]));
  other.add('b', from([3, 4]));
  expect(() => resumed.step(other, new Float64Array(4))).toThrow(
    'adam: its state is for (a: 2, b: 3), but the parameters are (a: 2, b: 2)',
  );

  const parameters = store();
  const gradient = new Float64Array(5);
  const fresh = adam();
  for (const segment of [
    { name: 'c', offset: 0, length: 2 },
    { name: 'b', offset: 0, length: 3 },
    { name: 'b', offset: 2, length: 2 },
  ]) {
    expect(() =>
      fresh.step(parameters, gradient, [{ ...parameters.segments[0]!, ...segment }]),
    ).toThrow(
      `adam: the segment "${segment.name}" (${segment.length} numbers from ${segment.offset}) is not one of these parameters: a: 2, b: 3`,
    );
  }
});

test('what was saved is a copy, and what is restored is copied', () => {
  const parameters = store();
  const optimizer = adam();
  advance(optimizer, parameters, 0, 3);
  const saved = optimizer.save();
  const before = structuredClone(saved);
  advance(optimizer, parameters, 3, 6);
  expect(saved).toEqual(before);
  optimizer.restore(saved);
  advance(optimizer, parameters, 3, 6);
  expect(saved).toEqual(before);
});

test('the state of another optimizer, other options or another layout is refused, and nothing changes', () => {
  const parameters = store();
  const saved = (optimizer: Optimizer): OptimizerState => {
    optimizer.step(parameters, new Float64Array(5).fill(1));
    return optimizer.save();
  };
  const target = rmsprop({ momentum: 0.5 });
  const before = saved(target);
  expect(() => target.restore(undefined as unknown as OptimizerState)).toThrow(
    /rmsprop.restore: this is the state of undefined/,
  );
  expect(() =>
    target.restore({ ...before, products: before.products.map(() => new Float64Array(1)) }),
  ).toThrow(/products needs 0 numbers for each of the 2 parameters/);
  expect(() => target.restore(saved(adam()))).toThrow(/rmsprop.restore: this is the state of adam/);
  expect(() => target.restore(saved(rmsprop()))).toThrow(/holds no average u.*other options/);
  expect(() => target.restore({ ...before, steps: -1 })).toThrow(/steps is -1/);
  expect(() =>
    target.restore({ ...before, averages: { s: new Float64Array(5), u: new Float64Array(4) } }),
  ).toThrow(/the average u has 4 numbers for 5 parameters/);
  expect(() => target.restore({ ...before, products: [] })).toThrow(/products needs/);
  const [first, ...rest] = before.segments;
  for (const length of [-1, 0.5, Number.NaN]) {
    // The sum is right: a last segment makes up for it.
    const makeUp = { name: 'make-up', length: first!.length - length };
    const segments = [{ name: first!.name, length }, ...rest, makeUp];
    const products = segments.map(() => new Float64Array(0));
    expect(() => target.restore({ ...before, segments, products })).toThrow(
      `the parameter "${first!.name}" has the length ${length}, no whole number ≥ 0`,
    );
  }
  const twice = [first!, ...rest, { name: first!.name, length: 0 }];
  const products = twice.map(() => new Float64Array(0));
  expect(() => target.restore({ ...before, segments: twice, products })).toThrow(
    `two parameters are called "${first!.name}"`,
  );
  expect(target.save()).toEqual(before);

  const other = new Parameters();
  other.add('a', from([1, 2, 3]));
  const resumed = rmsprop({ momentum: 0.5 });
  resumed.restore(before);
  expect(() => resumed.step(other, new Float64Array(3))).toThrow(
    /its state is for \(a: 2, b: 3\), but the parameters are \(a: 3\)/,
  );
  expect(resumed.save()).toEqual(before);
});
