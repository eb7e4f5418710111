import { type Contestant, SINGLE } from './contestant.js';
import { type Jaxarray, loadJax } from './jax.js';
import { ADAM, inTurn, type Training, trainer } from './network.js';

type List = readonly Jaxarray[];

/** The training with jax-js: the whole step, gradient and optimizer, is one function that is compiled. */
export async function jaxTraining(training: Training): Promise<Contestant> {
  const { numpy: np, nn, jit, valueAndGrad } = await loadJax();
  const { widths, batch, rate, hidden } = training;
  const array = (x: ArrayLike<number>, shape: readonly number[]) =>
    np.array(Float32Array.from(x)).reshape(shape);
  const f = hidden === 'tanh' ? np.tanh : nn.relu;
  const last = training.layers.length - 1;

  /** Parameters are in one list: W₀, b₀, W₁, … */
  const lossOf = (w: List, x: Jaxarray, t: Jaxarray): Jaxarray => {
    let y = x;
    for (let k = 0; k <= last; k++) {
      const z = np.matmul(y, w[2 * k]!).add(w[2 * k + 1]!);
      y = k === last ? z : f(z);
    }
    return np.square(y.sub(t)).mean();
  };
  const refs = (list: List): List => list.map((x) => x.ref);

  const sgd = jit((w: List, x: Jaxarray, t: Jaxarray) => {
    const [loss, g] = valueAndGrad<typeof lossOf, List>(lossOf)(refs(w), x, t);
    return [loss, w.map((wk, k) => wk.sub(g[k]!.mul(rate)))] as const;
  });

  const { beta1, beta2, epsilon } = ADAM;
  /** `unbias` is 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ). */
  const adam = jit((w: List, m: List, v: List, unbias: List, x: Jaxarray, t: Jaxarray) => {
    const [loss, g] = valueAndGrad<typeof lossOf, List>(lossOf)(refs(w), x, t);
    const mNew = m.map((mk, k) => mk.mul(beta1).add(g[k]!.ref.mul(1 - beta1)));
    const vNew = v.map((vk, k) => vk.mul(beta2).add(np.square(g[k]!).mul(1 - beta2)));
    const wNew = w.map((wk, k) => {
      const root = np.sqrt(vNew[k]!.ref.mul(unbias[1]!.ref)).add(epsilon);
      return wk.sub(mNew[k]!.ref.mul(unbias[0]!.ref).mul(rate).div(root));
    });
    for (const factor of unbias) factor.dispose();
    return [loss, wNew, mNew, vNew] as const;
  });

  const shapes = widths.slice(1).flatMap((n, k) => [[widths[k]!, n], [n]]);
  let w: List = training.layers
    .flatMap(({ W, b }) => [W, b])
    .map((values, k) => array(values, shapes[k]!));
  const zeros = (): List =>
    shapes.map((shape) => array(new Float32Array(shape.reduce((a, b) => a * b)), shape));
  let [m, v] = [zeros(), zeros()];
  let steps = 0;
  const example = inTurn(
    training.examples.map(({ x, t }) => ({
      x: array(x, [batch, widths[0]!]),
      t: array(t, [batch, widths.at(-1)!]),
    })),
  );

  const step = (): number => {
    const { x, t } = example();
    let loss: Jaxarray;
    if (training.optimizer === 'sgd') [loss, w] = sgd(w, x.ref, t.ref);
    else {
      steps += 1;
      const unbias = [beta1, beta2].map((beta) => array([1 / (1 - beta ** steps)], []));
      [loss, w, m, v] = adam(w, m, v, unbias, x.ref, t.ref);
    }
    return loss.dataSync()[0]!;
  };
  return trainer('jax-js, f32', step, { tolerance: SINGLE });
}
