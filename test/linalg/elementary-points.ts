/** Where to compare a function with its oracle: scattered numbers, and numbers that are hard. */
import { PI } from './bigfloat.js';

/** Uniform on [0, 1): drand48's congruential generator, twice a draw for all 53 bits. */
export function scatter(seed: number): () => number {
  let state = (BigInt(seed) << 16n) | 0x330en;
  const next = (): number => {
    state = (state * 0x5deece66dn + 0xbn) & 0xffffffffffffn;
    return Number(state >> 16n);
  };
  return () => (next() * 2 ** 21 + Math.floor(next() / 2 ** 11)) / 2 ** 53;
}

/** Draws a number. */
export type Stratum = (random: () => number) => number;

export const uniform =
  (a: number, b: number): Stratum =>
  (random) =>
    a + (b - a) * random();

/** m·2ᵉ with e uniform on [a, b] and 1 ≤ m < 2. */
export const magnitudes =
  (a: number, b: number): Stratum =>
  (random) => {
    const e = Math.floor(a + (b - a) * random());
    const half = Math.floor(e / 2);
    return (1 + random()) * 2 ** half * 2 ** (e - half);
  };

/** The same with either sign. */
export const signed =
  (a: number, b: number): Stratum =>
  (random) =>
    (random() < 0.5 ? -1 : 1) * magnitudes(a, b)(random);

export const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)]!;

/** A few units in the last place around one of some numbers. */
export const near =
  (...centres: number[]): Stratum =>
  (random) =>
    pick(centres, random) * (1 + Math.round((random() - 0.5) * 16) * Number.EPSILON);

/**
 * For every binade the doubles that come nearest to a multiple of π/2: m·2ᵉ ≈ n·π/2 where m/n is a
 * convergent of the continued fraction of (π/2)/2ᵉ (Kahan; Muller, Elementary Functions, ch. 11).
 */
export const hardAngles: readonly number[] = (() => {
  const found: number[] = [];
  for (let e = -52; e <= 971; e++) {
    let a = PI.m;
    let b = 1n << BigInt(PI.f + 1 + e);
    let [before, m] = [0n, 1n];
    while (m < 1n << 53n) {
      if (m > 1n << 50n) found.push(Number(m) * 2 ** e);
      const quotient = a / b;
      [a, b] = [b, a % b];
      [before, m] = [m, quotient * m + before];
    }
  }
  return found;
})();
