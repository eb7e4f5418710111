import { addressOf, allocate } from '../memory.js';
import { f64x2, type V128 } from './assembler/index.js';

/**
 * Numbers that kernels need, laid out in the memory: from there one instruction brings a number into both lanes
 * of a register, where V8 spells out a number in the code with three. Each stands there once.
 */
export class Constants {
  /** All tables, for the code that knows where they lie is never given back either. */
  static readonly #kept: Float64Array[] = [];
  readonly #table: Float64Array;
  readonly #bits: BigInt64Array;
  readonly #places = new Map<bigint, number>();

  constructor(room: number) {
    this.#table = allocate(room);
    Constants.#kept.push(this.#table);
    this.#bits = new BigInt64Array(this.#table.buffer, this.#table.byteOffset, room);
  }

  /** The number, in both lanes. */
  splat(value: number): V128 {
    const start = addressOf(this.#table);
    if (start < 0) return f64x2.splat(value); // no room in the memory
    return f64x2.loadSplat(0, start + 8 * this.#placeOf(value));
  }

  #placeOf(value: number): number {
    const bits = bitsOf(value);
    const known = this.#places.get(bits);
    if (known !== undefined) return known;
    const place = this.#places.size;
    if (place === this.#table.length)
      throw new RangeError(`room for ${place} constants is all taken`);
    this.#places.set(bits, place);
    this.#bits[place] = bits;
    return place;
  }
}

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

function bitsOf(value: number): bigint {
  number[0] = value;
  return bits[0]!;
}

/** The double of these bits, as a mask for instructions on integers (no NaN, whose bits an engine may change). */
export function ofBits(pattern: bigint): number {
  bits[0] = BigInt.asIntN(64, pattern);
  return number[0]!;
}
