import { read } from '../../src/check/random/build.js';
import type { GraphOps } from '../../src/check/random/graph-op.js';
import type { Recipe, Step } from '../../src/check/random/recipe.js';

/** A recipe without the steps that fit nothing. */
interface Plain {
  readonly recipe: Recipe;
  /** Each step, and the vertices that it takes. */
  readonly steps: readonly { readonly step: Step; readonly parents: readonly number[] }[];
}

function plain(recipe: Recipe, ops: GraphOps): Plain {
  const n = recipe.inputs.length;
  const { vertices } = read(recipe, ops);
  let next = n;
  // A step that fits is one more vertex.
  const fitting = recipe.steps.filter((_, i) => {
    const until = read({ ...recipe, steps: recipe.steps.slice(0, i + 1) }, ops).vertices.length;
    const fits = until > next;
    next = until;
    return fits;
  });
  return {
    recipe,
    steps: fitting.map((step, i) => ({ step, parents: vertices[n + i]!.parents })),
  };
}

/** The recipe in which vertex `gone` is replaced by `by`, or dropped with all that needs it where that is undefined. */
function without({ recipe, steps }: Plain, gone: number, by: number | undefined): Recipe {
  const n = recipe.inputs.length;
  const places = new Map<number, number>();
  for (let i = 0; i < n; i++) if (i !== gone) places.set(i, places.size);
  const kept: Step[] = [];
  for (const [k, { step, parents }] of steps.entries()) {
    if (n + k === gone) {
      if (by !== undefined) places.set(gone, places.get(by)!);
      continue;
    }
    const moved = parents.map((parent) => places.get(parent));
    if (moved.includes(undefined)) continue;
    const count = n - (gone < n ? 1 : 0) + kept.length;
    const operands = step.operands.map((operand, slot) => {
      const parent = moved[slot];
      return parent === undefined ? operand : count - 1 - parent;
    });
    places.set(n + k, count);
    kept.push({ ...step, operands });
  }
  return { ...recipe, inputs: recipe.inputs.filter((_, i) => i !== gone), steps: kept };
}

/**
 * Where shrinking has ended, goes on by what it cannot do in one step: an op is left out and what it was computed from
 * takes its place, or it is dropped with all that is computed from it, or an input is. As long as it still fails.
 */
export function reduced(recipe: Recipe, ops: GraphOps, fails: (recipe: Recipe) => boolean): Recipe {
  const now = plain(recipe, ops);
  const n = recipe.inputs.length;
  for (let gone = n + now.steps.length - 1; gone >= 0; gone--) {
    const parents = gone < n ? [] : new Set(now.steps[gone - n]!.parents);
    if (gone < n && n === 1) continue;
    for (const by of [undefined, ...parents]) {
      const smaller = without(now, gone, by);
      if (smaller.steps.length > 0 && fails(smaller)) return reduced(smaller, ops, fails);
    }
  }
  return recipe;
}
