/** The branches of sources, as V8 and the reporter of vitest see them, by what they say and not by where they stand. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** Which way it goes: into an `if` or past it, one side of `a ? b : c`, an operand of `&&`, `||`, `??`, a default. */
export type Way = 'then' | 'else' | 'default' | `operand ${number}`;

export interface Branch {
  readonly room: string;
  /** From the root, with slashes. */
  readonly file: string;
  /** The line in which it begins. */
  readonly source: string;
  readonly way: Way;
  readonly line: number;
  readonly covered: boolean;
}

interface Place {
  readonly start: { readonly line?: number };
}

/** A file in Istanbul's format. */
interface FileCoverage {
  readonly branchMap: Readonly<
    Record<string, { type: string; loc: Place; locations: readonly Place[] }>
  >;
  /** How often each way of each branch was taken. */
  readonly b: Readonly<Record<string, readonly number[]>>;
}

export type Coverage = Readonly<Record<string, FileCoverage>>;

/** All branches of a report, in the order of files and lines. */
export function branchesOf(coverage: Coverage, root: string): Branch[] {
  return Object.entries(coverage).flatMap(([path, { branchMap, b }]) => {
    const file = relative(root, path).split(sep).join('/');
    const room = file.split('/')[1]!;
    const lines = readFileSync(path, 'utf8').split('\n');
    return Object.entries(branchMap).flatMap(([id, { type, loc, locations }]) =>
      locations.map((place, i): Branch => {
        // The way past an `if` without `else` has no place of its own.
        const line = place.start.line ?? loc.start.line!;
        const source = lines[line - 1]!.trim();
        return { room, file, source, way: wayOf(type, i), line, covered: b[id]![i]! > 0 };
      }),
    );
  });
}

function wayOf(type: string, i: number): Way {
  if (type === 'if' || type === 'cond-expr') return i === 0 ? 'then' : 'else';
  return type === 'default-arg' ? 'default' : `operand ${i + 1}`;
}
