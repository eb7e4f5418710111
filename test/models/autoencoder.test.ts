import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constant, evaluateAll, from, gradients, Parameters } from '../../src/graph/index.js';
import { Csr, matmul, principalAngles } from '../../src/linalg/index.js';
import { autoencoder } from '../../src/models/autoencoder.js';
import { batches } from '../../src/models/batches.js';
import { nearestFiveInClass } from '../../src/models/evaluation.js';
import { inputRows, rowLengths } from '../../src/models/inputs.js';
import { train } from '../../src/models/method.js';
import {
  sparseSquaredReconstruction,
  squaredReconstruction,
} from '../../src/models/reconstruction.js';
import { reweight } from '../../src/models/reweighting.js';
import { Source } from '../../src/models/source.js';
import { variational } from '../../src/models/variational.js';
import { Corpus, smallWorld } from '../../src/text/index.js';

const number = fc.integer({ min: -64, max: 64 }).map((k) => k / 16);
const numbers = (n: number) => fc.array(number, { minLength: n, maxLength: n });

describe('the squared error reckoned without writing out x or x̂', () => {
  const cases = fc
    .record({
      V: fc.integer({ min: 1, max: 6 }),
      d: fc.integer({ min: 1, max: 5 }),
      k: fc.integer({ min: 1, max: 4 }),
      B: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ V, d, k, B }) =>
      fc.record({
        V: fc.constant(V),
        d: fc.constant(d),
        k: fc.constant(k),
        S: fc.array(fc.oneof(fc.constant(0), number), { minLength: V * d, maxLength: V * d }),
        h: numbers(B * k),
        W: numbers(k * d),
        b: numbers(d),
        index: fc.array(fc.integer({ min: 0, max: V - 1 }), { minLength: B, maxLength: B }),
      }),
    );

  test('equals its definition, and so do its gradients', () => {
    fc.assert(
      fc.property(cases, ({ V, d, k, S, h, W, b, index }) => {
        const rows = Csr.fromDense(V, d, Float64Array.from(S));
        const [wanted, got] = [squaredReconstruction, sparseSquaredReconstruction].map((way) => {
          const w = new Parameters();
          const nodes = {
            h: w.add('h', from(h, [index.length, k])),
            W: w.add('W', from(W, [k, d])),
            b: w.add('b', from(b, [d])),
          };
          const loss = way(rows)(nodes.h, nodes, constant(index));
          return evaluateAll([loss, ...gradients(loss, Object.values(nodes))]);
        });
        for (const [i, values] of wanted!.entries()) {
          for (const [j, value] of values.entries()) {
            expect(Math.abs(got![i]![j]! - value)).toBeLessThan(1e-10 * (1 + Math.abs(value)));
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('batches', () => {
  test('every row comes once an epoch, and no batch is short', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (n, size, epochs) => {
          const feed = batches(n, size, 3);
          const seen: number[] = [];
          while (seen.length < epochs * n) {
            const batch = feed.next().value;
            expect(batch.length).toBe(size);
            seen.push(...batch);
          }
          for (let e = 0; e < epochs; e++) {
            const epoch = seen.slice(e * n, (e + 1) * n).sort((a, b) => a - b);
            expect(epoch).toEqual(Array.from({ length: n }, (_, i) => i));
          }
        },
      ),
    );
  });
});

describe('reweight', () => {
  const [rows, k] = [7, 3];
  const Z = Float64Array.from(
    { length: rows * k },
    (_, i) => ((i * 37) % 11) / 4 - 1 + (i % 3) * i,
  );

  test('U Σᵖ has the span of Z, and columns at right angles, of lengths σᵖ', () => {
    const [U, S] = [reweight(Z, k, 0), reweight(Z, k, 1)];
    expect(principalAngles(U, Z, rows, k, k).at(-1)).toBeLessThan(1e-7);
    for (const [at, value] of gram(U, rows, k).entries()) {
      expect(value).toBeCloseTo(at % 4 === 0 ? 1 : 0, 9);
    }
    // p = 1 turns Z only: all inner products between words are kept.
    const products = new Float64Array(rows * rows);
    matmul(products, Z, Z, rows, rows, k, { transposeB: true });
    const kept = new Float64Array(rows * rows);
    matmul(kept, S, S, rows, rows, k, { transposeB: true });
    for (const [i, value] of products.entries()) expect(kept[i]).toBeCloseTo(value, 7);
    const half = gram(reweight(Z, k, 0.5), rows, k);
    const whole = gram(S, rows, k);
    for (const j of [0, 1, 2]) expect(half[j * 4]! ** 2).toBeCloseTo(whole[j * 4]!, 6);
  });

  test('a direction of rank zero is zero, not noise', () => {
    const flat = Float64Array.from({ length: 8 }, (_, i) => Math.floor(i / 2));
    const out = reweight(flat, 2, 0);
    expect(out.filter((_, i) => i % 2 === 1)).toEqual(new Float64Array(4));
  });
});

describe('on the small world', () => {
  const world = smallWorld();
  const source = new Source(Corpus.fromText(world.text));
  const share = (fit: ReturnType<typeof autoencoder.fit>): number =>
    nearestFiveInClass(train(fit), world.classOf).share;

  test('rows of contexts have length 10; one-hot rows are √2 apart', () => {
    for (const length of rowLengths(inputRows(source, 'context', 200))) {
      expect(length === 0 || Math.abs(length - 10) < 1e-12).toBe(true);
    }
    const rows = inputRows(source, 'one-hot', 1).toDense();
    const V = source.size;
    let squares = 0;
    for (let c = 0; c < V; c++) squares += (rows[c]! - rows[V + c]!) ** 2;
    expect(squares).toBe(2);
  });

  test('like words come close where the network sees their contexts', () => {
    expect(share(autoencoder.fit(source, { dimension: 24, epochs: 20 }))).toBeGreaterThan(0.9);
  });

  test('a deep one with cross-entropy learns too', () => {
    const fit = autoencoder.fit(source, {
      dimension: 16,
      hidden: [48],
      loss: 'cross-entropy',
      epochs: 8,
      rate: 5e-3,
    });
    const losses = [...fit].map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(0.95 * losses[0]!);
  });

  test('a number alone tells nothing: one-hot in, one-hot out stays near chance', () => {
    const fit = autoencoder.fit(source, { dimension: 24, inputs: 'one-hot', epochs: 10 });
    const { share, chance } = nearestFiveInClass(train(fit), world.classOf);
    expect(Math.abs(share - chance)).toBeLessThan(0.03);
  });

  test('the variational one keeps the classes, and both orders of KL train', () => {
    expect(share(variational.fit(source, { dimension: 24, epochs: 20 }))).toBeGreaterThan(0.9);
    const fit = variational.fit(source, { dimension: 8, epochs: 3, kl: 'notes', lambda: 1 });
    for (const { loss } of fit) expect(Number.isFinite(loss)).toBe(true);
  });

  test('same seed, same bits; another seed, others', () => {
    const vectors = (seed: number): Float64Array =>
      train(variational.fit(source, { dimension: 4, epochs: 2, seed })).vector(source.words[7]!);
    expect(vectors(5)).toEqual(vectors(5));
    expect(vectors(5)).not.toEqual(vectors(6));
  });

  test('wrong options are refused in words', () => {
    const refuse = (options: object, words: RegExp): void =>
      expect(() => variational.fit(source, options)).toThrow(words);
    refuse({ dimension: 10_000 }, /dimension is 10000.*at most/);
    refuse({ epochs: 0 }, /epochs is 0/);
    refuse({ rate: -1 }, /rate is -1/);
    refuse({ loss: 'huber' }, /no loss "huber"; there are squared, cross-entropy/);
    refuse({ kl: 'both' }, /no kl "both"; there are elbo, notes/);
    refuse({ power: 400 }, /power is 400.*at most 4/);
    refuse({ hidden: [3.5] }, /hidden width is 3.5/);
  });
});

function gram(M: Float64Array, rows: number, k: number): Float64Array {
  const out = new Float64Array(k * k);
  matmul(out, M, M, k, k, rows, { transposeA: true });
  return out;
}
