import { constant, type Node, type Parameters } from '../../graph/index.js';
import type { Csr } from '../../linalg/index.js';
import { EntryPairs, type PairSampler, WindowPairs } from '../../text/index.js';
import { encoder } from '../coder.js';
import { inputRows } from '../inputs.js';
import type { Progress } from '../method.js';
import type { Source } from '../source.js';
import type { ContrastiveOptions, Settings } from './options.js';

/** A training: its steps, and the node of √q·f of all words, [V, k]. */
export interface Run {
  readonly steps: Generator<Progress, void>;
  readonly weighted: Node;
}

/** f: word numbers [n] → vectors [n, k]. */
export type Encoder = (index: Node) => Node;

/** The numbers of all words. */
export function everyWord(V: number): Node {
  return constant(Float64Array.from({ length: V }, (_, i) => i));
}

/** f(x) = tanh(row(x)·W₁ + b₁)·W₂ + b₂, the row being the PPMI of x with frequent words. */
export function networkOf(source: Source, w: Parameters, settings: Settings): Encoder {
  const rows = inputRows(source, 'context', settings.contexts);
  const f = encoder(w, rows, [settings.hidden], 'tanh', ['f'], settings.dimension);
  return (index) => f(index)[0]!;
}

/** How often each pair (x, x⁺) is drawn, up to a factor: [V, V], symmetric. */
export function pairMatrix(source: Source, pairs: ContrastiveOptions['pairs']): Csr {
  if (pairs === 'next-word') return source.adjacent;
  return source.matrix(pairs === 'ppmi' ? 'ppmi' : 'raw');
}

/** Draws the pairs of that matrix, without writing it out where the text will do. */
export function pairSampler(
  source: Source,
  pairs: ContrastiveOptions['pairs'],
  seed: number,
): PairSampler {
  if (pairs === 'ppmi') return new EntryPairs(source.matrix('ppmi'), { seed });
  const { window = 10, weighting = 'distance' } = source.options;
  return new WindowPairs(
    source.corpus,
    pairs === 'next-word' ? { window: 1, side: 'next', seed } : { window, weighting, seed },
  );
}
