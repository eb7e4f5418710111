/**
 * What a backward pass knows of the gradient of a parameter [V, …] whose rows are gathered: it differs from 0 in
 * these rows at most. So it can be written, and stepped along, at the cost of these rows.
 */
export interface TouchedRows {
  /** The flat gradient that this is said of. */
  readonly gradients: Float64Array;
  /** The rows are the first `count` of these, each once, in the order in which they were met. */
  readonly rows: Float64Array;
  readonly count: number;
  /** How many numbers a row has. */
  readonly width: number;
  /** The gradient in these rows, one after the other, as long as it is not written out in `gradients`. */
  readonly values: Float64Array | undefined;
}
