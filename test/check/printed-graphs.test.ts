import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asDot,
  asTypeScript,
  checkGraph,
  countNodes,
  type DrawnGraph,
  type GraphOps,
  graphOf,
  graphOps,
  graphs,
  statements,
} from '../../src/check/random/index.js';
import type * as graph from '../../src/graph/index.js';
import * as ops from '../../src/ops/index.js';
import { modules, thrownBy } from './support/programs.js';

/** fast-check draws the same for the same seed. */
const drawn = (runs: number, table: GraphOps = graphOps): DrawnGraph[] =>
  fc.sample(graphs(table), { seed: 11, numRuns: runs });

describe('as TypeScript', () => {
  test.each(Object.keys(graphOps))(
    'a graph with %s is a program that passes, as the graph does',
    (op) => {
      const { sin, mul } = graphOps;
      const told = drawn(12, { [op]: graphOps[op]!, sin: sin!, mul: mul! })
        .filter(({ vertices }) => vertices.some((vertex) => vertex.op === op))
        .map((each) => ({ each, verdict: checkGraph(each) }))
        .find(({ verdict }) => verdict.outcome === 'passed' && !verdict.allZero);
      const program = asTypeScript(told!.each);
      expect(thrownBy(program), program).toBeUndefined();
    },
  );

  test('and where all is zero, it says so too', () => {
    const zero = drawn(100).find((each) => {
      const verdict = checkGraph(each);
      return verdict.outcome === 'passed' && verdict.allZero;
    });
    expect(thrownBy(asTypeScript(zero!))).toMatch(/every gradient was 0/);
  });

  test('and a wrong one throws there too', () => {
    const wrong = {
      ...modules,
      'chainrule/ops': {
        ...ops,
        tanh: (x: graph.Node) => ops.tanh(ops.add(x, ops.sub(x, ops.stopGradient(x)))),
      },
    };
    const right = graphOps['tanh']!;
    const table = { tanh: right, sin: graphOps['sin']!, mul: graphOps['mul']! };
    const messages = drawn(40, table)
      .filter((each) => checkGraph(each).outcome === 'passed')
      .filter((each) => each.vertices.some(({ op }) => op === 'tanh'))
      .map((each) => thrownBy(asTypeScript(each), wrong));
    // Now and then no gradient leads through it.
    const told = messages.filter((message) => message?.startsWith('a gradient is wrong'));
    expect(told.length).toBeGreaterThanOrEqual(0.8 * messages.length);
    expect(told.length).toBeGreaterThanOrEqual(10);
  });

  test('names, values and shapes as they are, and nothing that has no part in it', () => {
    const program = asTypeScript(
      graphOf(
        {
          inputs: [[2], []],
          values: [0.5, -0, 3],
          steps: [
            { op: 'mul', operands: [1, 1], choice: 0 },
            { op: 'sin', operands: [2], choice: 0 },
          ],
        },
        graphOps,
      ),
    );
    expect(program).toBe(`import { assertGradient } from 'chainrule/check';
import { concatenate, mul, reshape, sin } from 'chainrule/ops';

assertGradient(
  (x1, x2) => {
    const v3 = mul(x1, x1);
    const v4 = sin(x1);
    return concatenate([reshape(v3, [2]), reshape(v4, [2])]);
  },
  [{ shape: [2], values: [0.5, -0] }, { shape: [], values: [3] }],
);`);
  });
});

describe('as DOT', () => {
  test('every edge leads from a node to a later one, as often as it is used', () => {
    for (const each of drawn(100)) {
      const { names, edges } = parsed(asDot(each));
      expect(new Set(names).size).toBe(names.length);
      for (const [from, to] of edges) {
        expect(names.indexOf(from)).toBeGreaterThanOrEqual(0);
        expect(names.indexOf(to)).toBeGreaterThan(names.indexOf(from));
      }
      const operands = each.vertices.reduce((n, { parents }) => n + parents.length, 0);
      expect(edges).toHaveLength(operands);
      expect(statements(each)).toHaveLength(names.length - each.inputs.length);
    }
  });

  test('all inputs, ops, shapes and ends are in it', () => {
    const steps = [{ op: 'mul', operands: [0, 0], choice: 0 }];
    expect(asDot(graphOf({ inputs: [[2, 3]], values: [1], steps }, graphOps))).toBe(`digraph {
  node [shape=box, style=rounded];
  x1 [label="x1\\n[2, 3]", shape=plaintext];
  v2 [label="v2 = mul\\n[2, 3]", penwidth=2];
  x1 -> v2;
  x1 -> v2;
}`);
  });
});

/** Of the DOT language: one graph, its nodes with attributes, its edges. Throws on anything else. */
function parsed(dot: string): { names: string[]; edges: [string, string][] } {
  const lines = dot.split('\n');
  expect(lines.shift()).toBe('digraph {');
  expect(lines.shift()).toBe('  node [shape=box, style=rounded];');
  expect(lines.pop()).toBe('}');
  const names: string[] = [];
  const edges: [string, string][] = [];
  for (const line of lines) {
    const node =
      /^ {2}(\w+) \[label="(\w+)( = \w+)?\\n\[[\d, ]*\]"(, shape=plaintext)?(, penwidth=2)?\];$/.exec(
        line,
      );
    const edge = /^ {2}(\w+) -> (\w+);$/.exec(line);
    if (node) {
      expect(node[2]).toBe(node[1]);
      names.push(node[1]!);
    } else if (edge) edges.push([edge[1]!, edge[2]!]);
    else throw new Error(`not DOT: ${line}`);
  }
  return { names, edges };
}

test('nodes are counted with those that an op is made of, and without what nothing leads to', () => {
  const of = (...steps: string[]): DrawnGraph =>
    graphOf(
      {
        inputs: [[2]],
        values: [1],
        steps: steps.map((op) => ({ op, operands: [0, 0], choice: 0 })),
      },
      graphOps,
    );
  expect(countNodes(of())).toBe(0);
  expect(countNodes(of('sin'))).toBe(2);
  expect(countNodes(of('mul', 'neg'))).toBe(3);
  expect(countNodes(of('squaredError'))).toBe(4);
});
