/**
 * Weighted choice in constant time, by Walker's alias method with Vose's construction: n columns of equal
 * height, each holding a share of its own index and, above it, of one other.
 */
export class AliasTable {
  /** How much of column i is its own. */
  private readonly share: Float64Array;
  /** Whose the rest of column i is. */
  private readonly other: Int32Array;

  /**
   * Index i is chosen with probability weights[i] / Σ weights, to within rounding; one with weight 0 never.
   * @throws RangeError when there are no weights, one is negative or not finite, or all are 0.
   */
  constructor(weights: ArrayLike<number>) {
    const n = weights.length;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights[i]!;
      if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
        throw new RangeError(
          `AliasTable: weights are finite and ≥ 0, but number ${i} is ${weight}`,
        );
      }
      total += weight;
    }
    if (!(total > 0 && total < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`AliasTable: weights need a finite sum > 0, but it is ${total}`);
    }

    // In units of the average weight. An index below 1 is filled up by one above 1.
    const height = Float64Array.from({ length: n }, (_, i) => (weights[i]! / total) * n);
    const low: number[] = [];
    const high: number[] = [];
    for (let i = 0; i < n; i++) (height[i]! < 1 ? low : high).push(i);
    this.share = new Float64Array(n).fill(1);
    this.other = new Int32Array(n);
    while (low.length > 0 && high.length > 0) {
      const short = low.pop()!;
      const tall = high[high.length - 1]!;
      this.share[short] = height[short]!;
      this.other[short] = tall;
      height[tall] = height[tall]! - (1 - height[short]!);
      if (height[tall]! < 1) {
        high.pop();
        low.push(tall);
      }
    }
    // What is left on either list fills its column but for rounding, so its share stays 1.
  }

  /** How many outcomes there are. */
  get length(): number {
    return this.share.length;
  }

  /** The index that a uniform number u in [0, 1) chooses. */
  at(u: number): number {
    const column = Math.floor(u * this.share.length);
    return u * this.share.length - column < this.share[column]! ? column : this.other[column]!;
  }
}
