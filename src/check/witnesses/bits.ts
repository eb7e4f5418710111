/** The first place where two arrays differ in a bit; −1 if there is none. All NaN are one, zeros have a sign. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}
