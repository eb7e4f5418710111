import {
  filling,
  finiteIn,
  rowMajor,
  type Scan,
  type Stretch,
  scatterRows,
  size,
  type View,
  zeroIn,
} from '../linalg/index.js';
import type { Kernel } from './kernel.js';
import { isConstant } from './leaves.js';
import { Node } from './node.js';
import type { Segment } from './parameters.js';
import { RowList } from './row-list.js';
import type { WideOp } from './schedule.js';
import { scratch } from './scratch.js';
import { sumOp } from './sum.js';
import type { TouchedRows } from './touched.js';

/** The scatters of rows whose sum a gradient is, if it is nothing else. */
export function scattersOf(gradient: Node): readonly Node[] | undefined {
  const terms = gradient.op === sumOp ? gradient.parents : [gradient];
  return terms.every(({ op }) => op.scattersRows) ? terms : undefined;
}

/**
 * The gradient of a parameter whose rows are gathered: Σ over children, each of them a scatter. A run computes just the
 * rows that it meets, [count, …], one after the other; in the flat gradient they are written out when somebody looks.
 */
export class RowGradient implements TouchedRows {
  readonly gradients: Float64Array;
  /** What computes the rows, in place of Σ and scatters. */
  readonly standIn: Node;
  /** The parameter's part of the flat gradient. */
  readonly view: View;
  readonly #list: RowList;
  readonly #indices: readonly Node[];
  readonly #clear: Stretch;
  readonly #spoil: Stretch;
  readonly #isZero: Scan;
  #values: Float64Array | undefined;
  #isFinite: Scan | undefined;
  #writeRows: Stretch | undefined;
  /** Whether the flat gradient holds the rows of the last run, and 0 elsewhere. */
  #written = true;
  /** Whether it holds nothing that could be taken for a gradient. */
  #spoiled = false;

  constructor(segment: Segment, scatters: readonly Node[], gradients: Float64Array) {
    const { offset, length, shape } = segment;
    this.gradients = gradients;
    const data = gradients.subarray(offset, offset + length);
    this.view = { data, shape, strides: rowMajor(shape) };
    this.#clear = filling(data, 0);
    this.#spoil = filling(data, Number.NaN);
    this.#isZero = zeroIn(data);
    this.#indices = scatters.map(({ parents }) => parents[1]!);
    const met = this.#indices.reduce((sum, index) => sum + size(index.shape), 0);
    const most = Math.min(shape[0]!, met);
    this.#list = new RowList(shape[0]!, size(shape.slice(1)), most);
    const op: WideOp = {
      name: 'Σ scatter',
      formula: 'y = \\sum_{j \\in \\text{children}} x_j',
      shape: () => [most, ...shape.slice(1)],
      kernel: (y, ...inputs) => this.#bind(y.data, inputs),
      bindAll: (y, inputs) => this.#bind(y.data, inputs),
      vjp: () => [],
    };
    const inputs = [...scatters.map(({ parents }) => parents[0]!), ...this.#indices];
    this.standIn = new Node(op, inputs, op.shape());
  }

  get rows(): Float64Array {
    return this.#list.rows;
  }

  get count(): number {
    return this.#list.count;
  }

  get width(): number {
    return this.#list.width;
  }

  get values(): Float64Array | undefined {
    return this.#written ? undefined : this.#values;
  }

  /** Lists the rows of a run, where Σ and scatters themselves are computed, and delivered to the flat gradient. */
  listRows(views: ReadonlyMap<Node, View>): void {
    this.#list.clear();
    for (const index of this.#indices) {
      this.#list.add(isConstant(index.op) ? index.op.values : views.get(index)!.data);
    }
  }

  /** Writes the rows of the last run into the flat gradient, and 0 everywhere else. */
  writeOut(): void {
    if (this.#written) return;
    this.#clear(0, this.view.data.length);
    this.#writeRows!(0, this.count);
    this.#written = true;
    this.#spoiled = false;
  }

  /** NaN in the flat gradient, for those who read what is not written out. */
  spoil(): void {
    if (this.#spoiled) return;
    this.#spoil(0, this.view.data.length);
    this.#spoiled = true;
  }

  /** Whether the rows of the last run are finite. */
  get isFinite(): boolean {
    return this.#isFinite!(0, this.count * this.width);
  }

  /** Whether the flat gradient is 0 in all rows that were not met. */
  get isSparse(): boolean {
    return this.#list.holdsElsewhere(this.#isZero);
  }

  release(): void {
    this.#list.release();
  }

  #bind(values: Float64Array, inputs: readonly View[]): Kernel {
    const list = this.#list;
    const { data } = this.view;
    this.#values = values;
    this.#isFinite = finiteIn(values);
    this.#writeRows = scatterRows(data, values, list.rows, list.width);
    const sum = sumOfScatters(list, values, inputs);
    return (step) => {
      this.#written = false;
      sum(step);
    };
  }
}

/**
 * Σ of scatters, of which the inputs are every x, then every index: y becomes the matrix of the rows that are met, in the
 * order of the list. Each scatter is completed before it is added to those before it, as the Σ of whole matrices is: the
 * first right in y, every other beside it, in a matrix of just the rows that it meets.
 */
function sumOfScatters(list: RowList, y: Float64Array, inputs: readonly View[]): Kernel {
  const { width } = list;
  const xs = inputs.map(({ data }) => data);
  const indices = xs.splice(xs.length / 2);
  const most = indices.reduce((length, index) => Math.max(length, index.length), 0);
  const numbers = scratch(most);
  const places = scratch(most);
  const beside = scratch(indices.length > 1 ? most * width : 0);
  const scatters = xs.map((x, k) => scatterRows(k === 0 ? y : beside, x, numbers, width));
  const join = scatterRows(y, beside, places, width);
  const clear = filling(y, 0);
  const clearBeside = filling(beside, 0);
  return () => {
    list.clear();
    for (let k = 0; k < indices.length; k++) {
      const before = list.count;
      const distinct = list.add(indices[k]!, numbers, places);
      clear(before * width, list.count * width);
      if (k > 0) clearBeside(0, distinct * width);
      scatters[k]!(0, indices[k]!.length);
      if (k > 0) join(0, distinct);
    }
  };
}
