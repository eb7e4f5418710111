/** An array that is read in rows: element i of row r is data[r·row + i·step]. A stride of 0 is a broadcast. */
export interface Strided {
  readonly data: Float64Array;
  readonly row: number;
  readonly step: number;
}

/** Elements i … i + length − 1 of row r are elements k … of a walk through all rows. */
export type Visit = (k: number, length: number, r: number, i: number) => void;

/** Elements from … to − 1 of a walk through rows of n, row by row: the first may begin within, the last may end there. */
export function forEachRow(from: number, to: number, n: number, visit: Visit): void {
  for (let k = from; k < to; ) {
    const i = k % n;
    const length = Math.min(n - i, to - k);
    visit(k, length, (k - i) / n, i);
    k += length;
  }
}

/** Whether the twins can read it: elements next to each other, or the same one again and again. */
export function isDense({ step }: Strided): boolean {
  return step === 0 || step === 1;
}
