import { describe, expect, test } from 'vitest';
import {
  constant,
  from,
  Graph,
  glorot,
  indices,
  input,
  Parameters,
  zeros,
} from '../../src/graph/index.js';
import {
  add,
  concatenate,
  crossEntropyOfClass,
  gather,
  gaussianKl,
  log,
  matmul,
  max,
  mean,
  mul,
  norm,
  reshape,
  sampleNormal,
  square,
  sub,
  sum,
  tanh,
} from '../../src/ops/index.js';
import {
  adam,
  adamW,
  clipByNorm,
  cosineDecay,
  gradientDescent,
  momentum,
  trainingStep,
  warmUp,
} from '../../src/optim/index.js';

/** Σ (w − target)², and a parameter that it does not reach. */
function quadratic() {
  const parameters = new Parameters();
  const w = parameters.add('w', from([3, -4]));
  parameters.add('idle', from([7]));
  const target = input('target', [2]);
  return { parameters, graph: new Graph(sum(square(sub(w, target)))) };
}

describe('trainingStep', () => {
  test('is forward, backward and a step; it returns the loss before the step', () => {
    const { parameters, graph } = quadratic();
    const optimizer = gradientDescent({ rate: 0.25 });
    expect(trainingStep(graph, { target: [1, 0] }, optimizer)).toBe(4 + 16);
    expect(parameters.get('w')).toEqual(Float64Array.of(2, -2));
    expect(trainingStep(graph, { target: [1, 0] }, optimizer)).toBe(1 + 4);
    expect(parameters.get('w')).toEqual(Float64Array.of(1.5, -1));
    expect(parameters.get('idle')).toEqual(Float64Array.of(7));
    expect(optimizer.steps).toBe(2);
  });

  test('leaves alone what the loss does not reach, even where a step would move it by itself', () => {
    const { parameters, graph } = quadratic();
    trainingStep(graph, { target: [1, 0] }, adamW({ weightDecay: 10 }));
    expect(parameters.get('idle')).toEqual(Float64Array.of(7));
    expect(parameters.get('w')).not.toEqual(Float64Array.of(3, -4));
  });

  test('clips by norm or by value', () => {
    const byNorm = quadratic();
    trainingStep(byNorm.graph, { target: [0, 0] }, gradientDescent({ rate: 1 }), {
      clip: { norm: 5 },
    });
    // ∇ = (6, −8) of length 10
    expect(byNorm.parameters.get('w')).toEqual(Float64Array.of(0, 0));
    const byValue = quadratic();
    trainingStep(byValue.graph, { target: [0, 0] }, gradientDescent({ rate: 1 }), {
      clip: { value: 2 },
    });
    expect(byValue.parameters.get('w')).toEqual(Float64Array.of(1, -2));
  });

  test('where loss or gradient is not finite it stops there: parameters and optimizer as before', () => {
    const parameters = new Parameters();
    const w = parameters.add('w', from([1, 2]));
    const graph = new Graph(sum(log(mul(w, input('x', [2])))));
    const optimizer = momentum();
    trainingStep(graph, { x: [1, 1] }, optimizer);
    const before = { values: parameters.values.slice(), state: optimizer.save() };
    expect(() => trainingStep(graph, { x: [1, 0] }, optimizer, { clip: { norm: 1 } })).toThrow(
      /step 2: -Infinity first appears at element 1 in log \[2\]/,
    );
    expect(parameters.values).toEqual(before.values);
    expect(optimizer.save()).toEqual(before.state);
    expect(() => trainingStep(graph, {}, optimizer)).toThrow(/is not fed/);
    expect(optimizer.save()).toEqual(before.state);
  });

  test('a graph without parameters has nothing to train', () => {
    const graph = new Graph(sum(input('x', [2])));
    expect(() => trainingStep(graph, { x: [1, 2] }, adam())).toThrow(/depends on no parameter/);
  });

  test('the number of the step can be given, and decides the noise', () => {
    const losses = [1, 1, 2].map((step) => {
      const parameters = new Parameters();
      const mu = parameters.add('mu', from([0]));
      const graph = new Graph(sum(square(sampleNormal(mu, constant([0]), { label: 'z' }))));
      return trainingStep(graph, {}, gradientDescent(), { step });
    });
    expect(losses[0]).toBe(losses[1]);
    expect(losses[0]).not.toBe(losses[2]);
  });
});

/** A model with some of everything. */
function model() {
  const parameters = new Parameters({ seed: 1 });
  const table = parameters.add('table', glorot([20, 6]));
  const W = parameters.add('W', glorot([6, 8]));
  const b = parameters.add('b', zeros([8]));
  const logVariance = parameters.add('v', zeros([4, 8]));
  const out = parameters.add('out', glorot([8, 5]));
  const words = indices('words', [4], { below: 20 });
  const classes = indices('classes', [4], { below: 5 });
  const hidden = tanh(add(matmul(gather(table, words), W), b));
  const z = sampleNormal(hidden, logVariance, { seed: 2, label: 'z' });
  const logits = matmul(z, out);
  const kl = mean(gaussianKl({ mean: hidden, logVariance }));
  const cubes = reshape(concatenate([hidden, z]), [2, 4, 8]);
  const penalty = add(max(cubes, [0, 2]), norm(cubes, [0, 2]));
  const loss = add(
    add(mean(crossEntropyOfClass(logits, classes)), mul(0.1, kl)),
    mul(1e-3, sum(penalty)),
  );
  return { parameters, graph: new Graph(loss) };
}

describe('no buffer is allocated in a step', () => {
  /** How many Float64Arrays come into being during `run`, however they are made. */
  function allocations(run: () => void): number {
    const Original = Float64Array;
    let made = 0;
    const counting: typeof Original = new Proxy(Original, {
      construct(target, args, newTarget) {
        made++;
        return Reflect.construct(target, args, newTarget === counting ? target : newTarget);
      },
    });
    // slice, map, filter and subarray make theirs through the species
    Object.defineProperty(Original, Symbol.species, {
      configurable: true,
      get: () => {
        made++;
        return Original;
      },
    });
    globalThis.Float64Array = counting;
    try {
      run();
    } finally {
      globalThis.Float64Array = Original;
      delete (Original as { [Symbol.species]?: unknown })[Symbol.species];
    }
    return made;
  }

  const feeds = { words: Float64Array.of(3, 1, 4, 1), classes: Float64Array.of(0, 4, 2, 2) };

  test('in a hundred training steps, after the first', () => {
    const { graph, parameters } = model();
    const optimizer = adam({ rate: warmUp(10, cosineDecay({ rate: 0.01, steps: 100 })) });
    const clip = { norm: 1 };
    const first = allocations(() => trainingStep(graph, feeds, optimizer, { clip }));
    expect(first).toBeGreaterThan(20); // it does count
    clipByNorm(graph.gradients, 1, parameters.segments); // more segments than ever before
    let loss = 0;
    const more = allocations(() => {
      for (let t = 0; t < 100; t++) {
        loss = trainingStep(graph, feeds, optimizer, { clip });
        clipByNorm(graph.gradients, 1, parameters.segments);
      }
    });
    expect(more).toBe(0);
    expect(loss).toBeLessThan(3);
  });

  test('and reading a value is a copy, which is counted', () => {
    const { graph } = model();
    graph.forward(feeds);
    expect(allocations(() => graph.value(graph.outputs[0]!))).toBe(1);
    expect(allocations(() => graph.loss)).toBe(0);
  });
});
