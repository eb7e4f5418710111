/** Prints what has survived: where, the line as it is, and as it was when nobody noticed. */
import { styleText } from 'node:util';
import type { Equivalent } from './equivalents.js';
import type { MutantResult, SourceResult } from './results.js';

export function printSurvivors(
  file: string,
  { source }: SourceResult,
  survivors: readonly MutantResult[],
): void {
  const lines = source.split('\n');
  const sorted = [...survivors].sort(
    ({ location: { start: a } }, { location: { start: b } }) =>
      a.line - b.line || a.column - b.column,
  );
  for (const mutant of sorted) {
    const { start, end } = mutant.location;
    const first = lines[start.line - 1]!;
    const before = first.slice(0, start.column - 1);
    const after = lines[end.line - 1]!.slice(end.column - 1);
    const note = mutant.status === 'NoCoverage' ? ', no test comes here' : '';
    console.log(
      `${styleText('bold', `${file}:${start.line}:${start.column}`)}  ${mutant.mutator}${styleText('dim', note)}`,
    );
    console.log(styleText('red', `  - ${shortened(before + mutant.original + after)}`));
    console.log(styleText('green', `  + ${shortened(before + mutant.replacement + after)}`));
  }
}

/** Survivors as entries for the list of equivalents, to be given their reason by hand. */
export function printEntries(
  file: string,
  { source }: SourceResult,
  survivors: readonly MutantResult[],
): void {
  const lines = source.split('\n');
  const entries = survivors.map(
    ({ location: { start, end }, original, replacement }): Equivalent => {
      const before = lines[start.line - 1]!.slice(0, start.column - 1);
      const after = lines[end.line - 1]!.slice(end.column - 1);
      return { at: flat(`${before}«${original}»${after}`), to: flat(replacement), why: '' };
    },
  );
  console.log(`  ${JSON.stringify(file)}: ${JSON.stringify(entries, null, 2)},`);
}

function shortened(text: string): string {
  const line = flat(text);
  return line.length <= 160 ? line : `${line.slice(0, 110)} … ${line.slice(-45)}`;
}

const flat = (text: string): string => text.trim().replace(/\s+/g, ' ');
