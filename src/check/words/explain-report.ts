import { LAWS } from '../law.js';
import type { Counterexample, LawReport, Report } from '../report.js';

const MARKS = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '–' } as const;

/** A report in lines: one for each law, and under the most telling of those that are broken the smallest case that breaks it. */
export function explainReport({ name, outcome, laws, telling, seed, note }: Report): string {
  const looked = laws.filter((law) => law.outcome !== 'skipped');
  const lines = looked.flatMap((report) =>
    linesOf(report, telling === undefined || report.law === telling),
  );
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

function linesOf(report: LawReport, isTold: boolean): string[] {
  const { law, outcome, draws, reason, counterexample } = report;
  const line = `  ${MARKS[outcome]} ${LAWS[law]} (${draws})${reason ? `: ${reason}` : ''}`;
  return counterexample && isTold ? [line, ...broken(counterexample)] : [line];
}

function broken({ text, explanation, seed, path }: Counterexample): string[] {
  const replay = path === undefined ? [] : [`replay with { seed: ${seed}, path: '${path}' }`];
  const block = [...explanation.split('\n'), '', ...text.split('\n'), '', ...replay];
  return block.map((line) => `      ${line}`.trimEnd());
}
