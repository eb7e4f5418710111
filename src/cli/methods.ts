import { type Method, methods } from '../models/index.js';

/** In the order of the notes. */
export const METHOD_NAMES: readonly string[] = methods.map(({ name }) => name);

/** What can be set from the command line; what is left out is for the method to choose. */
export interface Settings {
  readonly seed: number;
  /** The numbers a word takes (all methods but one-hot). */
  readonly dimension?: number;
  /** p of the vectors U·Σᵖ (all methods but one-hot). */
  readonly power?: number;
  /** How often the autoencoders see each word. */
  readonly epochs?: number;
  /** How many of the most frequent words the autoencoders look at as contexts. */
  readonly contexts?: number;
}

/** Each method takes what it knows of the settings. */
export function methodNamed(name: string): Method<Settings> {
  const method = methods.find((one) => one.name === name);
  if (!method) throw new RangeError(`There is no method "${name}"; there are ${METHOD_NAMES}.`);
  return method;
}
