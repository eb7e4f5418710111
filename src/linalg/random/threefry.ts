/**
 * Threefry-2x32 with 20 rounds, from Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
 * as 1, 2, 3" (2011): a small block cipher in 32-bit additions, rotations and exclusive ors, whose
 * enciphered counters are the random numbers. The same bits on every machine.
 */

/** The 64 bits that the latest call of `threefry` made. */
export const block: Int32Array = new Int32Array(2);

/** Enciphers the counter (c0, c1) under the key (k0, k1), all of them 32-bit integers, into `block`. */
export function threefry(k0: number, k1: number, c0: number, c1: number): void {
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  // The key words k1, k2, k0 take turns at being added after every four rounds.
  let a = k1;
  let b = 0x1bd11bda ^ k0 ^ k1;
  let c = k0;
  for (let group = 1; group <= 5; group++) {
    if (group % 2 === 1) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    } else {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    }
    x0 = (x0 + a) | 0;
    x1 = (x1 + b + group) | 0;
    const turn = a;
    a = b;
    b = c;
    c = turn;
  }
  block[0] = x0;
  block[1] = x1;
}
