/** A place in a tensor, as it would be written: [0, 2], or nothing more than `the number` for a single one. */
export const place = (at: readonly number[]): string =>
  at.length === 0 ? 'the number' : `[${at.join(', ')}]`;

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
