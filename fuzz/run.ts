import { setImmediate } from 'node:timers/promises';
import { type GraphOps, type LaneName, lanes } from '../src/check/random/index.js';
import { randomKey, uniformAt } from '../src/linalg/index.js';
import { grouped, type ProgressBar } from '../src/report/index.js';
import { draw, type Failure } from './draw.js';
import type { Options } from './options.js';
import { Tally } from './tally.js';
import { checkedOps, drawUses, UseTally, type WrongUse } from './uses.js';

/** What a run has come to, so far. */
export interface Run {
  readonly options: Options;
  readonly tallies: ReadonlyMap<LaneName, Tally>;
  readonly uses: UseTally;
  readonly failures: readonly Failure[];
  readonly wrongUses: readonly WrongUse[];
  readonly interrupted: boolean;
}

export interface Watch {
  readonly bar: ProgressBar;
  /** Whether to stop where it is. */
  stopped(): boolean;
  /** Called at once for each. */
  failed(failure: Failure): void;
  wrong(use: WrongUse): void;
}

/** Graphs drawn from one seed, before anything else is heard of: a signal, a failure. */
const BATCH = 250;
/** Of so many graphs, one is drawn for each lane but the first. */
const EVERY = 25;
/** Uses of one op, before it is the next one's turn. */
const USES = 25;
/** After so many failures there is enough to look at. */
const ENOUGH = 5;

/**
 * Draws and checks all that the options ask for; the same seed gives the same draws.
 * @param batch how many graphs are drawn from one seed
 */
export async function run(options: Options, watch: Watch, batch: number = BATCH): Promise<Run> {
  const names = Object.keys(lanes) as LaneName[];
  const tallies = new Map(names.map((name) => [name, new Tally()]));
  const uses = new UseTally();
  const failures: Failure[] = [];
  const wrongUses: WrongUse[] = [];
  const enough = (): boolean => failures.length + wrongUses.length >= ENOUGH;
  let interrupted = false;
  const goesOn = async (): Promise<boolean> => {
    await setImmediate();
    interrupted ||= watch.stopped();
    return !interrupted && !enough();
  };

  const { bar } = watch;
  const graphs = roundUp(options.graphs, batch);
  if (graphs > 0) bar.start('random graphs');
  for (let done = 0; done < graphs && (await goesOn()); done += batch) {
    for (const lane of names) {
      const all = lane === 'first order' || (lane === 'second order' && options.secondOrder);
      const ops = opsOf(lane, options.only);
      if (Object.keys(ops).length === 0) continue;
      const runs = all ? batch : Math.ceil(batch / EVERY);
      const failure = draw(
        { lane, ops, runs, seed: seedOf(options, lane, done) },
        tallies.get(lane)!,
      );
      if (!failure) continue;
      failures.push(failure);
      watch.failed(failure);
    }
    const rate = (1000 * (done + batch)) / bar.elapsed;
    const note = `${grouped(done + batch)} of ${grouped(graphs)}, ${grouped(rate)}/s`;
    bar.update({ step: done + batch, steps: graphs, note });
  }

  const chosen = checkedOps.filter(([op]) => options.only?.includes(op) ?? true);
  if (options.ops > 0) bar.start('uses of single ops');
  for (let turn = 0; uses.uses < options.ops && (await goesOn()); turn++) {
    const spec = chosen[turn % chosen.length]!;
    const runs = Math.min(USES, options.ops - uses.uses);
    const wrong = drawUses(spec, { seed: seedOf(options, spec[0], turn), runs }, uses);
    if (wrong) {
      wrongUses.push(wrong);
      watch.wrong(wrong);
    }
    bar.update({
      step: uses.uses,
      steps: options.ops,
      note: `${grouped(uses.uses)} of ${grouped(options.ops)}`,
    });
  }
  bar.clear();
  return { options, tallies, uses, failures, wrongUses, interrupted };
}

/** A 32-bit seed of a batch. */
function seedOf({ seed }: Options, lane: string, batch: number): number {
  return Math.floor(2 ** 32 * uniformAt(randomKey(seed, lane), batch, 0)) | 0;
}

function opsOf(lane: LaneName, only: Options['only']): GraphOps {
  const { ops } = lanes[lane];
  if (!only) return ops;
  return Object.fromEntries(Object.entries(ops).filter(([name]) => only.includes(name)));
}

const roundUp = (n: number, unit: number): number => unit * Math.ceil(n / unit);
