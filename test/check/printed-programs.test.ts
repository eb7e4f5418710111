import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Build } from '../../src/check/index.js';
import {
  assertGraph,
  asTypeScript,
  type Checkable,
  checkOp,
  checkSpec,
  completed,
  definitions,
  explainReport,
  type GraphOp,
  graphOps,
  graphs,
  type Report,
} from '../../src/check/index.js';
import { thrownBy, typeErrors } from './support/programs.js';
import wrongCube, {
  cube,
  definition,
  halved,
  leaky,
  rough,
  shallow,
  still,
  tanh,
  writing,
} from './support/your-module.js';

const settings = { seed: 1, runs: 10 };

/** As the command checks an export: it knows how that is called. */
function exported(own: string, checkable: Checkable, written: string, runs = 10): Report {
  return checkSpec(own, completed(own, checkable, written).spec, { ...settings, runs, own });
}

/** The programs that are printed of what is broken. */
const printedOf = ({ name, laws }: Report): [string, string][] =>
  laws.flatMap(({ law, counterexample }): [string, string][] =>
    // What a graph means is not written down, but a spec may say what is drawn.
    counterexample && (law !== 'graphs' || counterexample.text.includes('assertOp'))
      ? [[`${name}, ${law}`, counterexample.text]]
      : [],
  );

/** The program of the smallest random graph with an op of the user's own that is wrong. */
function graphOf(name: string, f: Build): [string, string] {
  const use = { text: (a: string) => `${name}(${a})`, f, definition: definitions.leakyRelu(0.1) };
  const mine: GraphOp = {
    arity: 1,
    use: (_, x) => (x!.values.some((v) => Math.abs(v) < 1 / 16) ? undefined : use),
  };
  const property = fc.property(graphs({ ...graphOps, mine }), (graph) => assertGraph(graph));
  const [graph] = fc.check(property, { seed: 1, numRuns: 2000 }).counterexample!;
  return [`a graph with ${name}`, asTypeScript(graph)];
}

const programs = [
  ...printedOf(checkOp(leaky, {}, settings)),
  ...printedOf(checkOp(tanh, {}, settings)),
  ...printedOf(checkOp(writing, {}, settings)),
  ...printedOf(checkOp(cube, { definition }, settings)),
  ...printedOf(exported('halved', halved, 'halved.f')),
  ...printedOf(exported('shallow', shallow, 'shallow.f', 50)),
  ...printedOf(exported('default', { f: wrongCube }, 'mine')),
  graphOf('leaky', leaky),
  graphOf('tanh', tanh),
];

test('what is broken is printed', () => {
  const printed = programs.map(([what]) => what);
  for (const what of [
    'leaky, gradient',
    'writing, untouched',
    'cube, value',
    'halved, value',
    'shallow, graphs',
  ]) {
    expect(printed).toContain(what);
  }
  expect(new Set(printed.map((what) => what.replace(/,.*/, ''))).size).toBe(9);
});

test.each(programs)('run, it shows the failure: %s', (_, program) => {
  expect(thrownBy(program), program).toMatch(
    /^(a gradient is wrong|a law is broken): |^f: failed [\s\S]*✗ it is right among other ops/,
  );
});

const open = [exported('rough', rough, 'rough.f'), checkOp(still, {}, settings)];

test.each([
  ['differences are too rough here to tell', open[0]!],
  ['every gradient was 0', open[1]!],
])('what tells nothing is shown by a draw: %s', (why, { name, outcome, laws, ...report }) => {
  expect(outcome).toBe('inconclusive');
  const { untold, law } = laws.find((each) => each.law === 'gradient')!;
  expect(thrownBy(untold!.text), untold!.text).toMatch(new RegExp(`^${why}`));
  // a single number is as few as can be, where there is one
  expect(untold!.made!.inputs[0]!.values).toHaveLength(1);
  const text = explainReport({ name, outcome, laws, ...report });
  expect(text.match(/chainrule\/check/g)).toHaveLength(1);
  expect(text).toContain(`replay with { seed: 1, path: '${untold!.path}' }`);

  const f = name === 'still' ? still : rough.f;
  const { seed, path } = untold!;
  const range = name === 'still' ? {} : { range: rough.range };
  const again = checkOp(f, range, { laws: [law], seed: seed!, path: path! }).laws[0]!;
  expect(again.draws).toBe(1);
  expect(again.untold!.made!.inputs).toEqual(untold!.made!.inputs);
});

test('what is known has no such draw', () => {
  expect(checkOp(cube, {}, settings).laws.filter(({ untold }) => untold)).toEqual([]);
});

test('the compiler takes them as they are', () => {
  const undecided = open.flatMap(({ laws }) => laws.flatMap(({ untold }) => untold?.text ?? []));
  expect(typeErrors([...programs.map(([, program]) => program), ...undecided])).toEqual([]);
  expect(typeErrors(["import { leaky } from './your-module.js';\nleaky(1);"])).toEqual([
    expect.stringContaining("'number' is not assignable"),
  ]);
}, 60_000);
