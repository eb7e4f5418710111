import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symmetricEigen } from '../../src/linalg/index.js';
import { Embedding } from '../../src/models/embedding.js';
import { project } from '../../src/models/projection.js';

const embeddings = fc
  .record({ V: fc.integer({ min: 2, max: 7 }), k: fc.integer({ min: 2, max: 5 }) })
  .chain(({ V, k }) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: V * k, maxLength: V * k })
      .map((values) => new Embedding(names(V), Float64Array.from(values))),
  );
const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `w${i}`);

/** (Y − mean)(Y − mean)ᵀ of the points as rows. */
function spread(points: readonly ArrayLike<number>[]): Float64Array {
  const n = points.length;
  const centre = Array.from(points[0]!, (_, c) => points.reduce((s, p) => s + p[c]! / n, 0));
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [a, b] = [points[Math.floor(at / n)]!, points[at % n]!];
    return centre.reduce((s, m, c) => s + (a[c]! - m) * (b[c]! - m), 0);
  });
}

test('no two directions show more of how the words differ', () => {
  fc.assert(
    fc.property(embeddings, (embedding) => {
      const V = embedding.size;
      const flat = project(embedding);
      const shown = spread(Array.from({ length: V }, (_, i) => flat.subarray(2 * i, 2 * i + 2)));
      const all = spread(embedding.words.map((_, i) => embedding.unit(i)));
      const best = symmetricEigen(all, V).values;
      const trace = embedding.words.reduce((s, _, i) => s + shown[i * V + i]!, 0);
      expect(trace).toBeCloseTo(best[0]! + best[1]!, 9);
    }),
  );
});

test('what is flat already keeps its distances', () => {
  // Unit vectors in the plane of (1, 1, 1, 1)/2 and (1, −1, 1, −1)/2.
  const angles = [0.1, 0.7, 2, 4];
  const rows = angles.flatMap((angle) => {
    const [c, s] = [Math.cos(angle) / 2, Math.sin(angle) / 2];
    return [c + s, c - s, c + s, c - s];
  });
  const flat = project(new Embedding(names(4), Float64Array.from(rows)));
  for (const [i, a] of angles.entries()) {
    for (const [j, b] of angles.entries()) {
      const distance = Math.hypot(flat[2 * i]! - flat[2 * j]!, flat[2 * i + 1]! - flat[2 * j + 1]!);
      expect(distance).toBeCloseTo(
        Math.hypot(Math.cos(a) - Math.cos(b), Math.sin(a) - Math.sin(b)),
        12,
      );
    }
  }
});

test('chosen words, in as many dimensions as are asked for', () => {
  const embedding = new Embedding(names(3), Float64Array.of(1, 0, 0, 1, -1, 0));
  const line = project(embedding, { words: ['w2', 'w0'], dimension: 1 });
  expect(Array.from(line, Math.abs)).toEqual([1, 1]);
  expect(line[0]).toBe(-line[1]!);
  expect(() => project(embedding, { words: ['w3'] })).toThrow('"w3"');
  expect(() => project(embedding, { dimension: 3 })).toThrow(RangeError);
});

test('one-hot: no direction is better than another', () => {
  const words = names(5_000);
  const flat = project(Embedding.oneHot(words), { words: words.slice(0, 50) });
  let squares = 0;
  for (const x of flat) squares += x * x;
  // Of the points eᵢ − mean, all variances are 1 (but for the one along the mean).
  expect(squares).toBeCloseTo(2, 9);
});
