// What is given is what it is to be: said of one value, of the keys of an object, of what a list has in it.
import { rangeError } from '../linalg/index.js';
import { didYouMean } from '../text/suggest.js';

/** Throws a RangeError, which begins with the place where the value was found, if it is not what is expected. */
export type Expectation = (value: unknown, place: string) => void;

/** @param what completes "… is to be" */
export const be =
  (what: string, fits: (value: unknown) => boolean): Expectation =>
  (value, place) => {
    if (!fits(value)) throw rangeError(`${place} is to be ${what}, not ${inWords(value)}`);
  };

/** @param what they are names of */
export const nameOf =
  (what: string, names: readonly string[]): Expectation =>
  (value, place) => {
    if (names.includes(value as string)) return;
    const near = didYouMean(String(value), names) || `; there are ${names.join(', ')}`;
    throw rangeError(`${place}: there is no ${what} ${inWords(value)}${near}`);
  };

export const listOf =
  (what: string, each: Expectation): Expectation =>
  (value, place) => {
    if (!Array.isArray(value)) {
      throw rangeError(`${place} is to be a list of ${what}, not ${inWords(value)}`);
    }
    for (const [k, one] of [...value].entries()) each(one, `${place}[${k}]`);
  };

/**
 * An object with these keys and no others. Left out, or undefined, may be all but those that are needed.
 * @param what an object of the kind is called
 */
export const objectWith =
  (
    what: string,
    keys: Readonly<Record<string, Expectation>>,
    needed: readonly string[] = [],
  ): Expectation =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const example = needed.length > 0 ? `: { ${needed.join(', ')} }` : '';
      throw rangeError(`${place} is to be ${what}${example}, not ${inWords(value)}`);
    }
    const given = new Map(Object.entries(value).filter(([, one]) => one !== undefined));
    const known = Object.keys(keys);
    for (const key of given.keys()) {
      if (Object.hasOwn(keys, key)) continue;
      const near = didYouMean(key, known) || `; there are ${known.join(', ')}`;
      throw rangeError(`${place}: no key is called "${key}"${near}`);
    }
    for (const key of needed) {
      if (!given.has(key)) throw rangeError(`${place}: ${key} is missing, which ${what} needs`);
    }
    for (const [key, one] of given) keys[key]!(one, placeOf(place, key));
  };

/** `softmax: kinks`, and `softmax: kinks[0].text` further down. */
const placeOf = (place: string, key: string): string =>
  place.includes(': ') ? `${place}.${key}` : `${place}: ${key}`;

/** A value that is not what it should be, in a few words. */
function inWords(value: unknown): string {
  if (typeof value === 'string')
    return value.length <= LONG ? JSON.stringify(value) : 'a long text';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  const kind = value.constructor?.name;
  return kind === undefined || kind === 'Object' ? 'an object' : `a ${kind}`;
}
const LONG = 40;
