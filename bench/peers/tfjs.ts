import { load } from './packages.js';

/** What we use of TensorFlow.js. It computes in single precision. */
export interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

export interface Optimizer {
  minimize(loss: () => Tensor, returnCost: true): Tensor;
}

export interface Tensorflow {
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  variable(value: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  mean(x: Tensor): Tensor;
  squaredDifference(a: Tensor, b: Tensor): Tensor;
  readonly train: {
    adam(rate: number, beta1: number, beta2: number, epsilon: number): Optimizer;
    sgd(rate: number): Optimizer;
  };
}

interface WasmBackend {
  setThreadsCount(count: number): void;
}

/** TensorFlow.js on one of its backends, one thread; `enter` makes that the backend again. */
export async function tfjs(
  backend: 'wasm' | 'cpu',
): Promise<{ tf: Tensorflow; enter: () => Promise<unknown> }> {
  const { default: tf } = await load<{ default: Tensorflow }>('@tensorflow/tfjs');
  if (backend === 'wasm') {
    const wasm = await load<WasmBackend>('@tensorflow/tfjs-backend-wasm');
    wasm.setThreadsCount(1);
  }
  tf.enableProdMode();
  const enter = () => tf.setBackend(backend);
  await enter();
  return { tf, enter };
}
