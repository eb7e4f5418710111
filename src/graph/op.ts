import type { Shape, View } from '../linalg/index.js';
import type { Node } from './node.js';

/**
 * A planned kernel: bound to its buffers once, run at every step. `step` is the number of the run,
 * which only noise looks at.
 */
export type Kernel = (step: number) => void;

/** Writes the nodes of one term ∂L/∂y · ∂y/∂x when it is asked for, so that a term nobody needs is never built. */
export type Term = () => Node;

/**
 * One operation, whole: what it is called, what it means, which shape it gives, how it is computed,
 * and how a gradient goes back through it. An op with settings (an axis, a range) is made by a
 * function of those settings, so that the five members never have to mention them.
 */
export interface Op {
  readonly name: string;

  /** The mathematics, in TeX, with y for the result. */
  readonly formula: string;

  /** What the inputs are called in error messages; `x`, or `a` and `b`, where left out. */
  readonly slots?: readonly string[];

  /** Settings such as an axis, for printing. */
  readonly settings?: Readonly<Record<string, unknown>>;

  /** The shape of the result. Throws a ShapeError that says what would fit. */
  shape(...inputs: Shape[]): Shape;

  /**
   * Binds the computation of `y` from the inputs to their buffers. May allocate; the kernel it
   * returns may not. Inputs are contiguous unless `readsStrides` is set; `y` always is.
   */
  kernel(y: View, ...inputs: View[]): Kernel;

  /** The kernel can read views whose broadcast axes have stride 0. */
  readonly readsStrides?: boolean;

  /** The result as another view of the input's own buffer, for ops that move no numbers. */
  alias?(x: View): View;

  /**
   * The backward rule: for each input slot, the term ∂L/∂y · ∂y/∂x written in ops of the forward pass
   * (so that it can be differentiated again), or null where no gradient goes back.
   */
  vjp(dy: Node, y: Node, ...inputs: Node[]): readonly (Term | null)[];
}
