import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseOperator, finish, symmetricEigen } from '../../src/linalg/index.js';
import {
  coordinates,
  principalComponents,
  sanityCheck,
  spectralSum,
} from '../../src/models/principal-components.js';
import { rayleighAscent } from '../../src/models/rayleigh.js';

/** XᵀX by definition; exact for small whole numbers. */
function gramOf(X: ArrayLike<number>, d: number): number[] {
  return Array.from({ length: d * d }, (_, at) => {
    let s = 0;
    for (let row = 0; row < X.length; row += d)
      s += X[row + Math.floor(at / d)]! * X[row + (at % d)]!;
    return s;
  });
}

const points = fc
  .record({ n: fc.integer({ min: 1, max: 6 }), d: fc.integer({ min: 1, max: 5 }) })
  .chain(({ n, d }) =>
    fc.record({
      n: fc.constant(n),
      d: fc.constant(d),
      X: fc
        .array(fc.integer({ min: -9, max: 9 }), { minLength: n * d, maxLength: n * d })
        .map((values) => Float64Array.from(values)),
    }),
  );

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance);
};

describe.each(['power', 'block', 'lanczos'] as const)('principal components by %s', (method) => {
  test('Σ λ v vᵀ is XᵀX, and the sanity check holds: any matrix, of any rank', () => {
    fc.assert(
      fc.property(points, ({ n, d, X }) => {
        const operator = denseOperator(X, n, d);
        const found = finish(principalComponents(operator, d, { method }));
        const gram = gramOf(X, d);
        const size = Math.max(...gram.map(Math.abs));
        close(spectralSum(found), gram, 1e-11 * size);
        close(sanityCheck(operator, found), new Float64Array(d), 1e-11 * size);
      }),
    );
  });

  test('centred: the same as for points with their mean taken off', () => {
    fc.assert(
      fc.property(points, ({ n, d, X }) => {
        const shifted = X.slice();
        for (let j = 0; j < d; j++) {
          let mean = 0;
          for (let i = 0; i < n; i++) mean += X[i * d + j]! / n;
          for (let i = 0; i < n; i++) shifted[i * d + j]! -= mean;
        }
        const found = finish(
          principalComponents(denseOperator(X, n, d), d, { method, centred: true }),
        );
        close(spectralSum(found), gramOf(shifted, d), 1e-10 * (1 + Math.max(...gramOf(X, d))));
      }),
    );
  });

  test('directions, variances and coordinates that are known', () => {
    // Along (3, 4)/5 and (4, −3)/5, with ‖Xv‖² = 100 and 25.
    const X = Float64Array.of(6, 8, 4, -3);
    const found = finish(principalComponents(denseOperator(X, 2, 2), 2, { method }));
    close(found.values, [100, 25], 1e-12);
    close(found.vectors, [0.6, 0.8, 0.8, -0.6], 1e-12);
    close(coordinates(denseOperator(X, 2, 2), found), [10, 0, 0, 5], 1e-12);
  });
});

test('the sanity check sees a wrong direction and a wrong λ', () => {
  const X = denseOperator(Float64Array.of(2, 0, 0, 1), 2, 2);
  const pairs = finish(principalComponents(X, 2));
  // XᵀX = diag(4, 1): with λ = 3 the residual is 1; for v = (3, 4)/5 and its λ = 52/25 it is 1.44.
  close(sanityCheck(X, { ...pairs, values: Float64Array.of(3, 1) }), [1, 0], 1e-15);
  const askew = { ...pairs, values: Float64Array.of(52 / 25), vectors: Float64Array.of(0.6, 0.8) };
  close(sanityCheck(X, askew), [1.44], 1e-15);
});

test('more directions than dimensions there are none', () => {
  expect(() => finish(principalComponents(denseOperator(Float64Array.of(1, 2), 1, 2), 3))).toThrow(
    RangeError,
  );
});

describe('gradient ascent of the Rayleigh quotient', () => {
  const X = Float64Array.of(4, 1, 0, 1, 3, 1, 0, 1, 2, 2, 0, 1);
  const { values, vectors } = symmetricEigen(Float64Array.from(gramOf(X, 3)), 3);
  const eigenvector = (j: number) => [0, 1, 2].map((i) => vectors[i * 3 + j]!);
  const alike = (u: ArrayLike<number>, v: ArrayLike<number>) => {
    let product = 0;
    for (let i = 0; i < u.length; i++) product += u[i]! * v[i]!;
    return Math.abs(product);
  };

  test('arrives at v⁽¹⁾, then perpendicular to it at v⁽²⁾, with −ln λ for loss', () => {
    const found: Float64Array[] = [];
    for (let j = 0; j < 2; j++) {
      const ascent = rayleighAscent(X, 3, { perpendicularTo: found });
      let [loss, next] = [0, ascent.next()];
      for (; !next.done; next = ascent.next()) loss = next.value.loss;
      expect(loss).toBeCloseTo(-Math.log(values[j]!), 12);
      expect(alike(next.value, eigenvector(j))).toBeCloseTo(1, 12);
      found.push(next.value);
    }
  });

  test('a step at the rate ½ is a step of the power iteration: v → XᵀXv, scaled', () => {
    const [first, second] = [...rayleighAscent(X, 3, { steps: 2 })];
    const gram = gramOf(X, 3);
    const image = [0, 1, 2].map((i) =>
      [0, 1, 2].reduce((s, j) => s + gram[i * 3 + j]! * first!.v[j]!, 0),
    );
    const length = Math.hypot(...image);
    close(
      second!.v,
      image.map((x) => x / length),
      1e-14,
    );
  });
});
