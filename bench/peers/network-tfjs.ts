import { type Contestant, SINGLE } from './contestant.js';
import { ADAM, inTurn, type Training, trainer } from './network.js';
import { tfjs } from './tfjs.js';

/** The training with TensorFlow.js: variables, and an optimizer that minimises what a function gives. */
export async function tfjsTraining(
  backend: 'wasm' | 'cpu',
  training: Training,
): Promise<Contestant> {
  const { tf, enter } = await tfjs(backend);
  const { widths, batch, rate, hidden } = training;
  const tensor = (x: Float64Array, shape: readonly number[]) =>
    tf.tensor(Float32Array.from(x), shape);
  const layers = training.layers.map(({ W, b }, k) => ({
    W: tf.variable(tensor(W, [widths[k]!, widths[k + 1]!])),
    b: tf.variable(tensor(b, [widths[k + 1]!])),
  }));
  const example = inTurn(
    training.examples.map(({ x, t }) => ({
      x: tensor(x, [batch, widths[0]!]),
      t: tensor(t, [batch, widths.at(-1)!]),
    })),
  );
  const { beta1, beta2, epsilon } = ADAM;
  const optimizer =
    training.optimizer === 'adam' ? tf.train.adam(rate, beta1, beta2, epsilon) : tf.train.sgd(rate);
  const f = hidden === 'tanh' ? tf.tanh : tf.relu;

  const step = (): number => {
    const { x, t } = example();
    const cost = optimizer.minimize(() => {
      let y = x;
      for (const [k, { W, b }] of layers.entries()) {
        const z = tf.add(tf.matMul(y, W), b);
        y = k === layers.length - 1 ? z : f(z);
      }
      return tf.mean(tf.squaredDifference(y, t));
    }, true);
    const [loss] = cost.dataSync();
    cost.dispose();
    return loss!;
  };
  return trainer(`tfjs ${backend}, f32`, step, { enter, tolerance: SINGLE });
}
