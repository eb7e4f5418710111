import { LAWS } from '../law.js';
import type { Counterexample, LawReport, Report } from '../report.js';

const MARKS = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const;

/**
 * A report in lines: one for each law, and under the most telling of those that are broken the smallest case that breaks it;
 * or, if none is, under the first of which nothing is known a draw that tells nothing.
 */
export function explainReport({ name, outcome, laws, telling, seed, note }: Report): string {
  const looked = laws.filter((law) => law.outcome !== 'skipped');
  const isTold = ({ law }: LawReport): boolean => telling === undefined || law === telling;
  const open = outcome === 'inconclusive' ? looked.find(({ untold }) => untold) : undefined;
  const lines = looked.flatMap((report) => {
    const shown =
      report === open ? report.untold : isTold(report) ? report.counterexample : undefined;
    return [lineOf(report), ...(shown ? caseOf(shown) : [])];
  });
  const others = looked.filter(({ law, counterexample }) => counterexample && law !== telling);
  const notes = [
    ...(telling && others.length > 0
      ? [
          `what else is refuted may follow from this; { laws: ['${others[0]!.law}'] } shows it by itself`,
        ]
      : []),
    ...(note === undefined ? [] : [note]),
  ];
  const head = `${name}: ${outcome} (seed ${seed})`;
  return [head, ...lines, ...notes.map((each) => `  (${each})`)].join('\n');
}

const lineOf = ({ law, outcome, draws, reason }: LawReport): string =>
  `  ${MARKS[outcome]} ${LAWS[law]} (${draws})${reason ? `: ${reason}` : ''}`;

function caseOf({ text, explanation, seed, path }: Counterexample): string[] {
  const replay = path === undefined ? [] : [`replay with { seed: ${seed}, path: '${path}' }`];
  const block = [...explanation.split('\n'), '', ...text.split('\n'), '', ...replay];
  return block.map((line) => `      ${line}`.trimEnd());
}
