import { constant, Graph, input, isConstant, type Node, type Numbers } from '../graph/index.js';
import { fillUniform, randomKey, type Shape, size } from '../linalg/index.js';

/** What is to be checked: a function that builds graph from its inputs. */
export type Build = (...inputs: Node[]) => Node;

/** The value of an input: numbers as for `constant`, or flat ones with a shape. */
export type Value = Numbers | { readonly shape: Shape; readonly values: Numbers };

/** f at a point: built once, and run as often as differences need it. */
export interface Problem {
  readonly xs: readonly Node[];
  readonly y: Node;
  /** The values of each input at the point, row-major. */
  readonly point: readonly Float64Array[];
  /** The values of y at another point. */
  at(values: readonly Float64Array[]): Float64Array;
  /** The values of other nodes of the same inputs, at the point. */
  evaluate(nodes: readonly Node[]): Float64Array[];
  dispose(): void;
}

export function problem(f: Build, inputs: readonly Value[]): Problem {
  const given = inputs.map(constantOf);
  const xs = given.map((node, slot) => input(`x${slot + 1}`, node.shape));
  const point = given.map(({ op }) => (isConstant(op) ? op.values : new Float64Array(0)));
  const y = f(...xs);
  // The xs are outputs too, so that they can be fed even if nothing depends on them. Noise stays that of
  // step 1 however often the graph is run.
  const run = (graph: Graph, values: readonly Float64Array[]): void => {
    const feeds = Object.fromEntries(values.map((x, slot) => [`x${slot + 1}`, x]));
    graph.forward(feeds, { step: 1 });
  };
  const graph = new Graph([y, ...xs], { wrt: [] });
  return {
    xs,
    y,
    point,
    at: (values) => {
      run(graph, values);
      return graph.value(y);
    },
    evaluate: (nodes) => {
      const other = new Graph([...nodes, ...xs], { wrt: [] });
      run(other, point);
      const values = nodes.map((node) => other.value(node));
      other.dispose();
      return values;
    },
    dispose: () => graph.dispose(),
  };
}

function constantOf(value: Value): Node {
  if (typeof value === 'object' && 'shape' in value) return constant(value.values, value.shape);
  return constant(value);
}

/** Numbers of size ½ … 3/2 and either sign, the same for the same seed and label: no sum of them is 0 by chance. */
export function generic(shape: Shape, seed: number, label: string): Float64Array {
  const numbers = new Float64Array(size(shape));
  fillUniform(numbers, randomKey(seed, label), 0);
  return numbers.map((u) => (u < 0.5 ? 2 * u + 0.5 : 0.5 - 2 * u));
}
