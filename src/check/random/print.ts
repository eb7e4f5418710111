import { Graph, type Node } from '../../graph/index.js';
import * as ops from '../../ops/index.js';
import { calledIn, importsOf } from '../words/imports.js';
import { nodesOf, type RandomGraph } from './build.js';
import { graphOps } from './ops/index.js';

/** What vᵢ is called: x1, x2, … for the inputs where they have no names, and v3, v4, … behind them. */
const nameOf = ({ inputs }: RandomGraph, i: number, names: readonly string[] = []): string =>
  names[i] ?? `${i < inputs.length ? 'x' : 'v'}${i + 1}`;

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
export function statements(graph: RandomGraph, names: readonly string[] = []): string[] {
  const needs = needed(graph);
  const called = (i: number): string => nameOf(graph, i, names);
  return [...graph.vertices.entries()].flatMap(([i, { use, parents }]) =>
    use && needs.has(i) ? [`${called(i)} = ${use.text(...parents.map(called))}`] : [],
  );
}

/** The body of a function that builds the graph and returns its end, or all of them in one row. */
export function bodyOf(graph: RandomGraph, names: readonly string[] = []): string[] {
  const { ends, vertices } = graph;
  const lines = statements(graph, names).map((statement) => `const ${statement};`);
  const parts = ends.map((i) => [nameOf(graph, i, names), vertices[i]!.value.values.length]);
  const row = parts.map(([end, length]) => `reshape(${end}, [${length}])`).join(', ');
  return [...lines, `return ${parts.length === 1 ? parts[0]![0] : `concatenate([${row}])`};`];
}

/** A TypeScript program that checks the graph, to paste into a test. */
export function asTypeScript(graph: RandomGraph): string {
  const { inputs } = graph;
  const body = bodyOf(graph);
  const feeds = inputs.map(
    ({ shape, values }) =>
      `{ shape: [${shape.join(', ')}], values: [${values.map(literal).join(', ')}] }`,
  );
  return [
    ...importsOf(['assertGradient'], body.join('\n'), ownOf(graph)),
    '',
    'assertGradient(',
    `  (${inputs.map((_, i) => nameOf(graph, i)).join(', ')}) => {`,
    ...body.map((line) => `    ${line}`),
    '  },',
    `  [${feeds.join(', ')}],`,
    ');',
  ].join('\n');
}

/**
 * What is the user's own in a graph: what the library does not have; or in an op that is none of the table of the library
 * and has no such thing, what is called there first, which is but called like something of the library.
 */
function ownOf({ vertices }: RandomGraph): string[] {
  const found = vertices.flatMap(({ op, use, parents }) => {
    const called = use ? calledIn(use.text(...parents.map(() => 'x'))) : [];
    const unknown = called.filter((name) => !(name in ops) && name !== 'apply');
    const isOurs = op === undefined || op in graphOps;
    return unknown.length > 0 || isOurs ? unknown : called.slice(0, 1);
  });
  return [...new Set(found)];
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
