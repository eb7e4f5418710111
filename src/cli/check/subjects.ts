// What there is to check among the exports of a module.
import { basename } from 'node:path';
import type { Checkable, Completed } from '../../check/index.js';
import { Node } from '../../graph/index.js';
import { didYouMean } from '../../text/suggest.js';
import { Mistake } from '../mistake.js';
import { said } from './fault.js';
import type { Kit } from './kit.js';
import type { Exports } from './module.js';

/** An export that is to be checked. */
export interface Subject extends Completed {
  readonly name: string;
  /** The module that exports it, as it is imported from beside it. */
  readonly from: string;
}

/** An export that is not, and why. */
export interface Other {
  readonly name: string;
  readonly reason: string;
  /** It looks as if it wants to be checked, and could not be: that is not passed over in silence. */
  readonly wanted: boolean;
  /** What it says of itself is no spec: that is wrong, whatever else may be inconclusive. */
  readonly mistaken?: true;
}

export interface Sorted {
  readonly subjects: readonly Subject[];
  readonly others: readonly Other[];
}

/**
 * Sorts the exports of a module: functions of nodes, ops, and what `spec` says more of are checked.
 * @param only the names of those that are looked at; all where left out
 * @throws Mistake if a name is not exported, or if there is nothing to check
 */
export function sortExports(
  kit: Kit,
  file: string,
  exports: Exports,
  only?: readonly string[],
): Sorted {
  const named = withoutDuplicates(exports);
  for (const name of only ?? []) {
    if (named.has(name)) continue;
    const names = [...named.keys()];
    throw new Mistake(
      `${file} exports no ${name}${didYouMean(name, names) || `; it exports ${names.join(', ') || 'nothing'}.`}`,
    );
  }
  const subjects: Subject[] = [];
  const others: Other[] = [];
  for (const [name, value] of named) {
    if (only && !only.includes(name)) continue;
    const found = subjectOf(kit, file, name, value);
    if ('reason' in found) others.push(found);
    else subjects.push(found);
  }
  if (subjects.length === 0 && !others.some(({ wanted }) => wanted)) {
    throw new Mistake(nothingToCheck(file, others));
  }
  return { subjects, others };
}

/** By name; a default export that has a name of its own too is there once. */
function withoutDuplicates(exports: Exports): Map<string, unknown> {
  // A CommonJS module is there as a whole by the name of default.
  const { default: whole, 'module.exports': _, ...rest } = exports;
  const isWhole =
    isPlainObject(whole) &&
    !('f' in whole || 'kernel' in whole) &&
    Object.entries(rest).every(([name, value]) => whole[name] === value || name === '__esModule');
  const named = new Map(Object.entries(isWhole ? whole : rest));
  if (!isWhole && 'default' in exports && !Object.values(rest).includes(whole)) {
    named.set('default', whole);
  }
  named.delete('__esModule');
  return named;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Node);
}

function subjectOf(kit: Kit, file: string, name: string, value: unknown): Subject | Other {
  const other = (reason: string, wanted = false): Other => ({ name, reason, wanted });
  const checkable = asCheckable(kit, value);
  if (typeof checkable === 'string') return other(checkable);
  // It is not called: who knows what it does.
  if (typeof value === 'function' && value.length === 0 && !kit.takesAny(value as () => unknown)) {
    return other('names no inputs; if it has some, say how many: spec({ f, inputs: 2 })');
  }
  try {
    const completed = kit.completed(name, checkable, written(name, checkable === value));
    return { name, from: imported(file), ...completed };
  } catch (error) {
    const reason = said(error).replace(/^(UnfitError|RangeError): /, '');
    if (!(error instanceof kit.UnfitError)) return { ...other(reason, true), mistaken: true };
    if (!error.buildsNothing) return other(reason, true);
    return other(error.message.slice(name.length + 1), isSpec(kit, value));
  }
}

/** TypeScript is imported by the name of what it is compiled to. */
const imported = (file: string): string => `./${basename(file).replace(/\.([cm]?)tsx?$/, '.$1js')}`;

/** How an export is written where it is called, if it is imported by its name. */
function written(name: string, isSpec: boolean): string {
  const imported = name === 'default' ? 'mine' : name;
  return isSpec ? `${imported}.f` : imported;
}

/** What an export says of itself, or else why it is nothing to be checked. */
function asCheckable(kit: Kit, value: unknown): Checkable | string {
  if (typeof value === 'function') {
    if (/^class\b/.test(Function.prototype.toString.call(value))) return 'a class';
    return { f: value as Checkable['f'] };
  }
  if (kit.isOp(value)) return { f: value };
  if (isSpec(kit, value)) return value;
  if (value instanceof Node) return `a node (${value}); a function of its inputs can be checked`;
  return `${typeof value === 'object' ? 'an object' : `a ${typeof value}`} and no function of nodes`;
}

function isSpec(kit: Kit, value: unknown): value is Checkable {
  if (typeof value !== 'object' || value === null || !('f' in value)) return false;
  return typeof value.f === 'function' || kit.isOp(value.f);
}

function nothingToCheck(file: string, others: readonly Other[]): string {
  const seen = others.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('');
  return (
    `${file} exports nothing that can be checked: a function that builds graph from nodes, an op, or spec({ f, … }).` +
    (seen || '\n  It exports nothing at all.')
  );
}
