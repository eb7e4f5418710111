import { InvalidArgumentError } from 'commander';
import { didYouMean } from '../text/suggest.js';

/** Reads an option's argument as a whole number from `least` to `most`. */
export function wholeNumber(
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range =
      most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
    throw new InvalidArgumentError(`It is to be a whole number ${range}.`);
  };
}

/** Reads an option's argument as names separated by commas, each one of the known ones. */
export function namesOf(known: readonly string[]): (text: string) => readonly string[] {
  return (text) => {
    const names = commaSeparated(text).map((name) => {
      const found = known.find((one) => one === name.toLowerCase());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(
        `There is no "${name}"${didYouMean(name, known) || `; there are ${known.join(', ')}.`}`,
      );
    });
    return [...new Set(names)];
  };
}

/** `a, b,c` → a, b and c. */
export function commaSeparated(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '')) {
    throw new InvalidArgumentError('Between commas there is to be something.');
  }
  return parts;
}

/** Reads an option's argument as a number ≥ 0. */
export function amount(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It is to be a number, 0 or more.');
}
