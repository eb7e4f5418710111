// One step of contrastive learning over a table of 30,000 words × 100 numbers, with the notes' adaptivity. A
// batch of 1,024 touches a tenth of the rows at most; a dense gradient has all of them.

import {
  adaptivity,
  type Feeds,
  Graph,
  type GraphOptions,
  gather,
  indices,
  matmul,
  mean,
  mul,
  type Node,
  normal,
  type Optimizer,
  Parameters,
  Random,
  square,
  sub,
  sum,
  trainingStep,
} from '../../../src/index.js';
import { milliseconds } from '../../harness.js';
import type { Contest } from '../contest.js';
import type { Contestant } from '../contestant.js';
import { inTurn, trainer } from '../network.js';

const [words, dimension, batch] = [30_000, 100, 1024];

/** f(x)ᵀf(x⁻) of each unrelated pair. */
type Unrelated = (x: Node, minus: Node) => Node;

export async function* contests(): AsyncGenerator<Contest> {
  const pairs: Unrelated = (x, minus) => sum(mul(x, minus), -1);
  yield contest('a word unrelated to each', pairs, [{ against: 'dense gradient', most: 0.2 }]);
  // As src/models has it. The product of all with all, 3·2·B²·k operations, is the same work for both.
  const all: Unrelated = (x, minus) => matmul(x, minus, { transposeB: true });
  yield contest('all words against all', all, []);
}

function contest(title: string, unrelated: Unrelated, bars: Contest['bars'] & object): Contest {
  return {
    title: `contrastive step, ${words}×${dimension} table, batch ${batch}, ${title}`,
    unit: milliseconds,
    ours: steps('ours', unrelated, {}, trainingStep),
    peers: [
      // Where every value is kept, the gradient of each gather is written out, a whole table of it, and they are
      // added up: what an engine does that knows nothing of rows.
      steps('dense gradient', unrelated, { keep: 'all' }, stepThroughAll),
      steps('dense optimizer', unrelated, {}, stepThroughAll),
    ],
    bars,
  };
}

type Step = (graph: Graph, feeds: Feeds, optimizer: Optimizer) => number;

/** `trainingStep`, but that the optimizer is not told which rows were touched: it steps through all there are. */
const stepThroughAll: Step = (graph, feeds, optimizer) => {
  graph.forward(feeds);
  graph.backward();
  graph.assertFinite();
  optimizer.step(graph.parameters!, graph.gradients);
  return graph.loss;
};

function steps(name: string, unrelated: Unrelated, options: GraphOptions, step: Step): Contestant {
  const parameters = new Parameters({ seed: 1 });
  const table = parameters.add('f', normal([words, dimension], 0.1));
  const f = (word: string): Node => gather(table, indices(word, [batch], { below: words }));
  const [x, plus, minus] = [f('x'), f('xPlus'), f('xMinus')];
  // The spectral contrastive loss: the notes', with the sign of a loss.
  const close = mean(sum(mul(x, plus), -1));
  const loss = sub(mean(square(unrelated(x, minus))), mul(2, close));
  const graph = new Graph(loss, options);
  const optimizer = adaptivity();
  const next = inTurn(batches());
  return trainer(name, () => step(graph, next(), optimizer));
}

/** Words drawn evenly: as many different rows as there can be. */
function batches(): readonly Feeds[] {
  const random = new Random(1, 'words');
  const drawn = () => Float64Array.from({ length: batch }, () => random.integer(words));
  return Array.from({ length: 16 }, () => ({ x: drawn(), xPlus: drawn(), xMinus: drawn() }));
}
