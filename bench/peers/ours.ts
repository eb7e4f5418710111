// The same training as anyone would write it with chainrule.

import {
  adam,
  add,
  from,
  Graph,
  gradientDescent,
  input,
  matmul,
  mean,
  type Node,
  Parameters,
  relu,
  square,
  sub,
  tanh,
  trainingStep,
} from '../../src/index.js';
import type { Contestant } from './contestant.js';
import { ADAM, inTurn, type Training, trainer } from './network.js';

export function ours(training: Training): Contestant {
  const { widths, hidden, layers, batch, rate, examples } = training;
  const parameters = new Parameters();
  const f = hidden === 'tanh' ? tanh : relu;
  const x = input('x', [batch, widths[0]!]);
  const t = input('t', [batch, widths.at(-1)!]);
  let y: Node = x;
  for (const [k, { W, b }] of layers.entries()) {
    const weights = parameters.add(`W${k}`, from(W, [widths[k]!, widths[k + 1]!]));
    const bias = parameters.add(`b${k}`, from(b, [widths[k + 1]!]));
    const z = add(matmul(y, weights), bias);
    y = k === layers.length - 1 ? z : f(z);
  }
  const graph = new Graph(mean(square(sub(y, t))));
  const optimizer =
    training.optimizer === 'adam' ? adam({ rate, ...ADAM }) : gradientDescent({ rate });
  const example = inTurn(examples);
  const step = (): number => trainingStep(graph, { ...example() }, optimizer);
  return trainer('ours', step);
}
