import { LAWS } from '../law.js';
import type { Counterexample, LawReport, Report } from '../report.js';

const MARKS = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const;

/** A report in lines: one for each law, and under one that is broken the smallest case that breaks it. */
export function explainReport({ name, outcome, laws, seed, note }: Report): string {
  const lines = laws.filter((law) => law.outcome !== 'skipped').flatMap(linesOf);
  const notes = note === undefined ? [] : [`  (${note})`];
  return [`${name}: ${outcome} (seed ${seed})`, ...lines, ...notes].join('\n');
}

function linesOf(report: LawReport): string[] {
  const { law, outcome, draws, reason, counterexample } = report;
  const line = `  ${MARKS[outcome]} ${LAWS[law]} (${draws})${reason ? `: ${reason}` : ''}`;
  return counterexample ? [line, ...broken(counterexample)] : [line];
}

function broken({ text, explanation, seed, path }: Counterexample): string[] {
  const replay = path === undefined ? [] : [`replay with { seed: ${seed}, path: '${path}' }`];
  const block = [...explanation.split('\n'), '', ...text.split('\n'), '', ...replay];
  return block.map((line) => `      ${line}`.trimEnd());
}
