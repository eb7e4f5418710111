import fc from 'fast-check';
import { constant, Node } from '../../graph/index.js';
import { formatShape, size } from '../../linalg/index.js';
import { asDefinition, asFunction } from '../random/as-function.js';
import { read } from '../random/build.js';
import type { GraphOp, GraphOps } from '../random/graph-op.js';
import { graphOps } from '../random/ops/index.js';
import { bodyOf } from '../random/print.js';
import { type Recipe, recipes } from '../random/recipe.js';
import { reducible } from '../random/reduce.js';
import { type Definition, real, type Tensor } from '../reference/index.js';
import type { Case, Use } from '../use.js';
import type { Build } from '../witnesses/problem.js';
import { calling, casesOf } from './cases.js';
import type { Fitting } from './fitting.js';
import { elements } from './range.js';

/** What stands around an op: what is computed in place, what only reads otherwise, what adds up; all of it smooth. */
const OTHERS = [
  ...['add', 'mul', 'neg', 'sin', 'tanh', 'sum', 'mean', 'matmul'],
  ...['reshape', 'transpose', 'broadcastTo', 'slice', 'concatenate', 'stack'],
] as const;
/** So often as one of these, the op itself is tried. */
const SHARE = 5;
const STEPS = 5;
/** As large as a vertex of a random graph may be. */
const MOST_ELEMENTS = 36;
/** Random graphs have no ops of more operands. */
const MOST_INPUTS = 3;

/**
 * Random graphs in which an op stands, each as a case: it is used on inputs of its own shapes and range, and, where they
 * fit, on what comes of these. Undefined if it has more than three inputs, or only large ones.
 */
export function graphsAround(
  fitting: Fitting,
  definition: Definition,
): fc.Arbitrary<Case> | undefined {
  const { f, name, ranges, text = calling(name) } = fitting;
  const shapes = fitting.shapes.filter((way) => {
    return way.every((shape) => size(shape) > 0) && elements(way) <= MOST_ELEMENTS;
  });
  const n = ranges.length;
  if (n > MOST_INPUTS || shapes.length === 0) return undefined;
  const fits = remembered(f, definition);
  const use: Use = { text, f, definition };
  const mine: GraphOp = {
    arity: n as 1 | 2 | 3,
    use: (_, ...operands) => (isInside(operands) && fits(operands) ? use : undefined),
  };
  const isInside = (operands: readonly Tensor[]): boolean =>
    operands.every(({ values }, slot) => {
      const [above, below] = ranges[slot]!;
      return values.every((x) => x > above && x < below);
    });
  const others = OTHERS.map((other) => [other, graphOps[other]!] as const);
  const ops: GraphOps = { ...Object.fromEntries(others), [name]: mine };
  // Operands are counted back from the newest of the n inputs.
  const first = { op: name, operands: ranges.map((_, slot) => n - 1 - slot), choice: 0 };
  const plain = casesOf({ ...fitting, shapes, odd: ranges.map(() => []) });
  const drawn = fc
    .tuple(plain, recipes([...new Array(SHARE).fill(name), ...OTHERS], { steps: STEPS }))
    .map(([{ inputs }, { steps }]): Recipe => {
      const values = inputs.flatMap((x) => x.values);
      return { inputs: inputs.map(({ shape }) => shape), values, steps: [first, ...steps] };
    });
  return reducible(drawn, ops).map((recipe) => asCase(recipe, ops, name));
}

/** A graph as a function of its inputs. Without a definition it has nothing to say of the op: that is not in it. */
function asCase(recipe: Recipe, ops: GraphOps, name: string): Case {
  const graph = read(recipe, ops);
  const has = graph.vertices.some(({ op }) => op === name);
  return {
    text: (...names) =>
      `{\n${bodyOf(graph, names)
        .map((line) => `  ${line}\n`)
        .join('')}}`,
    f: asFunction(graph),
    inputs: graph.inputs,
    ...(has && { definition: asDefinition(graph) }),
  };
}

/** Whether f takes operands of these shapes, and its definition too. */
function remembered(f: Build, definition: Definition): (operands: readonly Tensor[]) => boolean {
  const known = new Map<string, boolean>();
  return (operands) => {
    const key = operands.map(({ shape }) => formatShape(shape)).join();
    const found = known.get(key) ?? takes(f, definition, operands);
    known.set(key, found);
    return found;
  };
}

function takes(f: Build, definition: Definition, operands: readonly Tensor[]): boolean {
  try {
    definition(real, ...operands);
    return f(...operands.map(({ values, shape }) => constant(values, shape))) instanceof Node;
  } catch {
    return false;
  }
}
