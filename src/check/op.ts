import type { Op } from '../graph/index.js';
import { atUserLine } from '../linalg/index.js';
import * as ops from '../ops/index.js';
import { type Checkable, completed } from './fitting/checkable.js';
import { type DrawOptions, drawn, listed, runsFor } from './fitting/draws.js';
import { validOptions, validSpec } from './fitting/valid.js';
import { LAWS, type Law } from './law.js';
import type { LawReport, Report } from './report.js';
import type { OpSpec, Point } from './spec.js';
import { checkKinkPoint, checkMisfit, checkPoint } from './witnesses/points.js';
import type { Build } from './witnesses/problem.js';
import { explainReport } from './words/explain-report.js';
import { mostTelling } from './words/telling.js';

/** By which laws an op is checked, how often, and from which seed on. */
export interface OpCheckOptions extends DrawOptions {
  /** What the op is called in the report. */
  readonly name?: string;
  /** The laws to check; all where left out. */
  readonly laws?: readonly Law[];
  /** Is told which law is next, how many were checked, and how many there are. */
  readonly onLaw?: (law: Law, step: number, steps: number) => void;
}

/**
 * Checks an op, or a function that builds graph, by everything there is: all laws, at random points of its domain; at
 * its kinks and its special points; and by what it has to refuse. What fails is shrunk to the smallest case.
 *
 *     assertOp(softsignOp);
 *     assertOp(logit, { range: [0, 1] });
 *
 * @param spec where its domain is and what is known of it; shapes and ranges that are left out are found by trying
 * @throws UnfitError if no shape or range is found, RangeError for a spec that is none
 */
export function checkOp(
  op: Build | Op,
  spec: Omit<Checkable, 'f'> = {},
  options: OpCheckOptions = {},
): Report {
  validOptions(options);
  const name = options.name ?? (op?.name || 'f');
  const { spec: full } = completed(name, { f: op, ...spec });
  const ours = Object.values<unknown>(ops).includes(op);
  return checkSpec(name, full, { ...(!ours && { own: name }), ...options });
}

/** The same, for an op whose spec is complete. */
export function checkSpec(name: string, spec: OpSpec, options: OpCheckOptions = {}): Report {
  validOptions(options);
  validSpec(name, spec);
  const { laws = Object.keys(LAWS) as Law[], seed = 0, onLaw } = options;
  const { runs, note } = options.runs === undefined ? runsFor(spec, seed) : { runs: options.runs };
  const settings = { ...options, runs, seed };
  const reports = laws.map((law, step) => {
    onLaw?.(law, step, laws.length);
    return checkLawOf(spec, law, settings);
  });
  const outcomes = reports.map(({ outcome }) => outcome);
  const worst = (['failed', 'inconclusive'] as const).find((each) => outcomes.includes(each));
  // Where no law was for it, nothing has been shown.
  const best = outcomes.includes('passed') ? 'passed' : 'inconclusive';
  const telling = mostTelling(reports);
  return {
    name,
    outcome: worst ?? best,
    laws: reports,
    seed,
    ...(telling && { telling }),
    ...(note && { note }),
  };
}

/** Throws an Error with the report, unless everything holds. */
export function assertOp(
  op: Build | Op,
  spec: Omit<Checkable, 'f'> = {},
  options: OpCheckOptions = {},
): void {
  const report = checkOp(op, spec, options);
  if (report.outcome !== 'passed') throw atUserLine(new Error(explainReport(report)));
}

function checkLawOf(
  spec: OpSpec,
  law: Law,
  options: OpCheckOptions & { seed: number; runs: number },
): LawReport {
  switch (law) {
    case 'kinks':
      return listed(law, spec.kinks, textOf, (kink) => checkKinkPoint(kink, options.engine));
    case 'special points':
      return listed(law, spec.special, textOf, (point) => checkPoint(point, options.engine));
    case 'misfits':
      return listed(law, spec.misfits, ({ make }) => String(make), checkMisfit);
    default:
      return drawn(spec, law, options);
  }
}

const textOf = ({ text }: Point): string => text;
