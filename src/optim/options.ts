import { rangeError } from '../linalg/index.js';

/** The share of something new in a running average. Throws a RangeError outside (0, 1]. */
export function checkWeight(optimizer: string, name: string, value: number): void {
  if (!(value > 0 && value <= 1)) {
    throw rangeError(
      `${optimizer}: ${name} is ${value}; it is the weight of the new gradient in the average, in (0, 1]`,
    );
  }
}

/** The share of the past in a running average. Throws a RangeError outside [0, 1). */
export function checkDecay(optimizer: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw rangeError(
      `${optimizer}: ${name} is ${value}; it is the weight of the old average, in [0, 1)`,
    );
  }
}

export function checkEpsilon(optimizer: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw rangeError(`${optimizer}: epsilon is ${value}; it is a finite number ≥ 0`);
  }
}
