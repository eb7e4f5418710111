import { Graph, indices, normal, type Parameters } from '../../graph/index.js';
import { gather, mul } from '../../ops/index.js';
import { trainingStep } from '../../optim/index.js';
import { WordSampler } from '../../text/index.js';
import type { Progress } from '../method.js';
import type { Source } from '../source.js';
import { rootOf, sampledLoss } from './loss.js';
import { optimizers, type Settings } from './options.js';
import { type Encoder, everyWord, networkOf, pairSampler, type Run } from './words.js';

/** As the notes have it: at every step some pairs, and some unrelated words drawn from q. */
export function stochasticRun(
  source: Source,
  w: Parameters,
  q: Float64Array,
  settings: Settings,
): Run {
  const { batch, dimension, seed, optimizer, rate } = settings;
  const V = source.size;
  const f = settings.model === 'table' ? table(w, V, dimension) : networkOf(source, w, settings);
  const word = (name: string) => f(indices(name, [batch], { below: V }));
  const loss = sampledLoss(word('x'), word('xPlus'), word('xMinus'), word('others'));

  function* steps(): Generator<Progress, void> {
    const graph = new Graph(loss);
    const descent = optimizers[optimizer](rate === undefined ? {} : { rate });
    const positive = pairSampler(source, settings.pairs, seed);
    const negative = new WordSampler(q, { seed });
    const x = new Float64Array(batch);
    const xPlus = new Float64Array(batch);
    const unrelated = new Float64Array(2 * batch);
    const [xMinus, others] = [unrelated.subarray(0, batch), unrelated.subarray(batch)];
    for (let step = 1; step <= settings.steps; step++) {
      positive.fill(step, x, xPlus);
      negative.fill(step, unrelated);
      const now = trainingStep(graph, { x, xPlus, xMinus, others }, descent);
      yield { step, steps: settings.steps, loss: now };
    }
    graph.dispose();
    descent.dispose();
  }
  return { steps: steps(), weighted: mul(rootOf(q), f(everyWord(V))) };
}

/** f(x) is row x of a table. */
function table(w: Parameters, V: number, k: number): Encoder {
  const F = w.add('f', normal([V, k], 0.1));
  return (index) => gather(F, index);
}
