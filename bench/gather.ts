// A step of contrastive learning on a table of 30,000 words, with the notes' loss of (word, next word,
// unrelated word), Σ [f(x)ᵀf(x⁻)]² − 2 Σ f(x)ᵀf(x⁺), and their adaptivity. The gradient is 0 but for the rows of
// the batch: who knows that writes, looks at and moves these rows alone. The bits are the same.

import {
  adaptivity,
  Graph,
  gather,
  indices,
  mean,
  mul,
  normal,
  type Optimizer,
  Parameters,
  square,
  sub,
  sum,
  trainingStep,
} from '../src/index.js';
import { WordSampler } from '../src/text/index.js';
import { assertSame, compare, milliseconds } from './harness.js';

const [V, k, batch] = [30_000, 100, 1024];
const names = ['x', 'xPlus', 'xMinus'] as const;

measure('words as texts have them', (rank) => 1 / (rank + 2.7)); // Zipf, Mandelbrot
measure('all words equally likely', () => 1);

function measure(words: string, weight: (rank: number) => number): void {
  const sampler = new WordSampler(Float64Array.from({ length: V }, (_, rank) => weight(rank)));
  const batches = Array.from({ length: 64 }, (_, step) => {
    const drawn = new Float64Array(3 * batch);
    sampler.fill(step, drawn);
    return Object.fromEntries(
      names.map((name, i) => [name, drawn.subarray(i * batch, (i + 1) * batch)]),
    );
  });
  const rows = training(batches);
  const whole = training(batches, true);
  const own = training(batches);
  own.graph.forward(batches[0]);
  own.graph.backward();
  own.graph.gradients; // seen: somebody could write there

  for (let step = 0; step < 30; step++) for (const each of [rows, whole, own]) each.step();
  assertSame('rows and all', rows.parameters.values, whole.parameters.values);
  assertSame('gradients seen', own.parameters.values, whole.parameters.values);
  compare(`contrastive step, 30,000×${k}, batch ${batch}, ${words}`, milliseconds, [
    { name: 'dense gradient', run: whole.step },
    { name: 'touched rows', run: rows.step },
    { name: 'touched rows, gradients seen', run: own.step },
  ]);
}

function training(batches: readonly Record<string, Float64Array>[], dense = false) {
  const parameters = new Parameters({ seed: 1 });
  const table = parameters.add('f', normal([V, k], 0.1));
  const f = names.map((name) => gather(table, indices(name, [batch], { below: V })));
  const [x, xPlus, xMinus] = f as [(typeof f)[0], (typeof f)[0], (typeof f)[0]];
  const far = mean(square(sum(mul(x, xMinus), -1)));
  const loss = sub(far, mul(2, mean(sum(mul(x, xPlus), -1))));
  const graph = new Graph(loss);
  const optimizer = adaptivity();
  if (!dense) {
    let steps = 0;
    const step = (): number => trainingStep(graph, batches[steps++ % 64]!, optimizer);
    return { parameters, graph, step };
  }
  // Values that can be looked at are matrices as others are, and an optimizer that is not told of rows moves all.
  const blind: Optimizer = { ...optimizer, step: (w, dw) => optimizer.step(w, dw) };
  const whole = new Graph(loss, { keep: 'all' });
  let steps = 0;
  const step = (): number => {
    const now = trainingStep(whole, batches[steps++ % 64]!, blind);
    whole.gradients; // seen: so all of them are looked at for what is not finite
    return now;
  };
  return { parameters, graph: whole, step };
}
