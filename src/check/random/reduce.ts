import fc from 'fast-check';
import type { Tensor } from '../reference/index.js';
import { indexAt } from '../words/text.js';
import { read } from './build.js';
import type { GraphOps } from './graph-op.js';
import type { Recipe, Step } from './recipe.js';

/** An input with its own values, or a step with the vertices that it takes. */
type Part =
  | { readonly value: Value }
  | { readonly step: Step; readonly parents: readonly number[]; readonly value: Value };
type Value = Pick<Tensor, 'shape' | 'values'>;

/** The vertices of a recipe, without the steps that fit nothing. */
function partsOf(recipe: Recipe, ops: GraphOps): Part[] {
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
  return vertices.map(({ parents, value }, i) =>
    i < n ? { value } : { step: fitting[i - n]!, parents, value },
  );
}

/**
 * The recipe in which part `gone` is replaced: by another that comes before it, by an input of a given value, or by
 * nothing, and then all that needs it goes too.
 */
function without(parts: readonly Part[], gone: number, by?: number | Value): Recipe {
  const kept = parts.map((part, i) =>
    i === gone && typeof by === 'object' ? { value: by } : part,
  );
  const isStep = (i: number): number => Number('step' in kept[i]!);
  // Inputs come first.
  const order = [...kept.keys()].sort((a, b) => isStep(a) - isStep(b));
  const places = new Map<number, number>();
  const inputs: Value[] = [];
  const steps: Step[] = [];
  for (const i of order) {
    const part = kept[i]!;
    if (i === gone && typeof by !== 'object') {
      if (by !== undefined) places.set(gone, places.get(by)!);
    } else if ('step' in part) {
      const moved = part.parents.map((parent) => places.get(parent));
      if (moved.includes(undefined)) continue;
      const count = inputs.length + steps.length;
      const operands = part.step.operands.map((operand, slot) => {
        const parent = moved[slot];
        return parent === undefined ? operand : count - 1 - parent;
      });
      places.set(i, count);
      steps.push({ ...part.step, operands });
    } else {
      places.set(i, inputs.length);
      inputs.push(part.value);
    }
  }
  // Of a list of no values none could be taken.
  const values = inputs.flatMap((input) => input.values);
  return {
    inputs: inputs.map(({ shape }) => shape),
    values: values.length > 0 ? values : [0],
    steps,
  };
}

/** Numbers that are no multiples of this are rounded to such. */
const GRAIN = 1 / 32;

/** An input with an axis less, where that has a single place; with a place less; with simpler numbers. */
function* lesser({ shape, values }: Value): Generator<Value> {
  for (const [axis, length] of shape.entries()) {
    if (length === 1) yield { shape: shape.toSpliced(axis, 1), values };
    for (let place = 0; place < length && length > 1; place++) {
      const isKept = (_: number, flat: number): boolean => indexAt(flat, shape)[axis] !== place;
      yield { shape: shape.with(axis, length - 1), values: values.filter(isKept) };
    }
  }
  const rounded = values.map((x) => GRAIN * Math.round(x / GRAIN) + 0);
  if (rounded.some((x, k) => x !== values[k])) yield { shape, values: rounded };
}

/**
 * An op left out: with all that is computed from it, with what it was computed from in its place, or with an input of its
 * value. Or an input left out, or made smaller.
 */
function* smaller(recipe: Recipe, ops: GraphOps): Generator<Recipe> {
  const parts = partsOf(recipe, ops);
  const n = recipe.inputs.length;
  for (let gone = parts.length - 1; gone >= 0; gone--) {
    const part = parts[gone]!;
    if ('step' in part) {
      for (const by of [undefined, ...new Set(part.parents), part.value]) {
        const found = without(parts, gone, by);
        if (found.steps.length > 0) yield found;
      }
    } else {
      if (n > 1) yield without(parts, gone);
      for (const value of lesser(part.value)) yield without(parts, gone, value);
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
 * taken out of the graph, and what is left is joined; places are taken out of inputs, and the other numbers stay.
 */
export const reducible = (drawn: fc.Arbitrary<Recipe>, ops: GraphOps): fc.Arbitrary<Recipe> =>
  new Reducible(drawn, ops);
