// y = A·x for a sparse A by compressed rows, 20000×20000, with two million entries.

import { allocate, Csr, Random, sparseTimesVector } from '../../../src/linalg/index.js';
import { gigaflops, normals } from '../../harness.js';
import type { Contest } from '../contest.js';
import { invite, script } from '../contestant.js';
import type { Python } from '../python.js';

const size = 20_000;
const entries = 2e6;

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const a = randomMatrix();
  const x = normals(size, 'x');
  const inPython = (library: string) =>
    invite(library, () => {
      const { rows, columns } = a;
      // Copies: what lies in our own memory is not to be sent as it is.
      const [rowStart, columnIndex] = [a.rowStart.slice(), a.columnIndex.slice()];
      const inputs = { rows, columns, rowStart, columnIndex, values: a.values.slice(), x };
      return python.contestant(library, 'sparse', library, inputs);
    });
  yield {
    title: '20000×20000, 2 million entries, times a vector',
    unit: gigaflops(2 * a.nonZeros),
    ours: ours(a, x),
    peers: [plainLoop(a, x), await inPython('scipy'), await inPython('torch')],
    bars: [{ against: 'plain loop', most: 0.8 }],
  };
}

function ours(a: Csr, numbers: Float64Array) {
  const [x, y] = [allocate(size), allocate(size)];
  x.set(numbers);
  const product = (): Float64Array => {
    sparseTimesVector(y, a, x);
    return y;
  };
  return script({ name: 'ours', run: () => product()[size - 1]!, answer: product });
}

/** The loop that anyone would write. */
function loop(
  y: Float64Array,
  rowStart: Int32Array,
  columnIndex: Int32Array,
  values: Float64Array,
  x: Float64Array,
): void {
  for (let i = 0; i < y.length; i++) {
    const end = rowStart[i + 1]!;
    let s = 0;
    for (let p = rowStart[i]!; p < end; p++) s += values[p]! * x[columnIndex[p]!]!;
    y[i] = s;
  }
}

function plainLoop({ rowStart, columnIndex, values }: Csr, x: Float64Array) {
  const [starts, places, numbers] = [rowStart.slice(), columnIndex.slice(), values.slice()];
  const y = new Float64Array(size);
  const product = (): Float64Array => {
    loop(y, starts, places, numbers, x);
    return y;
  };
  return script({ name: 'plain loop', run: () => product()[size - 1]!, answer: product });
}

function randomMatrix(): Csr {
  const random = new Random(1, 'places');
  const place = () => Int32Array.from({ length: entries }, () => random.integer(size));
  return Csr.fromTriplets(size, size, place(), place(), normals(entries, 'values'));
}
