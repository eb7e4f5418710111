// exp, tanh, log and sigmoid of a million doubles.

import { allocate, elementwise } from '../../../src/linalg/index.js';
import { nanosecondsEach, normals } from '../../harness.js';
import type { Bar, Contest } from '../contest.js';
import { type Contestant, invite, script } from '../contestant.js';
import { load } from '../packages.js';
import type { Python } from '../python.js';

type Loop = (y: Float64Array, x: Float64Array) => void;

/** The engine's own functions, each in a loop of its own: a loop that is handed many calls none of them fast. */
const loops: Readonly<Record<Name, Loop>> = {
  exp: (y, x) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.exp(x[i]!);
  },
  tanh: (y, x) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.tanh(x[i]!);
  },
  log: (y, x) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.log(x[i]!);
  },
  sigmoid: (y, x) => {
    for (let i = 0; i < y.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]!));
  },
};

type Name = 'exp' | 'tanh' | 'log' | 'sigmoid';
const names: readonly Name[] = ['exp', 'tanh', 'log', 'sigmoid'];

const bars: Readonly<Partial<Record<Name, readonly Bar[]>>> = {
  exp: [{ against: 'Math.exp', most: 0.25 }],
  tanh: [{ against: 'Math.tanh', most: 0.4 }],
};

const count = 1e6;

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const numbers = normals(count, 'x').map((value) => 3 * value);
  for (const name of names) {
    const x = name === 'log' ? numbers.map(Math.abs) : numbers;
    const inPython = (library: string) =>
      invite(library, () =>
        python.contestant(library, 'elementwise', library, { function: name, x }),
      );
    yield {
      title: `${name} of 10⁶ doubles`,
      unit: nanosecondsEach(count),
      ours: loop('ours', elementwise[name], x, allocate),
      peers: [
        loop(name === 'sigmoid' ? '1/(1 + Math.exp(−x))' : `Math.${name}`, loops[name], x),
        await inPython('numpy'),
        await inPython('torch'),
        ...(name === 'sigmoid' ? [] : [await invite('numpy-ts', () => numpyTs(name, x))]),
      ],
      bars: bars[name] ?? [],
    };
  }
}

function loop(
  name: string,
  fill: Loop,
  numbers: Float64Array,
  room: (length: number) => Float64Array = (length) => new Float64Array(length),
): Contestant {
  const [x, y] = [room(count), room(count)];
  x.set(numbers);
  const run = (): number => {
    fill(y, x);
    return y[count - 1]!;
  };
  const answer = (): Float64Array => {
    run();
    return y;
  };
  return script({ name, run, answer });
}

interface NdArray {
  readonly data: Float64Array;
  dispose(): void;
}
type NumpyTs = Readonly<Record<Exclude<Name, 'sigmoid'>, (x: NdArray) => NdArray>> & {
  array(values: Float64Array): NdArray;
};
async function numpyTs(name: Exclude<Name, 'sigmoid'>, numbers: Float64Array): Promise<Contestant> {
  const np = await load<NumpyTs>('numpy-ts');
  const x = np.array(numbers);
  const run = (): number => {
    np[name](x).dispose();
    return 0;
  };
  return script({ name: 'numpy-ts', run, answer: () => np[name](x).data });
}
