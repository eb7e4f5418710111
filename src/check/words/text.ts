/** A place in a tensor: `x, [0, 2]`, or `x` alone if that is a single number. */
export const placeIn = (what: string, at: readonly number[]): string =>
  at.length === 0 ? what : `${what}, [${at.join(', ')}]`;

/** The same, for a row-major place. */
export const elementOf = (what: string, flat: number, shape: readonly number[]): string =>
  placeIn(what, indexAt(flat, shape));

/** The index along each axis of the element at a row-major place. */
export function indexAt(flat: number, shape: readonly number[]): number[] {
  const at = new Array<number>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    at[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return at;
}

/** A number in two digits. */
export const figure = (x: number): string => (x === 0 ? '0' : x.toPrecision(2));

/** A share in percent, in two digits: `0.5 %`, `51 %`; and as a whole number from 100 on. */
export function percent(share: number): string {
  const x = 100 * share;
  return `${x >= 99.5 ? x.toFixed(0) : figure(x)} %`;
}
