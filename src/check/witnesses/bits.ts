/** The first place where two arrays differ in a bit; −1 if there is none. All NaN are one, zeros have a sign. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}

/** The same, but −0 is 0: where signs cannot be kept, as in a sum that starts from 0. */
export function firstUnequal(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !Object.is(a[i], b[i])) return i;
  return -1;
}
