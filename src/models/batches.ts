import { Random } from '../linalg/index.js';

/**
 * Row numbers to train on: full batches from a shuffled order of 0 … n − 1, which wraps into the next
 * shuffled order, so that each row comes once an epoch and no batch is short. The same array is handed
 * out each time.
 * @param n how many rows there are
 * @param size how many make a batch
 */
export function* batches(n: number, size: number, seed: number): Generator<Float64Array, never> {
  const random = new Random(seed, 'batches');
  const batch = new Float64Array(size);
  let order = random.permutation(n);
  let next = 0;
  for (;;) {
    for (let i = 0; i < size; i++) {
      if (next === n) {
        order = random.permutation(n);
        next = 0;
      }
      batch[i] = order[next++]!;
    }
    yield batch;
  }
}
