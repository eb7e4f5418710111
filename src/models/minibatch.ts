import { constant, evaluate, Graph, indices, type Node } from '../graph/index.js';
import { adam, linearDecay, trainingStep } from '../optim/index.js';
import { batches } from './batches.js';
import { Embedding } from './embedding.js';
import { type Fit, fitOf, type Progress } from './method.js';
import { reweight } from './reweighting.js';

export interface MinibatchOptions {
  readonly dimension: number;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly power: number;
  readonly seed: number;
}

/**
 * A fit by batches of words: Adam on the loss of a batch, at a rate that falls to 0 along a straight line,
 * so that the last batches no longer pull to and fro; then the code of all words, re-weighted, for vectors.
 * @param loss the loss of a batch of word numbers [B]
 * @param code f: word numbers → latents, [B, dimension]
 */
export function minibatchFit(
  words: readonly string[],
  options: MinibatchOptions,
  loss: (index: Node) => Node,
  code: (index: Node) => Node,
): Fit {
  const V = words.length;
  const steps = Math.ceil((options.epochs * V) / options.batch);
  const index = indices('words', [options.batch], { below: V });

  const all = constant(Float64Array.from(words, (_, i) => i));
  const latents = (): Float64Array => evaluate(code(all));
  /** What is left of a fit that is done. */
  let last: Float64Array | undefined;

  function* learn(): Generator<Progress, void> {
    const graph = new Graph(loss(index));
    const optimizer = adam({ rate: linearDecay({ rate: options.rate, steps }) });
    const feeds = batches(V, options.batch, options.seed);
    for (let step = 1; step <= steps; step++) {
      const now = trainingStep(graph, { words: feeds.next().value }, optimizer);
      yield { step, steps, loss: now };
    }
    graph.dispose();
    optimizer.dispose();
    last = latents();
    graph.parameters?.dispose();
  }

  return fitOf(
    learn(),
    () => new Embedding(words, reweight(last ?? latents(), options.dimension, options.power)),
  );
}
