/** What the benches write with --json: tables by bench and title. */
export interface Figures {
  readonly matmul?: Readonly<Record<string, RateTable>>;
  readonly roofline?: Readonly<Record<string, RooflineFigures>>;
  readonly threads?: Readonly<Record<string, Table>>;
  readonly [bench: string]: Readonly<Record<string, object>> | undefined;
}

export interface Table {
  readonly machine: string;
  readonly unit: string;
  readonly rows: readonly Row[];
}

/** A table with the most that the machine can do. */
export interface RateTable extends Table {
  readonly peak?: { readonly name: string; readonly value: number };
}

/** Seconds. */
export interface Row {
  readonly name: string;
  readonly minimum: number;
  readonly median: number;
}

export interface RooflineFigures {
  /** GFLOP/s in registers. */
  readonly top: number;
  /** GB/s from the second-level cache, and from memory. */
  readonly cache: number;
  readonly memory: number;
  readonly rows: readonly (Row & {
    /** FLOP for each byte to be moved. */
    readonly intensity: number;
    /** GFLOP/s. */
    readonly rate: number;
    readonly share: number;
  })[];
}

/** Three digits that count. */
export const threeDigits = (x: number): string =>
  x >= 100 ? Math.round(x).toString() : x.toPrecision(3);
