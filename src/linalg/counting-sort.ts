/**
 * Entries ordered by key, equals in the order of `given` (or as they come): `order` lists the entries,
 * those of key c from `start[c]` on.
 */
export function countingSort(
  keys: ArrayLike<number>,
  keyCount: number,
  given: Int32Array | undefined,
): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(keyCount + 1);
  for (let e = 0; e < keys.length; e++) start[keys[e]! + 1]!++;
  for (let key = 0; key < keyCount; key++) start[key + 1]! += start[key]!;
  const next = start.slice();
  const order = new Int32Array(keys.length);
  for (let p = 0; p < keys.length; p++) {
    const e = given === undefined ? p : given[p]!;
    order[next[keys[e]!]!++] = e;
  }
  return { start, order };
}
