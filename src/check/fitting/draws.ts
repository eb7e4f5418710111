import fc from 'fast-check';
import { constant } from '../../graph/index.js';
import type { Engine } from '../engine.js';
import type { Law } from '../law.js';
import { checkInGraph } from '../laws/in-graphs.js';
import { checkLaw, type LawOptions, SMOOTH_LAWS, type SmoothLaw } from '../laws/index.js';
import type { Counterexample, LawReport } from '../report.js';
import type { OpSpec } from '../spec.js';
import type { Case } from '../use.js';
import type { Failed, Passed, Verdict } from '../verdict.js';
import { topologicalOrder } from '../witnesses/interpreter.js';
import { Problem, type ProblemOptions } from '../witnesses/problem.js';
import { explain } from '../words/explain.js';
import { placeIn } from '../words/text.js';
import { asTypeScript } from '../words/written.js';
import { count, emptyTally, isUntold, summary } from './tally.js';
import { type Open, simplestOf } from './untold.js';

/** How many cases are drawn for a law, from which seed on, and what they are checked by. */
export interface DrawOptions {
  /** Cases drawn for each law; where left out 50, or fewer for a function of many nodes. */
  readonly runs?: number;
  /** Of the draws, and the path to one of them: as a report of a failure gives them. */
  readonly seed?: number;
  readonly path?: string;
  /** As for `checkGradient`. */
  readonly gate?: number;
  /** What writes the gradients and computes them; our own where left out. */
  readonly engine?: Engine;
  /** What is checked is the user's own and called so: it is not imported from the library where it is written down. */
  readonly own?: string;
  /** The module that it is imported from where it is written down. */
  readonly from?: string;
}

/** Draws for each law, of a function of so many nodes; of one that has more, fewer, so that the work stays the same. */
const RUNS = 50;
const MOST_NODES = 24;
const FEWEST_RUNS = 4;

type Settings = ProblemOptions & LawOptions;

/**
 * Seeds of the weights u and directions t of a case, so that no two cases are looked at from the same side. What fails
 * is shrunk to seed 0 where that shows it too, since that need not be written down.
 */
export const weightSeeds: fc.Arbitrary<number> = fc.option(
  fc.noShrink(fc.noBias(fc.integer({ min: 1, max: 2 ** 31 - 1 }))),
  { nil: 0, freq: 1000 },
);

/** How many cases are drawn for each law, and why so few. */
export function runsFor(
  { smooth }: OpSpec,
  seed: number,
): { readonly runs: number; readonly note?: string } {
  const nodes = countNodes(fc.sample(smooth, { numRuns: 1, seed })[0]!);
  const runs = Math.max(FEWEST_RUNS, Math.floor((RUNS * MOST_NODES) / nodes));
  if (runs >= RUNS) return { runs: RUNS };
  const note = `it is made of ${nodes} nodes, so ${runs} cases were drawn for each law and not ${RUNS}; say \`runs\` for more`;
  return { runs, note };
}

/** How many nodes f builds; none where it throws. */
function countNodes({ f, inputs }: Case): number {
  const xs = inputs.map(({ values, shape }) => constant(values, shape));
  try {
    return topologicalOrder([f(...xs)]).length;
  } catch {
    return 0;
  }
}

/** The laws that cases are drawn for: of an op where it is smooth, or of graphs in which it stands. */
type DrawnLaw = SmoothLaw | 'graphs';

/** One law on such draws. */
export function drawn(
  spec: OpSpec,
  law: DrawnLaw,
  options: DrawOptions & { readonly runs: number },
): LawReport {
  const none = { law, draws: 0, inconclusive: 0, zero: 0, error: 0 };
  const reason = notFor(spec, law);
  if (reason) return { ...none, outcome: 'skipped', reason };

  const tally = emptyTally();
  let failed: Failed | undefined;
  let misdeclared: string | undefined;
  let tried = 0;
  const open: Open[] = [];
  const cases = law === 'graphs' ? spec.graphs! : spec.smooth;
  const property = fc.property(cases, weightSeeds, (made, weights) => {
    tried += 1;
    const verdict = verdictOf(law, made, settingsOf(made, weights, spec, options));
    const notFlat = spec.flat && law === 'gradient' && verdict?.outcome === 'passed';
    if (verdict?.outcome === 'failed') failed = verdict;
    else if (notFlat && !failed) misdeclared = notFlatText(verdict);
    // What is drawn to shrink a failure is no more a fair draw.
    else if (verdict && !failed && !misdeclared) {
      if (verdict.outcome === 'inconclusive')
        open.push({ made, weights, verdict, draw: tried - 1 });
      count(tally, verdict);
    }
    return verdict?.outcome !== 'failed' && (!notFlat || failed !== undefined);
  });
  const { runs, seed, path } = options;
  const details = fc.check(property, {
    numRuns: path === undefined ? runs : 1,
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path }),
  });

  if (tried === 0) throw new RangeError(`Unable to replay: seed ${seed} has no draw ${path}`);
  const told = { law, ...summary(tally, zerosAreRight(spec, law)) };
  if (details.failed && failed) {
    // Why nothing could be told of the draws before is no news.
    const { reason: _, ...counts } = told;
    const [made, weights] = details.counterexample!;
    // In a graph it is some law of its own that does not hold.
    const broken = law === 'graphs' ? lawOf(failed) : law;
    const verdict = again(broken, made, settingsOf(made, weights, spec, options)) ?? failed;
    const drawn = { seed: details.seed, path: details.counterexamplePath! };
    const counterexample = shownAs(broken, made, weights, verdict, options, drawn);
    return { ...counts, draws: counts.draws + 1, outcome: 'failed', counterexample };
  }
  if (misdeclared)
    return { ...told, draws: told.draws + 1, outcome: 'failed', reason: misdeclared };
  if (tally.draws === 0) return { ...told, outcome: 'skipped', reason: 'there is no definition' };
  if (told.outcome !== 'inconclusive') return told;
  const { made, weights, verdict, draw } = simplestOf(open, isUntold(tally));
  const looked = law === 'graphs' ? 'gradient' : law;
  const drawn = { seed: details.seed, path: path ?? String(draw) };
  return { ...told, untold: shownAs(looked, made, weights, verdict, options, drawn) };
}

/** A case as a report shows it. */
function shownAs(
  law: SmoothLaw,
  made: Case,
  weights: number,
  verdict: Verdict,
  { own, from }: DrawOptions,
  drawn: { readonly seed: number; readonly path: string },
): Counterexample {
  const text = asTypeScript(law, made, { own, from, seed: weights, drawn });
  return { text, made, ...drawn, explanation: explain(verdict), verdict };
}

/** What passes where differences see a slope is right, and `flat` is not. */
function notFlatText({ worst }: Passed): string {
  const where = worst?.backward
    ? `: it is ${worst.backward} at ${placeIn(`input ${worst.slot + 1}`, worst.at)} = ${worst.x}`
    : '';
  return `the spec says flat: true, but the gradient is not 0, neither by the rule nor by differences${where}; leave flat out`;
}

/** A law on a list of points, each of which may fail. */
export function listed<Point>(
  law: Law,
  points: readonly Point[] | undefined,
  text: (point: Point) => string,
  check: (point: Point) => Verdict,
): LawReport {
  const none = { law, draws: 0, inconclusive: 0, zero: 0, error: 0 };
  if (!points?.length) return { ...none, outcome: 'skipped', reason: 'none are listed' };
  const tally = emptyTally();
  for (const [i, point] of points.entries()) {
    const verdict = guarded(law, () => check(point))!;
    if (verdict.outcome === 'failed') {
      const counterexample = { text: text(point), explanation: explain(verdict), verdict };
      return { ...none, draws: i + 1, outcome: 'failed', counterexample };
    }
    count(tally, verdict);
  }
  return { law, ...summary(tally, true) };
}

/** Why a law is not for an op; undefined if it is. */
function notFor({ cut, once, graphs }: OpSpec, law: DrawnLaw): string | undefined {
  if (law === 'graphs' && !graphs) return 'there is no definition of a few inputs to be had';
  if (law === 'graphs' && cut) return 'it hides a slope that differences see';
  if (cut && ['gradient', 'forward mode', 'second order', 'symmetry'].includes(law)) {
    return 'it hides a slope that differences see';
  }
  if (once && ['second order', 'symmetry'].includes(law))
    return 'it can be differentiated once only';
  return undefined;
}

/** Where every gradient is 0, a rule that gives nothing would not show; unless that is just what it should give. */
const zerosAreRight = ({ flat, cut }: OpSpec, law: DrawnLaw): boolean =>
  flat === true || cut === true || law === 'second order' || law === 'symmetry';

function settingsOf(
  { slots, definition }: Case,
  seed: number,
  spec: OpSpec,
  { gate, engine }: DrawOptions,
): Settings {
  return {
    seed,
    once: spec.once === true,
    ...(slots && { slots }),
    ...(definition && { definition }),
    ...(gate !== undefined && { gate }),
    ...(engine && { engine }),
  };
}

/** The check of a law at a case; undefined if it needs a definition and there is none. */
function verdictOf(law: DrawnLaw, { f, inputs }: Case, settings: Settings): Verdict | undefined {
  return guarded(law, () => {
    const problem = new Problem(f, inputs, settings);
    const check = law === 'graphs' ? checkInGraph : SMOOTH_LAWS[law];
    const verdict = check(problem, settings);
    const finite = problem.at(problem.point).every(Number.isFinite);
    problem.dispose();
    // That NaN is NaN says nothing for a law.
    if (verdict?.outcome !== 'passed' || finite) return verdict;
    return { outcome: 'inconclusive', reason: 'not finite', entries: verdict.entries };
  });
}

/** What was broken in a graph; where it throws, it would do so whatever is looked at. */
const lawOf = ({ law }: Failed): SmoothLaw =>
  law in SMOOTH_LAWS ? (law as SmoothLaw) : 'gradient';

/** What throws does not hold. */
function guarded(law: Law, check: () => Verdict | undefined): Verdict | undefined {
  try {
    return check();
  } catch (error) {
    const evidence = `it throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    return { outcome: 'failed', law, entries: 0, error: Number.POSITIVE_INFINITY, evidence };
  }
}

/** The smallest case once more, to say whose fault it is; nothing if it does not fail every time. */
function again(law: SmoothLaw, { f, inputs }: Case, settings: Settings): Failed | undefined {
  const verdict = guarded(law, () => checkLaw(law, f, inputs, settings));
  return verdict?.outcome === 'failed' ? verdict : undefined;
}
