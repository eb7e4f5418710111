import { allocate, checkShape, formatShape, release, type Shape, size } from '../linalg/index.js';
import { ChainruleError } from './errors.js';
import type { Initializer } from './initializers.js';
import { leafOp, type ParameterLeaf } from './leaves.js';
import { Node } from './node.js';
import type { TouchedRows } from './touched.js';

/** Where a parameter lies in the flat vectors of values and of gradients. */
export interface Segment {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly length: number;
  /** The rows in which a gradient differs from 0, where that is known: see `graph.reached`. */
  readonly touched?: TouchedRows | undefined;
}

/** A checkpoint: the layout and the values. `structuredClone`, v8.serialize or a JSON of arrays keep it. */
export interface ParametersState {
  readonly segments: readonly { readonly name: string; readonly shape: Shape }[];
  readonly values: Float64Array;
}

/**
 * The parameters w of a model, next to each other in one flat vector, so that an optimizer is one loop
 * and a checkpoint one buffer. Any number of graphs bind to one store.
 */
export class Parameters {
  readonly seed: number;
  readonly #segments: Segment[] = [];
  readonly #nodes = new Map<string, Node>();
  #values: Float64Array = new Float64Array();
  /** Values that someone may look at. */
  #shown: Float64Array | undefined;
  #disposed = false;

  /** @param options.seed what the initial values are drawn from: same seed, same values */
  constructor(options: { seed?: number } = {}) {
    this.seed = options.seed ?? 0;
    if (!Number.isSafeInteger(this.seed)) {
      throw new ChainruleError(`Parameters: the seed ${this.seed} is not a whole number`);
    }
  }

  /** The live values. Adding a parameter moves them, so ask anew after `add`. */
  get values(): Float64Array {
    this.#ready();
    this.#shown = this.#values;
    return this.#values;
  }

  /** In the order of `add`. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /**
   * A new parameter, as a node. Its initial values depend on the seed and the name alone, not on what
   * else is added.
   * @throws ChainruleError if the name is empty or taken
   */
  add(name: string, initializer: Initializer): Node {
    this.#ready();
    if (typeof name !== 'string' || name === '') {
      throw new ChainruleError('Parameters.add: a parameter needs a name');
    }
    if (this.#nodes.has(name)) {
      throw new ChainruleError(
        `Parameters.add: there is a parameter ${JSON.stringify(name)} already; names are unique`,
      );
    }
    const shape = checkShape(initializer.shape, `parameter ${JSON.stringify(name)}`);
    const segment = { name, shape, offset: this.#values.length, length: size(shape) };
    const grown = allocate(segment.offset + segment.length);
    grown.set(this.#values);
    initializer.fill(grown.subarray(segment.offset), { seed: this.seed, label: name });

    const op: ParameterLeaf = { ...leafOp('parameter', 'y = w', shape), key: name, owner: this };
    const node = new Node(op, [], shape, name);
    // Values that were shown are left as they are, until nobody looks at them any more.
    if (this.#values !== this.#shown) release(this.#values);
    this.#values = grown;
    this.#segments.push(segment);
    this.#nodes.set(name, node);
    return node;
  }

  /** The node of a parameter. Throws a ChainruleError that lists the names there are. */
  node(name: string): Node {
    return this.#nodes.get(name) ?? this.#unknown(name);
  }

  /** Where in `values` a parameter lies. @throws ChainruleError for a name that is none */
  segment(name: string): Segment {
    return this.#segments.find((segment) => segment.name === name) ?? this.#unknown(name);
  }

  /** The live values of one parameter: a view, so writing to it sets them. */
  get(name: string): Float64Array {
    const { offset, length } = this.segment(name);
    return this.values.subarray(offset, offset + length);
  }

  /** A checkpoint of names, shapes and values, independent of what happens to this store. */
  save(): ParametersState {
    this.#ready();
    return {
      segments: this.#segments.map(({ name, shape }) => ({ name, shape })),
      values: this.#values.slice(),
    };
  }

  /** Takes the values of a checkpoint of the same layout. Throws, changing nothing, where they differ. */
  restore(state: ParametersState): void {
    this.#ready();
    const describe = (segments: ParametersState['segments']): string =>
      segments.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(', ');
    const own = describe(this.#segments);
    const given = describe(state.segments);
    if (own !== given) {
      throw new ChainruleError(
        `Parameters.restore: the checkpoint holds (${given}), but these are (${own})`,
      );
    }
    if (state.values.length !== this.#values.length) {
      throw new ChainruleError(
        `Parameters.restore: the checkpoint has ${state.values.length} values for a layout of ${this.#values.length}`,
      );
    }
    this.#values.set(state.values);
  }

  /**
   * Gives the memory of the values back, which must not be looked at any more. Afterwards every use throws, also a run of
   * a graph over them. A store that nobody holds on to gives it back by itself, but not before the program pauses.
   */
  dispose(): void {
    release(this.#values);
    this.#values = new Float64Array();
    this.#disposed = true;
  }

  #ready(): void {
    if (this.#disposed) {
      throw new ChainruleError('these parameters were disposed of; make a new store');
    }
  }

  #unknown(name: string): never {
    const names = this.#segments.map((segment) => segment.name).join(', ') || 'none';
    throw new ChainruleError(`there is no parameter ${JSON.stringify(name)}; there are: ${names}`);
  }
}
