import { load } from './packages.js';

/** What we use of jax-js. A call takes its arguments for good: `ref` is for one that is needed again. */
export interface Jaxarray {
  readonly ref: Jaxarray;
  readonly T: Jaxarray;
  reshape(shape: readonly number[]): Jaxarray;
  add(other: Jaxarray | number): Jaxarray;
  sub(other: Jaxarray | number): Jaxarray;
  mul(other: Jaxarray | number): Jaxarray;
  div(other: Jaxarray | number): Jaxarray;
  mean(): Jaxarray;
  dataSync(): Float32Array | Float64Array;
  dispose(): void;
}

/** Arrays in a structure of lists. */
export type Tree = Jaxarray | readonly Tree[];

export interface Jax {
  init(...devices: string[]): Promise<readonly string[]>;
  jit<F>(f: F): F;
  valueAndGrad<F extends (...args: never[]) => Jaxarray, P extends Tree>(
    f: F,
  ): (...args: Parameters<F>) => [Jaxarray, P];
  readonly numpy: {
    array(values: Float32Array): Jaxarray;
    matmul(a: Jaxarray, b: Jaxarray): Jaxarray;
    tanh(x: Jaxarray): Jaxarray;
    sqrt(x: Jaxarray): Jaxarray;
    square(x: Jaxarray): Jaxarray;
  };
  readonly nn: { relu(x: Jaxarray): Jaxarray };
}

/** jax-js on its WebAssembly backend, which has one thread where there are no web workers, as in Node 20. */
export async function loadJax(): Promise<Jax> {
  const jax = await load<Jax>('@jax-js/jax');
  await jax.init('wasm');
  return jax;
}
