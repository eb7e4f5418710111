/** Numbers and names as a WebAssembly module writes them. */

/** Seven bits a byte, the lowest first, the eighth bit for "more to come" (LEB128). */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

/** The same for a 32- or 64-bit integer with a sign: bit 6 of the last byte is the sign. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const seven = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && seven < 0x40) || (rest === -1n && seven >= 0x40);
    bytes.push(done ? seven : seven + 0x80);
    if (done) return bytes;
  }
}

/** The eight bytes of a double. */
export function double(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

/** The number of entries, then the entries. */
export function list(entries: readonly (readonly number[])[]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

/** The number of bytes, then the bytes. */
export function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

export function text(name: string): number[] {
  return sized([...new TextEncoder().encode(name)]);
}
