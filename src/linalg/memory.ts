import { rangeError } from './errors.js';

/**
 * Where every buffer of a graph comes from. One place, so that the memory behind all tensors can be
 * changed (to one that faster kernels share, say) without a kernel or an op noticing. What it holds at first
 * is not said: whoever asks for it writes before reading.
 */
export function allocate(length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    throw rangeError(
      `no memory for ${length} numbers (${(length * 8) / 2 ** 20} MiB); take a smaller batch, fewer words or fewer dimensions`,
    );
  }
}
