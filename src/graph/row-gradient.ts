import {
  filling,
  type Scan,
  type Stretch,
  scatterRows,
  size,
  type View,
  zeroIn,
} from '../linalg/index.js';
import type { Kernel } from './kernel.js';
import { isConstant } from './leaves.js';
import { Node, type Op } from './node.js';
import type { Segment } from './parameters.js';
import { scratch } from './scratch.js';
import { sumOp } from './sum.js';
import { RowList } from './touched.js';

/** The scatters of rows whose sum a gradient is, if it is nothing else. */
export function scattersOf(gradient: Node): readonly Node[] | undefined {
  const terms = gradient.op === sumOp ? gradient.parents : [gradient];
  return terms.every(({ op }) => op.scattersRows) ? terms : undefined;
}

/**
 * The gradient of a parameter whose rows are gathered: Σ over children, each of them a scatter. Its rows are listed as a
 * run meets them, and in the flat gradient only these are written.
 */
export class RowGradient {
  /** The rows that the last run met. */
  readonly list: RowList;
  /** What computes the gradient in place of Σ and scatters. */
  readonly standIn: Node;
  readonly #indices: readonly Node[];
  /** Of the parameter's part of the flat gradient. */
  readonly #clear: Stretch;
  readonly #zero: Scan;
  readonly #length: number;

  /** @param gradients all of the flat gradient, zeros at first */
  constructor(segment: Segment, scatters: readonly Node[], gradients: Float64Array) {
    const { offset, length, shape } = segment;
    this.#indices = scatters.map(({ parents }) => parents[1]!);
    const place = gradients.subarray(offset, offset + length);
    this.#clear = filling(place, 0);
    this.#zero = zeroIn(place);
    this.#length = length;
    const most = this.#indices.reduce((sum, index) => sum + size(index.shape), 0);
    this.list = new RowList(gradients, shape[0]!, size(shape.slice(1)), most);
    const op: Op = {
      name: 'Σ scatter',
      formula: 'y = \\sum_{j \\in \\text{children}} x_j',
      shape: () => shape,
      kernel: (y, ...inputs) => sumOfScatters(this.list, y.data, inputs),
      vjp: () => [],
    };
    this.standIn = new Node(
      op,
      scatters.flatMap(({ parents }) => parents),
      shape,
    );
  }

  /** Lists the rows of a run, where Σ and scatters themselves are computed. */
  listRows(views: ReadonlyMap<Node, View>): void {
    this.list.clear();
    for (const index of this.#indices) {
      this.list.add(isConstant(index.op) ? index.op.values : views.get(index)!.data);
    }
  }

  /** Zeros everywhere, for a run after somebody may have written to any row. */
  clear(): void {
    this.#clear(0, this.#length);
  }

  /** Whether the rows that were not met are 0. */
  get isSparse(): boolean {
    return this.list.holdsElsewhere(this.#zero);
  }
}

/**
 * Σ of scatters, whose inputs are x and index, x and index, …: the rows of the run before become 0 again. Each scatter is completed
 * before it is added to those before it, as the Σ of whole matrices is: the first right in its place, every other
 * beside it, in a matrix of just the rows that it meets.
 */
function sumOfScatters(list: RowList, y: Float64Array, inputs: readonly View[]): Kernel {
  const { width } = list;
  const given = inputs.map(({ data }) => data);
  const [x, index] = given as [Float64Array, Float64Array];
  const others = given.slice(2).filter((_, k) => k % 2 === 1);
  const most = others.reduce((length, each) => Math.max(length, each.length), 0);
  const beside = scratch(most * width);
  const numbers = scratch(most);
  const rows = scratch(most);
  const first = scatterRows(y, x, index, width);
  const scatters = others.map((_, k) => scatterRows(beside, given[2 * k + 2]!, numbers, width));
  const join = scatterRows(y, beside, rows, width);
  const clear = filling(y, 0);
  const clearBeside = filling(beside, 0);
  return () => {
    for (let k = 0; k < list.count; k++) {
      const from = list.rows[k]! * width;
      clear(from, from + width);
    }
    list.clear();
    list.add(index);
    first(0, index.length);
    for (let k = 0; k < others.length; k++) {
      const count = list.add(others[k]!, numbers, rows);
      clearBeside(0, count * width);
      scatters[k]!(0, others[k]!.length);
      join(0, count);
    }
  };
}
