// What JavaScript has that multiplies matrices, each as its own documentation has it done, with the operands
// made beforehand.

import { type Absent, type Contestant, invite, type Script, SINGLE, script } from './contestant.js';
import { type Jaxarray, loadJax } from './jax.js';
import { load } from './packages.js';
import { tfjs } from './tfjs.js';

type Entry = (
  n: number,
  a: Float64Array,
  b: Float64Array,
) => Promise<Pick<Script, 'run' | 'answer' | 'enter'>>;

/** Names end in f32 where a peer has nothing better than single precision. */
const entries: Readonly<Record<string, Entry>> = {
  'numpy-ts': numpyTs,
  'ml-matrix': mlMatrix,
  mathjs,
  numeric,
  '@stdlib dgemm': stdlib,
  'tfjs wasm, f32': (...product) => tensorflow('wasm', ...product),
  'tfjs cpu, f32': (...product) => tensorflow('cpu', ...product),
  'jax-js, f32': jax,
};

/** Where a single product takes seconds, or minutes. */
const LARGEST: Readonly<Record<string, number>> = { mathjs: 256, 'tfjs cpu, f32': 512 };

/** C = A·B for [n, n] matrices, by everyone who is here. */
export async function matrixPeers(
  n: number,
  a: Float64Array,
  b: Float64Array,
): Promise<readonly (Contestant | Absent)[]> {
  const peers: (Contestant | Absent)[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const most = LARGEST[name] ?? n;
    if (n > most) {
      peers.push({ name, reason: `left out above n = ${most}, where it takes too long` });
      continue;
    }
    const tolerance = name.endsWith('f32') ? SINGLE : 1e-12;
    peers.push(
      await invite(name, async () => script({ name, tolerance, ...(await entry(n, a, b)) })),
    );
  }
  return peers;
}

const rows = (n: number, x: Float64Array): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from(x.subarray(i * n, (i + 1) * n)));

interface NdArray {
  reshape(...shape: number[]): NdArray;
  dispose(): void;
  readonly data: Float64Array;
}
interface NumpyTs {
  array(values: Float64Array): NdArray;
  matmul(a: NdArray, b: NdArray): NdArray;
}
async function numpyTs(n: number, a: Float64Array, b: Float64Array) {
  const np = await load<NumpyTs>('numpy-ts');
  const [A, B] = [np.array(a).reshape(n, n), np.array(b).reshape(n, n)];
  const run = () => {
    np.matmul(A, B).dispose();
    return 0;
  };
  return { run, answer: () => np.matmul(A, B).data };
}

interface MlMatrix {
  to1DArray(): number[];
  mmul(other: MlMatrix): MlMatrix;
  get(row: number, column: number): number;
}
async function mlMatrix(n: number, a: Float64Array, b: Float64Array) {
  const { Matrix } = await load<{ Matrix: new (rows: number[][]) => MlMatrix }>('ml-matrix');
  const [A, B] = [new Matrix(rows(n, a)), new Matrix(rows(n, b))];
  return { run: () => A.mmul(B).get(n - 1, n - 1), answer: () => A.mmul(B).to1DArray() };
}

interface Mathjs {
  matrix(rows: number[][]): { toArray(): number[][]; get(index: number[]): number };
  multiply(
    a: ReturnType<Mathjs['matrix']>,
    b: ReturnType<Mathjs['matrix']>,
  ): ReturnType<Mathjs['matrix']>;
}
async function mathjs(n: number, a: Float64Array, b: Float64Array) {
  const math = await load<Mathjs>('mathjs');
  const [A, B] = [math.matrix(rows(n, a)), math.matrix(rows(n, b))];
  return {
    run: () => math.multiply(A, B).get([n - 1, n - 1]),
    answer: () => math.multiply(A, B).toArray().flat(),
  };
}

interface Numeric {
  readonly default: { dot(a: number[][], b: number[][]): number[][] };
}
async function numeric(n: number, a: Float64Array, b: Float64Array) {
  const { default: library } = await load<Numeric>('numeric');
  const [A, B] = [rows(n, a), rows(n, b)];
  return {
    run: () => library.dot(A, B)[n - 1]![n - 1]!,
    answer: () => library.dot(A, B).flat(),
  };
}

type Dgemm = (...argument: readonly (string | number | Float64Array)[]) => Float64Array;
async function stdlib(n: number, a: Float64Array, b: Float64Array) {
  const { default: dgemm } = await load<{ default: Dgemm }>('@stdlib/blas-base-dgemm');
  const c = new Float64Array(n * n);
  const plain = ['row-major', 'no-transpose', 'no-transpose'];
  const product = () => dgemm(...plain, n, n, n, 1, a, n, b, n, 0, c, n);
  return { run: () => product()[n * n - 1]!, answer: product };
}

async function tensorflow(backend: 'wasm' | 'cpu', n: number, a: Float64Array, b: Float64Array) {
  const { tf, enter } = await tfjs(backend);
  const [A, B] = [a, b].map((x) => tf.tensor(Float32Array.from(x), [n, n]));
  const run = () => {
    tf.matMul(A!, B!).dispose();
    return 0;
  };
  return { enter, run, answer: () => tf.matMul(A!, B!).dataSync() };
}

/** In double precision it does not take arrays on Node 20 (it looks for a Float16Array). */
async function jax(n: number, a: Float64Array, b: Float64Array) {
  const { numpy: np, jit } = await loadJax();
  const [A, B] = [a, b].map((x) => np.array(Float32Array.from(x)).reshape([n, n]));
  const product = jit((x: Jaxarray, y: Jaxarray) => np.matmul(x, y));
  const answer = () => product(A!.ref, B!.ref).dataSync();
  return { run: () => answer()[n * n - 1]!, answer };
}
