// A function of nodes is called, to see what it takes.
import { ChainruleError, constant, Node } from '../../graph/index.js';
import { type Shape, size } from '../../linalg/index.js';
import type { Build } from '../witnesses/problem.js';

/** A function that could not be called with any inputs that were tried. */
export class UnfitError extends Error {
  override name = 'UnfitError';
  /** It gave something, and that is no node. */
  readonly buildsNothing: boolean;
  constructor(message: string, buildsNothing = false) {
    super(message);
    this.buildsNothing = buildsNothing;
  }
}

/** A function whose only parameter is a rest parameter, as a builder of `customOp` is. */
export const takesAny = (f: (...xs: never[]) => unknown): boolean =>
  f.length === 0 && /^(async\s+)?(function\s*\w*\s*)?\(\s*\.\.\./.test(String(f));

/** An input of each shape, ½ everywhere. */
export const halves = (way: readonly Shape[]): Node[] =>
  way.map((shape) => constant(new Float64Array(size(shape)).fill(0.5), shape));

/**
 * What f gives for some inputs, or what it throws.
 * @throws UnfitError if that is of another copy of this package
 */
export function attempt(f: Build, name: string, xs: readonly Node[]): unknown {
  const y = givenOrThrown(f, xs);
  if (!isForeign(y)) return y;
  throw new UnfitError(
    `${name} is built with another copy of chainrule than the one that checks it, and nodes of one mean nothing to another; install it once`,
  );
}

function givenOrThrown(f: Build, xs: readonly Node[]): unknown {
  try {
    const y: unknown = f(...xs);
    // An async function that throws is no node either way; left alone, it would end the program.
    if (y instanceof Promise) y.catch(() => {});
    return y;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A node, or a complaint about one, of another copy of this package. */
function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Error) {
    return /^(ChainruleError|ShapeError)$/.test(value.name) && !(value instanceof ChainruleError);
  }
  return !(value instanceof Node) && 'op' in value && 'parents' in value && 'shape' in value;
}

/** What is no node, in a word or two. */
export function kindOf(y: unknown): string {
  if (y === null || y === undefined || typeof y !== 'object') return `${y}`;
  return `an object of class ${y.constructor?.name ?? 'null'}`;
}
