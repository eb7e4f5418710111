import type { Parameters, Segment } from '../graph/index.js';
import { allocate, decayOf, rangeError, release } from '../linalg/index.js';
import { type Fading, Lag } from './lag.js';

/** A checkpoint of an optimizer. `structuredClone`, v8.serialize or a JSON of arrays keep it. */
export interface OptimizerState {
  readonly optimizer: string;
  readonly steps: number;
  /** The parameters that the averages belong to, in order. */
  readonly segments: readonly { readonly name: string; readonly length: number }[];
  /** By name: v, s, …, each laid out as the parameters. */
  readonly averages: Readonly<Record<string, Float64Array>>;
  /** For each segment, the running product of the decays of each average. Empty where none is used. */
  readonly products: readonly Float64Array[];
}

interface Place {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  /** Of each average: the product of its decays over the steps that moved this parameter. */
  readonly products: Float64Array;
  /** Rows that wait, where only some take part in a step. */
  lag: Lag | undefined;
}

/**
 * What an optimizer remembers between steps: averages laid out as the parameters are. Running products
 * are kept for each parameter by itself, so that one that joins late or is not reached by every loss has
 * the bias correction of the steps it took part in.
 */
export class Memory {
  steps = 0;
  averages: Float64Array[];
  readonly #optimizer: string;
  readonly #names: readonly string[];
  readonly #decays: readonly number[];
  readonly #idle: readonly number[];
  /** The averages that do not stand still where the gradient is 0. */
  #fading: readonly Fading[] = [];
  readonly #places = new Map<string, Place>();
  #length = 0;
  #owner: Parameters | undefined;
  #disposed = false;

  /** @param idle for each average, what a step multiplies it by where the gradient is 0 */
  constructor(
    optimizer: string,
    names: readonly string[],
    decays: readonly number[],
    idle: readonly number[] = [],
  ) {
    this.#optimizer = optimizer;
    this.#names = names;
    this.#decays = decays;
    this.#idle = idle;
    this.averages = names.map(() => allocate(0));
  }

  /** Makes room for the parameters that were added since the last step, with averages of 0. */
  bind(parameters: Parameters): void {
    this.#ready();
    const { segments } = parameters;
    if (this.#owner === parameters && this.#places.size === segments.length) return;
    if (this.#owner !== undefined && this.#owner !== parameters) {
      throw rangeError(
        `${this.#optimizer}: its averages belong to another Parameters store; make one optimizer for each store`,
      );
    }
    let index = 0;
    for (const { name, length } of this.#places.values()) {
      const segment = segments[index++];
      if (segment?.name === name && segment.length === length) continue;
      throw rangeError(
        `${this.#optimizer}: its state is for (${describe([...this.#places.values()])}), but the parameters are (${describe(segments)})`,
      );
    }
    this.#owner = parameters;
    this.#grow(segments.slice(index));
  }

  /** Throws a RangeError unless the segment is one of the store's. */
  checkSegment({ name, offset, length }: Segment): void {
    const place = this.#places.get(name);
    if (place?.offset === offset && place.length === length) return;
    throw rangeError(
      `${this.#optimizer}: the segment ${JSON.stringify(name)} (${length} numbers from ${offset}) is not one of ` +
        `these parameters: ${describe([...this.#places.values()])}`,
    );
  }

  /** One more step for a parameter: its running products, this step's decays included. */
  decay(name: string): Float64Array {
    const { products } = this.#places.get(name)!;
    // By index: an iterator would be left to the garbage collector at every step.
    for (let k = 0; k < products.length; k++) products[k]! *= this.#decays[k]!;
    return products;
  }

  /** The rows of a parameter, for a step in which only some take part; undefined if the others miss nothing. */
  lag(name: string, width: number): Lag | undefined {
    if (this.#fading.length === 0) return undefined;
    const place = this.#places.get(name)!;
    place.lag ??= new Lag(this.#fading, place.length / width, place.offset, width);
    return place.lag;
  }

  /** All rows of a parameter have made up what they missed. */
  settle(name: string): void {
    this.#places.get(name)!.lag?.settle();
  }

  save(): OptimizerState {
    this.#ready();
    const places = [...this.#places.values()];
    for (const { lag } of places) lag?.settle();
    return {
      optimizer: this.#optimizer,
      steps: this.steps,
      segments: places.map(({ name, length }) => ({ name, length })),
      averages: Object.fromEntries(
        this.#names.map((name, k) => [name, this.averages[k]!.slice()] as const),
      ),
      products: places.map(({ products }) => products.slice()),
    };
  }

  restore(state: OptimizerState): void {
    this.#ready();
    this.#check(state);
    this.steps = state.steps;
    this.#owner = undefined;
    this.#places.clear();
    this.#length = 0;
    for (const average of this.averages) release(average);
    this.averages = this.#names.map(() => allocate(0));
    this.#grow(state.segments);
    for (const [k, name] of this.#names.entries()) this.averages[k]!.set(state.averages[name]!);
    for (const [i, { name }] of state.segments.entries()) {
      this.#places.get(name)!.products.set(state.products[i]!);
    }
  }

  dispose(): void {
    for (const average of this.averages) release(average);
    this.averages = [];
    this.#owner = undefined;
    this.#disposed = true;
  }

  #ready(): void {
    if (this.#disposed) {
      throw rangeError(`${this.#optimizer}: this optimizer was disposed of; make a new one`);
    }
  }

  #grow(segments: OptimizerState['segments']): void {
    for (const place of this.#places.values()) {
      place.lag?.settle();
      place.lag = undefined;
    }
    for (const { name, length } of segments) {
      const products = new Float64Array(this.#decays.length).fill(1);
      this.#places.set(name, { name, offset: this.#length, length, products, lag: undefined });
      this.#length += length;
    }
    this.averages = this.averages.map((average) => {
      const grown = allocate(this.#length).fill(0);
      grown.set(average);
      release(average);
      return grown;
    });
    this.#fading = this.#idle.flatMap((factor, k) =>
      factor === 1 ? [] : [{ decay: decayOf(this.averages[k]!), factor }],
    );
  }

  #check(state: OptimizerState): void {
    const fail = (reason: string): never => {
      throw rangeError(`${this.#optimizer}.restore: ${reason}`);
    };
    if (state?.optimizer !== this.#optimizer) {
      fail(
        `this is the state of ${String(state?.optimizer)}; save() of the same optimizer is needed`,
      );
    }
    if (!Number.isSafeInteger(state.steps) || state.steps < 0) {
      fail(`steps is ${state.steps}; it is a whole number ≥ 0`);
    }
    const names = new Set<string>();
    for (const { name, length } of state.segments) {
      if (!Number.isSafeInteger(length) || length < 0) {
        fail(`the parameter ${JSON.stringify(name)} has the length ${length}, no whole number ≥ 0`);
      }
      if (names.has(name)) fail(`two parameters are called ${JSON.stringify(name)}`);
      names.add(name);
    }
    const total = state.segments.reduce((sum, { length }) => sum + length, 0);
    for (const name of this.#names) {
      const found = state.averages[name]?.length;
      if (found === undefined) {
        fail(`the state holds no average ${name}; it was saved with other options`);
      }
      if (found !== total) fail(`the average ${name} has ${found} numbers for ${total} parameters`);
    }
    if (
      state.products.length !== state.segments.length ||
      state.products.some(({ length }) => length !== this.#decays.length)
    ) {
      fail(
        `products needs ${this.#decays.length} numbers for each of the ${state.segments.length} parameters`,
      );
    }
  }
}

function describe(segments: OptimizerState['segments']): string {
  return segments.map(({ name, length }) => `${name}: ${length}`).join(', ') || 'none';
}
