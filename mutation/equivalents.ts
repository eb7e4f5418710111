/**
 * Mutants that no test can tell from the source, each looked at, with the reason: the lists of `equivalents/`,
 * one per room. An entry says what is replaced by what and in which line of text, not in which line by
 * number; one that fits no mutant any more, or one that is killed, is an error.
 */
import { existsSync } from 'node:fs';
import type { MutantResult, SourceResult } from './results.js';

export interface Equivalent {
  /** The line in which the replaced text begins, without the blanks around it. */
  readonly line: string;
  /** The text that is replaced; blanks and line breaks count as one blank. */
  readonly from: string;
  /** What it is replaced by; several, where one reason holds for all. */
  readonly to: string | readonly string[];
  /** Why no test can tell: what is the same. */
  readonly why: string;
}

/** The entries of a room, by source. */
export type Equivalents = Readonly<Record<string, readonly Equivalent[]>>;

/** The list of a room; empty where there is none. */
export async function equivalentsOf(room: string): Promise<Equivalents> {
  const file = new URL(`./equivalents/${room}.ts`, import.meta.url);
  if (!existsSync(file)) return {};
  const { equivalents } = (await import(file.href)) as { equivalents: Equivalents };
  return equivalents;
}

const SURVIVING = new Set(['Survived', 'NoCoverage']);

export const survives = ({ status }: MutantResult): boolean => SURVIVING.has(status);

export interface Judgement {
  /** Survivors without an excuse. */
  readonly survivors: readonly MutantResult[];
  readonly equivalent: ReadonlyMap<MutantResult, Equivalent>;
  /** What is wrong with the list. */
  readonly errors: readonly string[];
}

/** Sorts the survivors of a source into equivalents and others. */
export function judge(
  file: string,
  result: SourceResult,
  entries: readonly Equivalent[],
): Judgement {
  const equivalent = new Map<MutantResult, Equivalent>();
  const errors: string[] = [];
  const lines = result.source.split('\n');
  for (const entry of entries) {
    for (const to of [entry.to].flat()) {
      const what = `${file}: ${flat(entry.from)} → ${flat(to)} in "${entry.line}"`;
      const fitting = result.mutants.filter(
        ({ original, replacement, location }) =>
          flat(lines[location.start.line - 1]!) === flat(entry.line) &&
          flat(original) === flat(entry.from) &&
          flat(replacement) === flat(to),
      );
      if (fitting.length === 0) errors.push(`${what} is listed, but there is no such mutant`);
      for (const mutant of fitting) {
        if (survives(mutant)) equivalent.set(mutant, entry);
        else errors.push(`${what} is listed, but it is no equivalent: ${mutant.status}`);
      }
    }
  }
  const survivors = result.mutants.filter((mutant) => survives(mutant) && !equivalent.has(mutant));
  return { survivors, equivalent, errors };
}

export const flat = (text: string): string => text.trim().replace(/\s+/g, ' ');
