import { describe, expect, test } from 'vitest';
import { principalAngles } from '../../src/linalg/eigen/principal-angles.js';
import { noisy } from './support/arbitrary.js';

const ε = 2 ** -52;

describe('principalAngles', () => {
  test('are right to the last digits at every size of angle', () => {
    // Planes spanned by (e₁, e₂) and (cos θ e₁ + sin θ e₃, cos φ e₂ + sin φ e₄).
    for (const θ of [0, 1e-300, 1e-16, 1e-9, 1e-4, 0.3, 1, 1.57, Math.PI / 2]) {
      const φ = 0.7;
      const a = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0);
      const [c, s] = [Math.cos(θ), Math.sin(θ)];
      const b = Float64Array.of(c, 0, 0, Math.cos(φ), s, 0, 0, Math.sin(φ));
      const expected = [θ, φ].sort((x, y) => x - y);
      for (const angles of [principalAngles(a, b, 4, 2, 2), principalAngles(b, a, 4, 2, 2)]) {
        for (const [i, angle] of angles.entries()) {
          expect(Math.abs(angle - expected[i]!)).toBeLessThanOrEqual(
            4 * ε * Math.max(expected[i]!, 0.25),
          );
        }
      }
    }
  });

  test('of a small angle keep their relative digits', () => {
    const θ = 3e-11;
    const angle = principalAngles(Float64Array.of(1, 0), Float64Array.of(1, θ), 2, 1, 1)[0]!;
    expect(angle / θ).toBeCloseTo(1, 12);
  });

  test('do not depend on the bases, nor on columns too many', () => {
    const n = 10;
    const [a, b] = [noisy(n * 3, 1), noisy(n * 2, 2)];
    const mixed = Float64Array.from({ length: n * 4 }, (_, p) => {
      const [x, y] = [b[Math.floor(p / 4) * 2]!, b[Math.floor(p / 4) * 2 + 1]!];
      return [x + y, 5 * y, x - y, 3 * x][p % 4]!;
    });
    const angles = principalAngles(a, b, n, 3, 2);
    const again = principalAngles(mixed, a, n, 4, 3);
    expect(angles).toHaveLength(2);
    expect(again).toHaveLength(2);
    for (const [i, angle] of angles.entries()) expect(again[i]).toBeCloseTo(angle, 13);
    for (const angle of principalAngles(b, mixed, n, 2, 4)) expect(angle).toBeLessThan(1e-14);
  });

  test('where there are no dimensions there are no angles', () => {
    const none = new Float64Array(0);
    expect(principalAngles(none, none, 0, 0, 0)).toEqual(none);
    expect(principalAngles(none, noisy(6, 3), 3, 0, 2)).toEqual(none);
  });

  test('say what does not fit', () => {
    const x = new Float64Array(6);
    expect(() => principalAngles(x, x, 3, 1.5, 2)).toThrow('principalAngles: p is a whole number');
    expect(() => principalAngles(x, x, 3, 2, 1.5)).toThrow('principalAngles: q is a whole number');
    expect(() => principalAngles(x, x, 2, 1, 3)).toThrow(
      'principalAngles: n is a whole number ≥ 3',
    );
    expect(() => principalAngles(x, x, 3, 1, 2)).toThrow('principalAngles: a needs n·p = 3');
    expect(() => principalAngles(x, x, 3, 2, 1)).toThrow('principalAngles: b needs n·q = 3');
  });

  test('of perpendicular spaces are right angles', () => {
    const a = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0);
    const b = Float64Array.of(0, 0, 1, 0);
    expect([...principalAngles(a, b, 4, 2, 1)]).toEqual([Math.PI / 2]);
    expect([...principalAngles(a, new Float64Array(4), 4, 2, 1)]).toEqual([]);
  });
});
