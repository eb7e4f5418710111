const DOUBLE = new DataView(new ArrayBuffer(8));

/** Bytes as they are written, with the ways in which WebAssembly writes numbers and names. */
export class Bytes {
  #written = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has been written; valid until more is. */
  get written(): Uint8Array {
    return this.#written.subarray(0, this.#length);
  }

  byte(value: number): this {
    if (this.#length === this.#written.length) this.#reserve(1);
    this.#written[this.#length++] = value;
    return this;
  }

  bytes(values: readonly number[] | Uint8Array): this {
    this.#reserve(values.length);
    this.#written.set(values, this.#length);
    this.#length += values.length;
    return this;
  }

  /** Seven bits a byte, the lowest first, the eighth bit for "more to come" (LEB128). */
  unsigned(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) + 0x80);
    this.byte(rest);
    return this;
  }

  /** The same for an integer with a sign, of at most 53 bits: bit 6 of the last byte is the sign. */
  signed(value: number): this {
    let rest = value;
    for (; rest < -0x40 || rest >= 0x40; rest = Math.floor(rest / 0x80)) {
      this.byte((((rest % 0x80) + 0x80) % 0x80) + 0x80);
    }
    this.byte((rest + 0x80) % 0x80);
    return this;
  }

  double(value: number): this {
    DOUBLE.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.byte(DOUBLE.getUint8(i));
    return this;
  }

  /** The number of bytes, then the bytes. */
  sized(bytes: Uint8Array): this {
    return this.unsigned(bytes.length).bytes(bytes);
  }

  name(text: string): this {
    return this.sized(new TextEncoder().encode(text));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#written.length) return;
    const larger = new Uint8Array(2 * (this.#length + more));
    larger.set(this.#written);
    this.#written = larger;
  }
}
