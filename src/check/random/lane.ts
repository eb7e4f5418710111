import type { Engine } from '../engine.js';
import type { RandomGraph } from './build.js';
import type { GraphOps } from './graph-op.js';
import type { RecipeOptions } from './recipe.js';

/** What a lane has to say of one graph. */
export type LaneVerdict =
  | {
      readonly outcome: 'passed';
      /** Nothing but zeros was seen: no witness for anything. */
      readonly allZero?: boolean;
      /** By oracle: how far it was off, relative to the sizes of the terms. */
      readonly errors?: Readonly<Record<string, number>>;
    }
  | { readonly outcome: 'failed'; readonly oracle: string; readonly explanation: string }
  | { readonly outcome: 'inconclusive'; readonly reason: string };

/** One of the ways in which random graphs are checked, and which graphs. */
export interface Lane {
  /** What it holds graphs to, in a few words. */
  readonly holds: string;
  /** What its graphs are made of. */
  readonly ops: GraphOps;
  /** How its graphs are drawn. */
  readonly recipes: RecipeOptions;
  /** Holds a graph to it. What an engine throws is thrown. */
  check(graph: RandomGraph, engine: Engine): LaneVerdict;
}

/** A sum of products that should come to the same as another: to this share of the sizes of its terms. */
export function agree(
  oracle: string,
  found: number,
  expected: number,
  allowed: number,
  what: string,
): LaneVerdict | undefined {
  if (Math.abs(found - expected) <= allowed) return undefined;
  return { outcome: 'failed', oracle, explanation: `${oracle}: ${what}: ${found} for ${expected}` };
}

export const NOTHING: LaneVerdict = { outcome: 'inconclusive', reason: 'no op fits' };
