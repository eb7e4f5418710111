import fc from 'fast-check';
import { type Engine, ourEngine } from '../src/check/index.js';
import {
  type DrawnGraph,
  type GraphOps,
  graphs,
  type LaneName,
  type LaneVerdict,
  lanes,
} from '../src/check/random/index.js';
import type { Tally } from './tally.js';

export interface Draw {
  readonly lane: LaneName;
  readonly seed: number;
  readonly runs: number;
  /** Those of the lane where left out. */
  readonly ops?: GraphOps;
  readonly engine?: Engine;
}

/** A graph that did not pass, shrunk. */
export interface Failure {
  readonly lane: LaneName;
  readonly seed: number;
  /** fast-check's: which draw it was, and how it was shrunk. */
  readonly path: string;
  readonly shrinks: number;
  readonly graph: DrawnGraph;
  readonly explanation: string;
}

/** Draws some graphs and checks them in one lane; what was seen is added to the tally. */
export function draw(
  { lane: name, seed, runs, ops, engine = ourEngine }: Draw,
  tally: Tally,
): Failure | undefined {
  const lane = lanes[name];
  const started = performance.now();
  let failing = false;
  const details = fc.check(
    fc.property(graphs(ops ?? lane.ops, lane.recipes), (graph) => {
      const verdict = checked(() => lane.check(graph, engine));
      // From the first failure on, graphs are not drawn but shrunk.
      if (!failing) tally.add(graph, verdict);
      failing ||= verdict.outcome === 'failed';
      return verdict.outcome !== 'failed';
    }),
    { seed, numRuns: runs },
  );
  tally.milliseconds += performance.now() - started;
  if (!details.failed) return undefined;
  const [graph] = details.counterexample!;
  const verdict = checked(() => lane.check(graph, engine));
  return {
    lane: name,
    seed,
    path: details.counterexamplePath!,
    shrinks: details.numShrinks,
    graph,
    explanation: verdict.outcome === 'failed' ? verdict.explanation : 'it passes another time',
  };
}

/** What is thrown is a failure too. */
function checked(check: () => LaneVerdict): LaneVerdict {
  try {
    return check();
  } catch (error) {
    const explanation = `exception: ${error instanceof Error ? error.message : String(error)}`;
    return { outcome: 'failed', oracle: 'exception', explanation };
  }
}
