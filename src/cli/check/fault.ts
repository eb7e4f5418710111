// What went wrong in a user's module, with the line of theirs where it did.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Mistake, mistakeAt } from '../mistake.js';

/** A line of a user's file. */
interface Spot {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** An error that a module threw while it was loaded, as something its author can put right. */
export function faultIn(file: string, error: unknown): Mistake {
  if (error instanceof Mistake) return error;
  const spot = spotOf(error) ?? (error instanceof SyntaxError ? checkedSpot(file) : undefined);
  const where = spot ? `${shortPath(spot.path)}:${spot.line}:${spot.column}` : file;
  return shown(`${where}: ${said(error)}${moreThanTypes(error) ? TSX : ''}`, spot);
}

/** What Node.js says of enums and the like, which are more than types that can be stripped. */
const moreThanTypes = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
const TSX = ' (npm install --save-dev tsx: it takes all of TypeScript)';

/** An error that a function of a user's module threw when it was called. */
export function said(error: unknown): string {
  if (!(error instanceof Error)) return `it throws ${String(error)}, which is no Error`;
  const transformed = /: ERROR: (.*)/.exec(error.message)?.[1];
  if (transformed !== undefined) return transformed;
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}

/** The message, and under it the line with a caret. */
function shown(message: string, spot: Spot | undefined): Mistake {
  if (!spot) return new Mistake(message);
  const line = lineOf(spot);
  if (line === undefined) return new Mistake(message);
  const indent = line.length - line.trimStart().length;
  const start = Math.min(Math.max(spot.column - 1 - indent, 0), line.trim().length);
  return mistakeAt(line.trim(), { start, end: start + 1 }, message);
}

function lineOf({ path, line }: Spot): string | undefined {
  try {
    return readFileSync(path, 'utf8').split('\n')[line - 1];
  } catch {
    return undefined;
  }
}

/** Where an error comes from: as esbuild says it, or the first line of its stack that is a user's file. */
function spotOf(error: unknown): Spot | undefined {
  if (!(error instanceof Error)) return undefined;
  const transformed = /^(.+?):(\d+):(\d+): ERROR: /m.exec(error.message);
  if (transformed) {
    const [, path, line, column] = transformed;
    return { path: resolve(path!), line: Number(line), column: Number(column) + 1 };
  }
  for (const frame of error.stack?.split('\n') ?? []) {
    const [, place, line, column] = FRAME.exec(frame) ?? HEAD.exec(frame) ?? [];
    if (place === undefined) continue;
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (!isOurs(path)) return { path, line: Number(line), column: Number(column ?? 1) };
  }
  return undefined;
}

/** `    at f (/folder/file.ts:3:7)`, with or without a function, as a path or a URL. */
const FRAME = /^\s+at (?:.* )?\(?((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):(\d+)\)?$/;
/** Errors of linking modules begin with their place: `file:///folder/file.js:1`. */
const HEAD = /^((?:file:\/\/)?\/.+|[A-Za-z]:\\.+):(\d+)$/;

/** Inside this package, or a package of its own: no place that the user can mend. */
function isOurs(path: string): boolean {
  const here = fileURLToPath(new URL('../../', import.meta.url));
  return path.startsWith(here) || path.includes('/node_modules/');
}

/** The place of a syntax error, which JavaScript's own message leaves out. */
function checkedSpot(file: string): Spot | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', resolve(file)], { encoding: 'utf8' });
  const [first = '', , carets = ''] = stderr.split('\n');
  const [, path, line] = HEAD.exec(first.replace('file://', '')) ?? [];
  if (path === undefined) return undefined;
  return { path, line: Number(line), column: carets.indexOf('^') + 1 };
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
