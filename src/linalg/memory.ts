/**
 * The memory that all tensors lie in.
 *
 * It is one WebAssembly.Memory, and a tensor is a Float64Array that looks at a part of it. A kernel in
 * WebAssembly sees nothing but this memory, so it is told an address and need not be brought the
 * numbers; ordinary TypeScript reads and writes the same numbers as it does those of any array.
 *
 * The memory is shared where the engine lets it be. Then it can grow under the arrays that look at it,
 * worker threads see it too, and every block can have a SharedArrayBuffer *object* of its own (over
 * the same bytes): every subarray of a block holds on to that object, so when it is collected nobody
 * looks at the block any more, and the block is free. This is only a net, which falls behind a loop that never
 * pauses; who is done with a block says so with `release`. (What `structuredClone` or `postMessage` make of such an array
 * looks at the same bytes, as with any shared memory, but nobody knows of it: send a copy, `array.slice()`.)
 *
 * Where memory cannot be shared (a web page without cross-origin isolation) it is reserved once, does not grow, and
 * has no net. An array that finds no room in the memory, and any that a user makes, is an ordinary one: kernels
 * take it all the same and give the same bits, only slower.
 */
import { rangeError } from './errors.js';
import { type WasmMemory, webAssembly } from './simd/webassembly.js';
import { Spans } from './spans.js';

const PAGE = 2 ** 16;
/** All that a 32-bit address reaches, less a page: so the address behind a block is still an address. */
const PAGES = 2 ** 16 - 1;
/** 256 MiB: what is reserved where the memory cannot grow. Pages that are never touched cost nothing. */
const RESERVED = 2 ** 12;
/** The memory grows by at least this many pages (4 MiB) at a time. */
const GROWTH = 2 ** 6;
/** Blocks start at a cache line. */
const LINE = 64;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

class Heap {
  readonly memory: WasmMemory;
  readonly shared: boolean;
  readonly #free = new Spans();
  /** The block behind each buffer object, where each has its own. */
  readonly #blocks = new WeakMap<ArrayBufferLike, Block>();
  /** The blocks by address, where all have one buffer. */
  readonly #lengths = new Map<number, number>();
  readonly #net = new FinalizationRegistry<Block>(({ address, bytes }) =>
    this.#free.give(address, bytes),
  );
  #size: number;

  constructor(memory: WasmMemory, shared: boolean) {
    this.memory = memory;
    this.shared = shared;
    this.#size = memory.buffer.byteLength;
    // No block lies at address 0, so that a forgotten address shows.
    this.#free.give(LINE, this.#size - LINE);
  }

  /** A new block of so many bytes, as its buffer and where it begins there; undefined where no room is left. */
  take(wanted: number): { buffer: ArrayBufferLike; address: number } | undefined {
    const bytes = Math.ceil(wanted / LINE) * LINE;
    let address = this.#free.take(bytes);
    if (address < 0 && this.#grow(bytes)) address = this.#free.take(bytes);
    if (address < 0) return undefined;
    if (!this.shared) {
      this.#lengths.set(address, bytes);
      return { buffer: this.memory.buffer, address };
    }
    const buffer = structuredClone(this.memory.buffer);
    const block = { address, bytes };
    this.#blocks.set(buffer, block);
    this.#net.register(buffer, block, block);
    return { buffer, address };
  }

  give({ buffer, byteOffset }: ArrayBufferView): void {
    const block = this.#blocks.get(buffer);
    if (block) {
      this.#blocks.delete(buffer);
      this.#net.unregister(block);
      this.#free.give(block.address, block.bytes);
    } else if (buffer === this.memory.buffer) {
      for (const [address, bytes] of this.#lengths) {
        if (byteOffset < address || byteOffset >= address + bytes) continue;
        this.#lengths.delete(address);
        this.#free.give(address, bytes);
      }
    }
  }

  holds(buffer: ArrayBufferLike): boolean {
    return this.shared ? this.#blocks.has(buffer) : buffer === this.memory.buffer;
  }

  get usage(): { readonly reserved: number; readonly used: number } {
    return { reserved: this.#size, used: this.#size - LINE - this.#free.free };
  }

  #grow(bytes: number): boolean {
    if (!this.shared) return false;
    const room = PAGES - this.#size / PAGE;
    // Growing by a share of what is there keeps the number of times small.
    const wanted = Math.max(Math.ceil(bytes / PAGE), GROWTH, Math.ceil(this.#size / PAGE / 4));
    for (const pages of [Math.min(wanted, room), Math.ceil(bytes / PAGE)]) {
      try {
        this.memory.grow(pages);
      } catch {
        continue;
      }
      this.#free.give(this.#size, pages * PAGE);
      this.#size += pages * PAGE;
      return true;
    }
    return false;
  }
}

let made: Heap | null | undefined;

/** The heap, made when it is first asked for; undefined where there is no WebAssembly. */
function heap(): Heap | undefined {
  made ??= makeHeap() ?? null;
  return made ?? undefined;
}

function makeHeap(): Heap | undefined {
  if (!webAssembly) return undefined;
  const { Memory } = webAssembly;
  try {
    return new Heap(new Memory({ initial: GROWTH, maximum: PAGES, shared: true }), true);
  } catch {
    // Not here, or no address space for so much.
  }
  try {
    return new Heap(new Memory({ initial: RESERVED, maximum: RESERVED }), false);
  } catch {
    return undefined;
  }
}

/** The memory itself, for those who instantiate kernels on it, and whether threads can share it. */
export function memory(): { readonly memory: WasmMemory; readonly shared: boolean } | undefined {
  return heap();
}

/**
 * An array in the memory (an ordinary one where that is full). What it holds at first is not said:
 * whoever asks for it writes before reading.
 * @throws RangeError when there is no memory left anywhere
 */
export function allocate(length: number): Float64Array {
  return place(length, Float64Array);
}

/** The same for 32-bit integers. */
export function allocateIntegers(length: number): Int32Array {
  return place(length, Int32Array);
}

interface ArrayType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

function place<T>(length: number, Type: ArrayType<T>): T {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw rangeError(`allocate: a length is a whole number ≥ 0, not ${length}`);
  }
  if (length === 0) return new Type(0);
  const block = heap()?.take(length * Type.BYTES_PER_ELEMENT);
  if (block) return new Type(block.buffer, block.address, length);
  try {
    return new Type(length);
  } catch {
    throw rangeError(
      `no memory for ${length} numbers (${Math.ceil((length * Type.BYTES_PER_ELEMENT) / 2 ** 20)} MiB); ` +
        'take a smaller batch, fewer words or fewer dimensions',
    );
  }
}

/**
 * Gives back the block of an array that `allocate` made, or of any part of it: no array may look at it any more. Does
 * nothing for other arrays, and for a block that was given back before.
 */
export function release(array: ArrayBufferView): void {
  made?.give(array);
}

/** Where an array lies in the memory, in bytes; −1 for one that does not. */
export function addressOf(array: ArrayBufferView): number {
  return made?.holds(array.buffer) ? array.byteOffset : -1;
}

/** Whether an array lies in the memory; then its `byteOffset` is its address. */
export function isInMemory(array: ArrayBufferView): boolean {
  return addressOf(array) >= 0;
}

/** Where arrays lie in the memory, in their order, if all of them do. */
export function addressesOf<Arrays extends readonly ArrayBufferView[]>(
  ...arrays: Arrays
): { readonly [K in keyof Arrays]: number } | undefined {
  return arrays.every(isInMemory)
    ? (arrays.map(({ byteOffset }) => byteOffset) as { [K in keyof Arrays]: number })
    : undefined;
}

/** The array itself where it lies in the memory, a copy there otherwise. */
export function inMemory(array: Float64Array): Float64Array {
  if (addressOf(array) >= 0) return array;
  const copy = allocate(array.length);
  copy.set(array);
  return copy;
}

/** Bytes that the memory has, and how many of them are in use. */
export function memoryUsage(): { readonly reserved: number; readonly used: number } {
  return heap()?.usage ?? { reserved: 0, used: 0 };
}
