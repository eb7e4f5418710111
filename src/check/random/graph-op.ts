import type { Tensor } from '../reference/index.js';
import type { Use } from '../use.js';

/** An op as random graphs use it. */
export interface GraphOp {
  /** How many operands it takes; some may be left over for ops that join a list. */
  readonly arity: 1 | 2 | 3;
  /**
   * The op used on these operands, or undefined where it does not fit their shapes, or their values: outside of its
   * domain, or so near to a kink or an edge of it that differences would cross over.
   * @param choice what settings are taken from: an axis, a range
   */
  use(choice: number, ...operands: Tensor[]): Use | undefined;
}

/** What random graphs are made of, by the name that steps of recipes have for it. */
export type GraphOps = Readonly<Record<string, GraphOp>>;
