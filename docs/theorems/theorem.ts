/** A statement of the theory, held against what our own engine arrives at. */
export interface Theorem {
  readonly title: string;
  /** What it says, in a sentence. */
  readonly claim: string;
  /** Who proved it. */
  readonly source: string;
  prove(): Proof;
}

export interface Proof {
  /** What was measured, each to be at most its tolerance. */
  readonly measured: readonly Measurement[];
  /** The way there: a distance to what the theorem says, by training step. */
  readonly path: readonly { readonly step: number; readonly distance: number }[];
  /** What the distance is: `largest principal angle`. */
  readonly distance: string;
}

export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly tolerance: number;
}
