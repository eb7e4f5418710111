import { Graph, type Node } from '../../graph/index.js';
import { nodesOf, type RandomGraph } from './build.js';

/** What vᵢ is called: x1, x2, … for the inputs, and v3, v4, … behind them. */
const nameOf = ({ inputs }: RandomGraph, i: number): string =>
  `${i < inputs.length ? 'x' : 'v'}${i + 1}`;

/** Only what the ends are computed from: what else was drawn along has no part in the gradient. */
function needed({ vertices, ends }: RandomGraph): ReadonlySet<number> {
  const found = new Set<number>();
  const stack = [...ends];
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    if (found.has(i)) continue;
    found.add(i);
    stack.push(...vertices[i]!.parents);
  }
  return found;
}

/** The statements of a graph: `v3 = mul(x1, x2)`. */
export function statements(graph: RandomGraph): string[] {
  const needs = needed(graph);
  return [...graph.vertices.entries()].flatMap(([i, { use, parents }]) =>
    use && needs.has(i)
      ? [`${nameOf(graph, i)} = ${use.text(...parents.map((parent) => nameOf(graph, parent)))}`]
      : [],
  );
}

/** A TypeScript program that checks the graph, to paste into a test. */
export function asTypeScript(graph: RandomGraph): string {
  const { inputs, ends, vertices } = graph;
  const lines = statements(graph).map((statement) => `const ${statement};`);
  const names = ends.map((i) => nameOf(graph, i));
  const result =
    names.length === 1
      ? names[0]!
      : `concatenate([${ends.map((i, k) => `reshape(${names[k]}, [${vertices[i]!.value.values.length}])`).join(', ')}])`;
  const body = [...lines, `return ${result};`];
  const used = new Set(
    body.flatMap((line) => [...line.matchAll(/(?<![.\w])(\w+)\(/g)].map(([, name]) => name!)),
  );
  const feeds = inputs.map(
    ({ shape, values }) =>
      `{ shape: [${shape.join(', ')}], values: [${values.map(literal).join(', ')}] }`,
  );
  return [
    "import { assertGradient } from 'chainrule/check';",
    ...(used.size > 0 ? [`import { ${[...used].sort().join(', ')} } from 'chainrule/ops';`] : []),
    ...(body.some((line) => line.includes('Csr.'))
      ? ["import { Csr } from 'chainrule/linalg';"]
      : []),
    '',
    'assertGradient(',
    `  (${inputs.map((_, i) => nameOf(graph, i)).join(', ')}) => {`,
    ...body.map((line) => `    ${line}`),
    '  },',
    `  [${feeds.join(', ')}],`,
    ');',
  ].join('\n');
}

/** A number as TypeScript. */
export const literal = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));

/** The graph as a picture in the DOT language of Graphviz: data flows downwards. */
export function asDot(graph: RandomGraph): string {
  const needs = needed(graph);
  const kept = [...graph.vertices.entries()].filter(
    ([i]) => needs.has(i) || i < graph.inputs.length,
  );
  const boxes = kept.map(([i, { op, value }]) => {
    const name = nameOf(graph, i);
    const shape = graph.ends.includes(i) ? ', penwidth=2' : '';
    return `  ${name} [label="${name}${op ? ` = ${op}` : ''}\\n[${value.shape.join(', ')}]"${op ? '' : ', shape=plaintext'}${shape}];`;
  });
  const edges = kept.flatMap(([i, { parents }]) =>
    parents.map((parent) => `  ${nameOf(graph, parent)} -> ${nameOf(graph, i)};`),
  );
  return ['digraph {', '  node [shape=box, style=rounded];', ...boxes, ...edges, '}'].join('\n');
}

/** How many nodes the ends of a graph are computed from, themselves, inputs and constants included. */
export function countNodes(graph: RandomGraph): number {
  const nodes = nodesOf(graph);
  const ends = graph.ends.map((i): Node => nodes[i]!);
  return ends.length === 0 ? 0 : new Graph(ends, { wrt: [] }).nodes.length;
}
