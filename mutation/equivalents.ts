/**
 * Mutants that no test can tell from the source, each looked at, with the reason: the lists of `equivalents/`,
 * one per room. An entry shows the place by its text, not by the number of its line; one that fits no mutant
 * any more, or one that is killed, is an error.
 */
import { existsSync } from 'node:fs';
import type { MutantResult, SourceResult } from './results.js';

export interface Equivalent {
  /**
   * The place: a piece of the source, with « and » around what is replaced. As much around it as makes it
   * clear, mostly the line; blanks and line breaks do not count.
   */
  readonly at: string;
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
  for (const entry of entries) {
    for (const to of [entry.to].flat()) {
      const what = `${file}: ${entry.at} → ${to}`;
      const fitting = result.mutants.filter(
        (mutant) => bare(mutant.replacement) === bare(to) && isAt(entry.at, mutant, result.source),
      );
      if (fitting.length === 0) errors.push(`${what}: listed, but there is no such mutant`);
      for (const mutant of fitting) {
        if (survives(mutant)) equivalent.set(mutant, entry);
        else errors.push(`${what}: listed, but it is no equivalent (${mutant.status})`);
      }
    }
  }
  const survivors = result.mutants.filter((mutant) => survives(mutant) && !equivalent.has(mutant));
  return { survivors, equivalent, errors };
}

/** Whether a mutant replaces what is marked in a piece of source. */
function isAt(place: string, { original, location }: MutantResult, source: string): boolean {
  const [before, marked, after] = place.split(/[«»]/).map(bare);
  if (marked !== bare(original)) return false;
  const lines = source.split('\n');
  const from = offsetOf(location.start, lines);
  const to = offsetOf(location.end, lines);
  return (
    bare(source.slice(0, from)).endsWith(before!) && bare(source.slice(to)).startsWith(after ?? '')
  );
}

function offsetOf({ line, column }: { line: number; column: number }, lines: string[]): number {
  return lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, column - 1);
}

const bare = (text: string): string => text.replace(/\s+/g, '');
