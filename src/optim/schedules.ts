import { cos, pow, rangeError } from '../linalg/index.js';

/**
 * The learning rate α as a function of the number of steps taken so far: 0 at the first step. A schedule
 * remembers nothing, so a resumed run meets the same rates as an uninterrupted one.
 */
export type Schedule = (step: number) => number;

/** A number is the schedule that never changes. Throws a RangeError that names `what` for a bad one. */
export function scheduleOf(rate: number | Schedule, what: string): Schedule {
  if (typeof rate === 'function') return rate;
  checkRate(rate, `${what}: rate`);
  return () => rate;
}

/** The same rate at every step. */
export function constantRate(rate: number): Schedule {
  return scheduleOf(rate, 'constantRate');
}

/** α·fᵏ with k = ⌊step / every⌋: a stair that goes down by the factor f every so many steps. */
export function stepDecay(options: { rate: number; factor?: number; every: number }): Schedule {
  const { rate, factor = 0.1, every } = options;
  checkRate(rate, 'stepDecay: rate');
  checkFactor(factor, 'stepDecay');
  checkSteps(every, 'stepDecay: every');
  return (step) => rate * pow(factor, Math.floor(step / every));
}

/** α·f^(step / every): a smooth way down, by the factor f every so many steps. */
export function exponentialDecay(options: {
  rate: number;
  factor: number;
  every?: number;
}): Schedule {
  const { rate, factor, every = 1 } = options;
  checkRate(rate, 'exponentialDecay: rate');
  checkFactor(factor, 'exponentialDecay');
  checkSteps(every, 'exponentialDecay: every');
  return (step) => rate * pow(factor, step / every);
}

/** From α to `floor` (0 by default) along a straight line of so many steps, and `floor` after them. */
export function linearDecay(options: { rate: number; steps: number; floor?: number }): Schedule {
  const { rate, steps, floor = 0 } = options;
  checkDecay('linearDecay', rate, steps, floor);
  return (step) => floor + (rate - floor) * (1 - Math.min(step / steps, 1));
}

/**
 * From α to `floor` (0 by default) along half a cosine of so many steps, and `floor` after them.
 * (Loshchilov & Hutter 2017, SGDR, without restarts)
 */
export function cosineDecay(options: { rate: number; steps: number; floor?: number }): Schedule {
  const { rate, steps, floor = 0 } = options;
  checkDecay('cosineDecay', rate, steps, floor);
  return (step) =>
    floor + ((rate - floor) * (1 + cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}

/**
 * Rises along a straight line for so many steps to where `rate` begins, and goes on as it does. The rise
 * begins one stride above 0, since a step at the rate 0 would be a step wasted.
 */
export function warmUp(steps: number, rate: number | Schedule): Schedule {
  checkSteps(steps, 'warmUp: steps');
  const then = scheduleOf(rate, 'warmUp');
  return (step) => (step < steps ? (then(0) * (step + 1)) / (steps + 1) : then(step - steps));
}

/** Whether it is a finite number ≥ 0. */
export function isRate(rate: number): boolean {
  return Number.isFinite(rate) && rate >= 0;
}

/** The error for a rate that is none. */
export function notARate(rate: number, what: string): RangeError {
  return rangeError(
    `${what} is ${String(rate)}; a learning rate is a finite number ≥ 0 (to climb, minimise neg(loss))`,
  );
}

function checkRate(rate: number, what: string): void {
  if (!isRate(rate)) throw notARate(rate, what);
}

function checkFactor(factor: number, what: string): void {
  if (!(factor > 0 && factor <= 1)) {
    throw rangeError(`${what}: factor is ${factor}; it is what the rate shrinks by, in (0, 1]`);
  }
}

function checkSteps(steps: number, what: string): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw rangeError(`${what} is ${steps}; it is a number of steps, a whole number ≥ 1`);
  }
}

function checkDecay(what: string, rate: number, steps: number, floor: number): void {
  checkRate(rate, `${what}: rate`);
  checkRate(floor, `${what}: floor`);
  checkSteps(steps, `${what}: steps`);
}
