import fc from 'fast-check';
import { read } from './build.js';
import type { GraphOps } from './graph-op.js';
import type { Recipe, Step } from './recipe.js';

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

/** An op left out, with what it was computed from in its place or all that is computed from it; or an input left out. */
function* smaller(recipe: Recipe, ops: GraphOps): Generator<Recipe> {
  const now = plain(recipe, ops);
  const n = recipe.inputs.length;
  for (let gone = n + now.steps.length - 1; gone >= 0; gone--) {
    const parents = gone < n ? [] : new Set(now.steps[gone - n]!.parents);
    if (gone < n && n === 1) continue;
    for (const by of [undefined, ...parents]) {
      const found = without(now, gone, by);
      if (found.steps.length > 0) yield found;
    }
  }
}

/** What is drawn in a recipe is shrunk no more: its graph is already another. */
const REDUCED = Symbol('reduced');

class Reducible extends fc.Arbitrary<Recipe> {
  readonly #drawn: fc.Arbitrary<Recipe>;
  readonly #ops: GraphOps;

  constructor(drawn: fc.Arbitrary<Recipe>, ops: GraphOps) {
    super();
    this.#drawn = drawn;
    this.#ops = ops;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Recipe> {
    return this.#drawn.generate(random, bias);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Recipe {
    return false;
  }

  override shrink(recipe: Recipe, context: unknown): fc.Stream<fc.Value<Recipe>> {
    const drawn =
      context === REDUCED ? fc.Stream.nil<fc.Value<Recipe>>() : this.#drawn.shrink(recipe, context);
    const next = fc.stream(smaller(recipe, this.#ops));
    return drawn.join(next.map((each) => new fc.Value(each, REDUCED)));
  }
}

/**
 * The same recipes; but where shrinking what was drawn has ended, it goes on by what that cannot do in one step: nodes are
 * taken out of the graph, and what is left is joined.
 */
export const reducible = (drawn: fc.Arbitrary<Recipe>, ops: GraphOps): fc.Arbitrary<Recipe> =>
  new Reducible(drawn, ops);
