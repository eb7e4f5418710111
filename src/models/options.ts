// What the options of the methods have in common: their checks.

/** @throws RangeError unless `value` is a whole number in least … most; `why` says where most comes from */
export function checkWhole(
  method: string,
  name: string,
  value: number,
  least = 1,
  most: number = Number.MAX_SAFE_INTEGER,
  why = '',
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${most}${why && ` (${why})`}`;
  throw new RangeError(
    `${method}: ${name} is ${value}; it must be a whole number of at least ${least}${upTo}`,
  );
}

/** @throws RangeError unless `value` is a finite number ≥ 0, or > 0 where zero is not allowed */
export function checkAmount(method: string, name: string, value: number, zero = false): void {
  if (Number.isFinite(value) && (zero ? value >= 0 : value > 0)) return;
  throw new RangeError(
    `${method}: ${name} is ${value}; it must be a finite number ${zero ? '≥' : '>'} 0`,
  );
}

/**
 * p of U·Σᵖ: 0 makes all directions count the same, 1 leaves the lengths of principal coordinates.
 * @throws RangeError unless it is in 0 … 4; beyond, one direction is all that is left
 */
export function checkPower(method: string, power: number): void {
  if (power >= 0 && power <= 4) return;
  throw new RangeError(
    `${method}: power is ${power}; it must be at least 0 and at most 4 (0.25 suits similarity, 0.5 analogies)`,
  );
}

/** @throws RangeError that lists the choices unless `value` is one of them */
export function checkChoice(
  method: string,
  name: string,
  value: string,
  choices: readonly string[],
): void {
  if (choices.includes(value)) return;
  throw new RangeError(
    `${method}: there is no ${name} "${value}"; there are ${choices.join(', ')}`,
  );
}

/** So few directions are too few to tell even a dozen words apart. */
const LEAST = 8;

/**
 * How many numbers a word gets: as many as are asked for; else 100, or one for every `share` words where
 * that is fewer, but no fewer than 8 if there are as many words.
 * @throws RangeError for more dimensions than words
 */
export function dimensionOf(
  method: string,
  asked: number | undefined,
  words: number,
  share = 1,
): number {
  if (asked === undefined) return Math.min(100, words, Math.max(LEAST, Math.ceil(words / share)));
  checkWhole(method, 'dimension', asked, 1, words, 'there are no more different words');
  return asked;
}
