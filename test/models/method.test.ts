import { expect, test } from 'vitest';
import { memoryUsage } from '../../src/linalg/index.js';
import { autoencoder } from '../../src/models/autoencoder.js';
import { contrastive } from '../../src/models/contrastive.js';
import { Embedding } from '../../src/models/embedding.js';
import { type Fit, fitOf, type Progress, train } from '../../src/models/method.js';
import { checkAmount, checkChoice, checkWhole, dimensionOf } from '../../src/models/options.js';
import { rayleighAscent } from '../../src/models/rayleigh.js';
import { Source } from '../../src/models/source.js';
import { variational } from '../../src/models/variational.js';
import { Corpus, smallWorld } from '../../src/text/index.js';

function counting(steps: number) {
  let done = 0;
  function* run(): Generator<Progress, void> {
    for (let step = 1; step <= steps; step++) {
      done = step;
      yield { step, steps, loss: 1 / step };
    }
  }
  return fitOf(run(), () => new Embedding(['a', 'b'], Float64Array.of(done, 1)));
}

test('a loop that was left is taken up again where it was left', () => {
  const fit = counting(5);
  for (const { step } of fit) if (step === 2) break;
  expect([...fit.embedding().vector('a')]).toEqual([2]);
  expect(Array.from(fit, ({ step }) => step)).toEqual([3, 4, 5]);
  expect([...fit]).toEqual([]);
});

test('nothing is learned before a step is asked for, and train asks for all', () => {
  const fit = counting(3);
  expect([...fit.embedding().vector('a')]).toEqual([0]);
  expect([...train(fit).vector('a')]).toEqual([3]);
});

const few = { dimension: 4, epochs: 1, steps: 3, hidden: [5] };
test.each<[string, (source: Source) => Fit]>([
  ['autoencoder', (source) => autoencoder.fit(source, few)],
  ['variational', (source) => variational.fit(source, few)],
  ['contrastive', (source) => contrastive.fit(source, { dimension: 4, steps: 3 })],
  [
    'contrastive, stochastic',
    (source) => contrastive.fit(source, { dimension: 4, steps: 3, mode: 'stochastic' }),
  ],
])('%s: a fit that is done has given back its parameters, and still has its vectors', (_, make) => {
  const source = new Source(Corpus.fromText(smallWorld().text));
  const vectors = (fit: Fit) => source.words.map((word) => [...fit.embedding().vector(word)]);
  const halfway = make(source);
  for (const _step of halfway) break;
  expect(vectors(halfway)).toEqual(vectors(halfway));
  train(halfway);

  const fit = make(source);
  const { used } = memoryUsage();
  for (const _step of fit);
  expect(memoryUsage().used).toBeLessThan(used);
  expect(vectors(fit)).toEqual(vectors(halfway));
  expect(vectors(fit)).toEqual(vectors(fit));
  expect([...fit]).toEqual([]);
});

test('so has the ascent of the Rayleigh quotient', () => {
  // Large enough to see that nothing but the data and what it is multiplied by could be left.
  const d = 5000;
  const ascent = rayleighAscent(new Float64Array(2 * d).fill(1), d, { steps: 3 });
  const before = memoryUsage().used;
  expect(ascent.next().done).toBe(false);
  const during = memoryUsage().used;
  for (const _step of ascent);
  expect(during - before).toBeGreaterThan(5 * 8 * d);
  expect(memoryUsage().used - before).toBeLessThan(3 * 8 * d);
});

test('options out of range: the method, the option, its value and what would fit', () => {
  expect(() => checkWhole('pca', 'dimension', 2.5)).toThrow(
    'pca: dimension is 2.5; it must be a whole number of at least 1',
  );
  expect(() => checkWhole('pca', 'steps', Number.NaN)).toThrow(/steps is NaN/);
  expect(() => checkAmount('contrastive', 'rate', -1)).toThrow(
    'contrastive: rate is -1; it must be a finite number > 0',
  );
  expect(() => checkAmount('contrastive', 'rate', 0)).toThrow(RangeError);
  expect(() => checkAmount('pca', 'power', 0, true)).not.toThrow();
  expect(() => checkAmount('pca', 'power', Number.POSITIVE_INFINITY, true)).toThrow(RangeError);
  expect(() => checkChoice('pca', 'matrix', 'pmi', ['ppmi', 'raw'])).toThrow(
    'pca: there is no matrix "pmi"; there are ppmi, raw',
  );
});

test('the dimension: 100, fewer for a small vocabulary, or what is asked for', () => {
  expect(dimensionOf('pca', undefined, 5000)).toBe(100);
  expect(dimensionOf('pca', undefined, 30)).toBe(30);
  expect(dimensionOf('contrastive', undefined, 489, 20)).toBe(25);
  expect(dimensionOf('contrastive', undefined, 17, 20)).toBe(8);
  expect(dimensionOf('contrastive', undefined, 5, 20)).toBe(5);
  expect(dimensionOf('contrastive', 300, 489, 20)).toBe(300);
  expect(() => dimensionOf('pca', 500, 489)).toThrow(
    'pca: dimension is 500; it must be a whole number of at least 1 and at most 489 (there are no more different words)',
  );
});
