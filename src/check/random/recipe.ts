import fc from 'fast-check';
import type { Shape } from '../../linalg/index.js';
import { dyadic, logUniform } from './numbers.js';
import { shapes } from './shapes.js';

/** One op of a random graph. */
export interface Step {
  /** A key of the ops that the graph is made of. */
  readonly op: string;
  /** Counted back from the newest node, modulo how many there are: always a node that exists. */
  readonly operands: readonly number[];
  /** What the op takes its settings from: an axis, a range. */
  readonly choice: number;
}

/**
 * A graph as a list of steps: plain data, which can be drawn, shrunk, stored in a file and built again. Every list is
 * valid: operands are indices modulo the nodes before, and an op that has no operands that fit it is left out. So it
 * shrinks by dropping steps; and nodes are shared, as in trees they never are.
 */
export interface Recipe {
  /** A shape for each input of the graph. */
  readonly inputs: readonly Shape[];
  /** Taken in turn for the elements of the inputs. */
  readonly values: readonly number[];
  /** Each makes a node of nodes before it, if its op fits any. */
  readonly steps: readonly Step[];
}

/** How long recipes are, and what numbers they begin with. */
export interface RecipeOptions {
  /** The most steps; 8 where left out. */
  readonly steps?: number;
  /** What elements of inputs are drawn from. */
  readonly values?: fc.Arbitrary<number>;
}

const someValue = fc.oneof(
  { weight: 3, arbitrary: dyadic(-2, 2) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(logUniform(1 / 64, 8), fc.boolean())
      .map(([x, negative]) => (negative ? -x : x)),
  },
);

/** How many values there are to take in turn: coprime to usual shapes, so that rows differ. */
const VALUES = 13;
const OPERANDS = 3;
/** Fewer steps seldom share a node. */
const FEWEST = 2;

/** Random recipes over the ops of a table, by name. */
export function recipes(ops: readonly string[], options: RecipeOptions = {}): fc.Arbitrary<Recipe> {
  const { steps: most = 8, values = someValue } = options;
  const step = fc.record({
    // The first is none at all, so that a step can be shrunk to nothing where it stands.
    op: fc.constantFrom(undefined, ...ops),
    operands: fc.array(fc.nat(31), { minLength: OPERANDS, maxLength: OPERANDS }),
    choice: fc.nat(2 ** 16),
  });
  const inputs = fc
    .tuple(
      shapes({ elements: 12 }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(63)), { minLength: 1, maxLength: 2 }),
    )
    .map(([shape, each]) => each.map(([missing, ones]) => narrow(shape, missing, ones)));
  return fc.record({
    inputs,
    values: fc.array(values, { minLength: VALUES, maxLength: VALUES }),
    steps: fc
      .array(step, { minLength: Math.min(FEWEST, most), maxLength: most, size: 'max' })
      .map((drawn) =>
        drawn.flatMap(({ op, ...rest }) => (op === undefined ? [] : { op, ...rest })),
      ),
  });
}

/**
 * A shape that broadcasts to `shape`: now and then some axes in front are left away, or some lengths are 1.
 * @param missing 0 … 7: 5 and more for 1 and more axes
 * @param ones 0 … 63: below 16, its bits say which
 */
function narrow(shape: Shape, missing: number, ones: number): Shape {
  const squeezed = ones < 16 ? ones : 0;
  return shape
    .map((length, axis) => ((squeezed >> axis) & 1 ? 1 : length))
    .slice(Math.max(0, missing - 4));
}
