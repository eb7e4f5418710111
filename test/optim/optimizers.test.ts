import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rational, rational } from '../../src/check/reference/index.js';
import { from, Parameters } from '../../src/graph/index.js';
import {
  adam,
  adamW,
  adaptivity,
  gradientDescent,
  momentum,
  type Optimizer,
  rmsprop,
} from '../../src/optim/index.js';

const store = (...values: number[]): Parameters => {
  const parameters = new Parameters();
  parameters.add('w', from(values));
  return parameters;
};

/** What w becomes when the optimizer is given these gradients one after the other. */
function run(optimizer: Optimizer, w: number, gradients: readonly number[]): number[] {
  const parameters = store(w);
  return gradients.map((gradient) => {
    optimizer.step(parameters, Float64Array.of(gradient));
    return parameters.values[0]!;
  });
}

const dyadic = fc.integer({ min: -64, max: 64 }).map((k) => k / 32);
const real = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const one = rational(1);

/** |computed − exact| ≤ tolerance·scale, the difference taken exactly. */
function close(computed: number, exact: Rational, scale: number, tolerance: number): void {
  const error = Math.abs(rational(computed).minus(exact).toNumber());
  expect(error).toBeLessThanOrEqual(tolerance * scale);
}

describe('the formulas of the notes, in exact arithmetic', () => {
  test('w ← w − α∇L', () => {
    fc.assert(
      fc.property(dyadic, fc.array(dyadic, { minLength: 1, maxLength: 6 }), (w0, gradients) => {
        const computed = run(gradientDescent({ rate: 0.25 }), w0, gradients);
        let w = rational(w0);
        for (const [t, gradient] of gradients.entries()) {
          w = w.minus(rational(0.25).times(rational(gradient)));
          expect(rational(computed[t]!).equals(w)).toBe(true);
        }
      }),
    );
  });

  test('v ← (1−β)v + β∇L, w ← w − αv: β weighs the new gradient', () => {
    fc.assert(
      fc.property(dyadic, fc.array(dyadic, { minLength: 1, maxLength: 6 }), (w0, gradients) => {
        // α and β are powers of two and the gradients short, so that not one operation rounds.
        const computed = run(momentum({ rate: 0.5, beta: 0.25 }), w0, gradients);
        const beta = rational(0.25);
        let v = rational(0);
        let w = rational(w0);
        for (const [t, gradient] of gradients.entries()) {
          v = one
            .minus(beta)
            .times(v)
            .plus(beta.times(rational(gradient)));
          w = w.minus(rational(0.5).times(v));
          expect(rational(computed[t]!).equals(w)).toBe(true);
        }
      }),
    );
  });

  test('s ← (1−β)s + β(∇L)², w ← w − α∇L/(√s + ε)', () => {
    fc.assert(
      fc.property(real, fc.array(real, { minLength: 1, maxLength: 8 }), (w0, gradients) => {
        const [rate, beta, epsilon] = [0.03, 0.2, 1e-6];
        const computed = run(adaptivity({ rate, beta, epsilon }), w0, gradients);
        let s = rational(0);
        let w = rational(w0);
        for (const [t, gradient] of gradients.entries()) {
          const g = rational(gradient);
          s = one.minus(rational(beta)).times(s).plus(rational(beta).times(g).times(g)).rounded();
          w = w
            .minus(
              rational(rate)
                .times(g)
                .over(s.root().plus(rational(epsilon))),
            )
            .rounded();
          close(computed[t]!, w, Math.abs(w0) + 1, 1e-14);
        }
      }),
    );
  });

  test('β = 1 forgets the past: momentum is gradient descent, adaptivity a step of ±α', () => {
    const gradients = [3, -2, 0.5];
    expect(run(momentum({ rate: 0.5, beta: 1 }), 1, gradients)).toEqual(
      run(gradientDescent({ rate: 0.5 }), 1, gradients),
    );
    expect(run(adaptivity({ rate: 0.5, beta: 1, epsilon: 0 }), 1, gradients)).toEqual([
      0.5, 1, 0.5,
    ]);
  });
});

describe('Adam and its kin', () => {
  test.each([0, 0.05])('Adam with weight decay %f, in exact arithmetic', (weightDecay) => {
    fc.assert(
      fc.property(real, fc.array(real, { minLength: 1, maxLength: 8 }), (w0, gradients) => {
        const [rate, beta1, beta2, epsilon] = [0.02, 0.9, 0.999, 1e-8];
        const options = { rate, beta1, beta2, epsilon };
        const optimizer = weightDecay > 0 ? adamW({ ...options, weightDecay }) : adam(options);
        const computed = run(optimizer, w0, gradients);
        const [b1, b2] = [rational(beta1), rational(beta2)];
        let [v, s, w, p1, p2] = [rational(0), rational(0), rational(w0), one, one];
        for (const [t, gradient] of gradients.entries()) {
          const g = rational(gradient);
          v = b1.times(v).plus(one.minus(b1).times(g)).rounded();
          s = b2.times(s).plus(one.minus(b2).times(g).times(g)).rounded();
          p1 = p1.times(b1);
          p2 = p2.times(b2);
          const root = s.over(one.minus(p2)).root();
          const direction = v.over(one.minus(p1)).over(root.plus(rational(epsilon)));
          w = w.times(one.minus(rational(rate * weightDecay)));
          w = w.minus(rational(rate).times(direction)).rounded();
          // 1 − 0.999 and 1 − β₂ᵗ carry the rounding of 0.999 into the square root's argument.
          close(computed[t]!, w, Math.abs(w0) + 1, 1e-13);
        }
      }),
    );
  });

  test('under a constant gradient every step has the length α·|g|/(|g| + ε), whatever t', () => {
    // m̂ = g and ŝ = g² for all t: bias correction is just what makes this so.
    for (const g of [1e-3, 0.1, -7, 1e6]) {
      const steps = run(
        adam({ rate: 0.01 }),
        0,
        Array.from({ length: 50 }, () => g),
      );
      for (const [t, w] of steps.entries()) {
        expect(w).toBeCloseTo((-0.01 * (t + 1) * g) / (Math.abs(g) + 1e-8), 12);
      }
    }
  });

  test('the values that the documentation of Keras prints', () => {
    // loss = w²/2
    expect(run(gradientDescent({ rate: 0.1 }), 1, [1])).toEqual([0.9]);
    expect(run(rmsprop({ rate: 0.1 }), 10, [10])[0]).toBeCloseTo(9.683772, 6);
    expect(run(adam({ rate: 0.1 }), 10, [10])[0]).toBeCloseTo(9.9, 8);
  });

  test('two steps of Adam by hand', () => {
    // ∇L = 1, then 2; w₀ = 0, α = 1, ε = 0, β₁ = 1/2, β₂ = 3/4:
    //   t = 1: 1;  t = 2: v = 5/4, v̂ = 5/3; s = 19/16, ŝ = 19/7; v̂/√ŝ = (5/3)·√(7/19)
    const steps = run(adam({ rate: 1, beta1: 0.5, beta2: 0.75, epsilon: 0 }), 0, [1, 2]);
    expect(steps[0]).toBe(-1);
    expect(steps[1]).toBeCloseTo(-1 - (5 / 3) * Math.sqrt(7 / 19), 14);
  });

  test('rmsprop is adaptivity with ρ = 1 − β; its momentum is the heavy ball on scaled steps', () => {
    const gradients = [1, -2, 3, 0.5];
    const plain = run(rmsprop({ rate: 0.1, decay: 0.75, epsilon: 0.5 }), 2, gradients);
    expect(plain).toEqual(run(adaptivity({ rate: 0.1, beta: 0.25, epsilon: 0.5 }), 2, gradients));

    const ball = run(
      rmsprop({ rate: 0.1, decay: 0.75, epsilon: 0.5, momentum: 0.5 }),
      2,
      gradients,
    );
    let u = 0;
    let w = 2;
    for (const [t, after] of plain.entries()) {
      const scaled = ((t === 0 ? 2 : plain[t - 1]!) - after) / 0.1;
      u = 0.5 * u + scaled;
      w -= 0.1 * u;
      expect(ball[t]).toBeCloseTo(w, 12);
    }
  });

  test('decoupled decay shrinks w even where the gradient is 0, by αλ; Adam leaves it', () => {
    expect(run(adamW({ rate: 0.5, weightDecay: 0.25 }), 8, [0, 0])).toEqual([7, 6.125]);
    expect(run(adam({ rate: 0.5 }), 8, [0, 0])).toEqual([8, 8]);
  });
});

describe('on L = a·w²/2, where everything is known', () => {
  const descend = (optimizer: Optimizer, a: number, steps: number): number => {
    const parameters = store(1);
    for (let t = 0; t < steps; t++) {
      optimizer.step(parameters, Float64Array.of(a * parameters.values[0]!));
    }
    return parameters.values[0]!;
  };

  test('gradient descent: wₜ = (1 − αa)ᵗ', () => {
    expect(descend(gradientDescent({ rate: 0.1 }), 2, 30)).toBeCloseTo(0.8 ** 30, 15);
    expect(Math.abs(descend(gradientDescent({ rate: 1.01 }), 2, 2000))).toBeGreaterThan(1e17);
  });

  test('momentum: w follows the linear recurrence of its characteristic polynomial', () => {
    // v' = (1−β)v + βaw, w' = w − αv'  ⇒  w'' − (2 − β − αβa)w' + (1−β)w = 0
    const [alpha, beta, a] = [0.3, 0.2, 1.5];
    let before = 1;
    let now = 1 - alpha * beta * a;
    for (let t = 1; t < 40; t++) {
      expect(descend(momentum({ rate: alpha, beta }), a, t)).toBeCloseTo(now, 12);
      [before, now] = [now, (2 - beta - alpha * beta * a) * now - (1 - beta) * before];
    }
  });

  test('momentum (α/β, β) is the heavy ball u ← (1−β)u + ∇L, w ← w − αu of other libraries', () => {
    let u = 0;
    let w = 1;
    for (let t = 1; t < 40; t++) {
      u = 0.9 * u + 1.5 * w;
      w -= 0.01 * u;
      expect(descend(momentum({ rate: 0.1, beta: 0.1 }), 1.5, t)).toBeCloseTo(w, 12);
    }
  });

  test('the scale of the loss cancels out of adaptivity and Adam, when ε = 0', () => {
    for (const make of [
      () => adaptivity({ rate: 0.01, epsilon: 0 }),
      () => adam({ rate: 0.01, epsilon: 0 }),
    ]) {
      expect(descend(make(), 2 ** 40, 25)).toBe(descend(make(), 1, 25));
    }
  });
});

describe('the flat vector', () => {
  const makers: Record<string, () => Optimizer> = {
    gradientDescent,
    momentum,
    adaptivity,
    rmsprop,
    adam,
    adamW,
  };

  test.each(Object.entries(makers))(
    '%s moves only the segments it is given, and only their averages',
    (_, make) => {
      const parameters = new Parameters();
      parameters.add('a', from([1, 2]));
      parameters.add('b', from([3, 4, 5]));
      parameters.add('c', from(6));
      const alone = new Parameters();
      alone.add('b', from([3, 4, 5]));

      const whole = make();
      const single = make();
      const gradient = Float64Array.of(9, 9, 1, -2, 3, 9);
      for (let t = 0; t < 3; t++) {
        whole.step(parameters, gradient, [parameters.segment('b')]);
        single.step(alone, gradient.slice(2, 5));
      }
      expect(parameters.get('a')).toEqual(Float64Array.of(1, 2));
      expect(parameters.get('c')).toEqual(Float64Array.of(6));
      expect(parameters.get('b')).toEqual(alone.values);

      // c joins only now, and has the bias correction of a first step, as if it were alone.
      const fresh = store(6);
      make().step(fresh, Float64Array.of(9));
      whole.step(parameters, gradient, [parameters.segment('c')]);
      expect(parameters.get('c')).toEqual(fresh.values);
      expect(whole.steps).toBe(4);
    },
  );

  test.each(Object.entries(makers))('%s goes on when parameters are added', (_, make) => {
    const parameters = store(1, 2);
    const optimizer = make();
    optimizer.step(parameters, Float64Array.of(1, 2));
    parameters.add('late', from([5]));
    optimizer.step(parameters, Float64Array.of(1, 2, 3));

    const early = store(1, 2);
    const other = make();
    for (let t = 0; t < 2; t++) other.step(early, Float64Array.of(1, 2));
    expect(parameters.get('w')).toEqual(early.values);
    const fresh = store(5);
    make().step(fresh, Float64Array.of(3));
    expect(parameters.get('late')).toEqual(fresh.values);
  });

  test('an empty store and a parameter without elements are fine', () => {
    const parameters = new Parameters();
    const optimizer = adam();
    optimizer.step(parameters, new Float64Array(0));
    parameters.add('nothing', from([], [0, 3]));
    parameters.add('w', from([1]));
    optimizer.step(parameters, Float64Array.of(1));
    expect(parameters.values[0]).toBeCloseTo(0.999, 10);
    parameters.add('nothing more', from([], [0]));
    optimizer.step(parameters, Float64Array.of(1));
    expect(optimizer.save().segments).toEqual([
      { name: 'nothing', length: 0 },
      { name: 'w', length: 1 },
      { name: 'nothing more', length: 0 },
    ]);
  });
});

describe('bad input', () => {
  const cases: [string, () => unknown, RegExp][] = [
    ['a negative rate', () => gradientDescent({ rate: -1 }), /rate is -1.*≥ 0/],
    ['a rate that is NaN', () => adam({ rate: Number.NaN }), /rate is NaN/],
    ['a rate that is a string', () => adam({ rate: '1' as unknown as number }), /rate is 1/],
    ['β = 0', () => momentum({ beta: 0 }), /momentum: beta is 0.*\(0, 1\]/],
    ['β > 1', () => adaptivity({ beta: 1.5 }), /adaptivity: beta is 1.5/],
    ['β₁ = 1', () => adam({ beta1: 1 }), /adam: beta1 is 1.*old average/],
    ['β₂ < 0', () => adamW({ beta2: -0.1 }), /adamW: beta2 is -0.1/],
    ['ε < 0', () => adam({ epsilon: -1 }), /epsilon is -1/],
    ['ε = ∞', () => adaptivity({ epsilon: Number.POSITIVE_INFINITY }), /epsilon is Infinity/],
    ['λ < 0', () => adamW({ weightDecay: -1 }), /weightDecay is -1/],
    ['ρ = 1', () => rmsprop({ decay: 1 }), /decay is 1/],
    ['μ = 1', () => rmsprop({ momentum: 1 }), /momentum is 1/],
  ];
  test.each(cases)('%s', (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  test.each(cases)('%s: the stack begins at the line that made the mistake', (_, make) => {
    expect(make).toThrow(
      expect.objectContaining({
        stack: expect.stringMatching(/^RangeError: .*\n\s+at .*optimizers\.test\.ts/),
      }),
    );
  });

  test('a gradient of another length', () => {
    const step = () => adam().step(store(1, 2), new Float64Array(3));
    expect(step).toThrow(/adam: the gradient has 3 numbers for 2 parameters/);
  });

  test('a schedule that gives no rate: nothing moves', () => {
    const parameters = store(1);
    const optimizer = momentum({ rate: (step) => (step < 1 ? 0.5 : Number.NaN) });
    optimizer.step(parameters, Float64Array.of(1));
    const before = parameters.values.slice();
    expect(() => optimizer.step(parameters, Float64Array.of(1))).toThrow(/for step 1 is NaN/);
    expect(parameters.values).toEqual(before);
    expect(optimizer.steps).toBe(1);
  });

  test('a state of parameters that are not there', () => {
    const optimizer = adam();
    optimizer.step(store(1, 2), Float64Array.of(1, 1));
    const other = adam();
    other.restore(optimizer.save());
    expect(() => other.step(new Parameters(), new Float64Array(0))).toThrow(
      /^adam: its state is for \(w: 2\), but the parameters are \(none\)/,
    );
  });

  test('another store', () => {
    const optimizer = adam();
    optimizer.step(store(1), Float64Array.of(1));
    expect(() => optimizer.step(store(1), Float64Array.of(1))).toThrow(
      /one optimizer for each store/,
    );
  });

  test('a segment of another store: nothing moves', () => {
    const parameters = store(1, 2);
    const foreign = new Parameters();
    foreign.add('w', from([1, 2, 3]));
    const [own] = parameters.segments;
    const [other] = foreign.segments;
    expect(() => gradientDescent().step(parameters, Float64Array.of(1, 2), [own!, other!])).toThrow(
      /segment "w" \(3 numbers from 0\) is not one of these parameters: w: 2/,
    );
    expect(parameters.values).toEqual(Float64Array.of(1, 2));
  });
});
