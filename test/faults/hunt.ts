import fc from 'fast-check';
import { type Engine, ourEngine } from '../../src/check/engine.js';
import { SMOOTH_LAWS, type SmoothLaw } from '../../src/check/laws/index.js';
import { asFunction } from '../../src/check/random/as-function.js';
import type { RandomGraph } from '../../src/check/random/build.js';
import { graphOf } from '../../src/check/random/graphs.js';
import { type LaneName, lanes } from '../../src/check/random/lanes/index.js';
import { statements } from '../../src/check/random/print.js';
import { type Recipe, recipes } from '../../src/check/random/recipe.js';
import { reducible } from '../../src/check/random/reduce.js';
import type { Point } from '../../src/check/spec.js';
import type { Case } from '../../src/check/use.js';
import { checkKinkPoint, checkPoint } from '../../src/check/witnesses/points.js';
import { Problem } from '../../src/check/witnesses/problem.js';
import { formatShape } from '../../src/linalg/index.js';
import { catalogue } from '../ops/catalogue/index.js';
import type { Subject } from './checkers/subject.js';
import type { Fault, OpFault, Where } from './fault.js';
import { planted, plantedOps, plantedUse } from './plant.js';

/** What the kit found. */
export interface Find {
  /** What does not agree, or does not hold. */
  readonly oracle: string;
  /** How many graphs, cases or points were looked at until then, the one that shows it included. */
  readonly draws: number;
  /** The smallest graph that shows it: how many inputs and ops, and the graph in a line. */
  readonly nodes: number;
  readonly text: string;
  /** The same graph of right ops, where it was found. */
  readonly right: Subject;
  /** What it is built by, where it was drawn as a graph. */
  readonly recipe?: Recipe;
}

export interface HuntOptions {
  /** Of the draws. */
  readonly seed?: number;
  /** Whether what is found is shrunk; it is where left out. */
  readonly shrink?: boolean;
}

export const MOST_DRAWS = 10_000;
export const SEED = 2;

export const isEngine = (fault: Fault): fault is Exclude<Fault, OpFault> => 'engine' in fault;
export const engineOf = (fault: Fault): Engine => (isEngine(fault) ? fault.engine() : ourEngine);

/** Draws until the kit finds the fault, and shrinks what it finds; undefined if it does not. */
export function hunt(fault: Fault, options: HuntOptions = {}): Find | undefined {
  const { by = 'first order' } = fault;
  const parameters = {
    seed: options.seed ?? SEED,
    numRuns: MOST_DRAWS,
    endOnFailure: options.shrink === false,
  };
  if (isLane(by)) return onGraphs(fault, by, parameters);
  if (isEngine(fault)) throw new RangeError(`an engine is found by graphs, not by ${by}`);
  return by === 'the op by itself' ? byLaws(fault, parameters) : byTable(fault, by);
}

export const isLane = (by: Where): by is LaneName => by in lanes;

/** What does not hold of the graph of a recipe, with the fault in it or without one; undefined if all does. */
export function replay(recipe: Recipe, lane: LaneName, fault?: Fault): string | undefined {
  const { ops, check } = lanes[lane];
  const wrong = !fault || isEngine(fault) ? ops : plantedOps(ops, fault);
  return orThrown(() => {
    const verdict = check(graphOf(recipe, wrong), fault ? engineOf(fault) : ourEngine);
    return verdict.outcome === 'failed' ? verdict.oracle : undefined;
  });
}

function onGraphs(
  fault: Fault,
  lane: LaneName,
  parameters: fc.Parameters<[Recipe]>,
): Find | undefined {
  const { ops, recipes: options } = lanes[lane];
  const property = fc.property(
    reducible(recipes(Object.keys(ops), options), ops),
    (recipe) => replay(recipe, lane, fault) === undefined,
  );
  const report = fc.check(property, parameters);
  if (!report.failed) return undefined;
  const [recipe] = report.counterexample!;
  const graph = graphOf(recipe, ops);
  return {
    oracle: replay(recipe, lane, fault)!,
    draws: report.numRuns,
    ...inALine(graph),
    right: { f: asFunction(graph), inputs: inputsOf(graph) },
    recipe,
  };
}

/** What throws is found, too. */
function orThrown(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch {
    return 'exception';
  }
}

const inputsOf = ({ inputs }: Pick<Case, 'inputs'>): Subject['inputs'] =>
  inputs.map(({ shape, values }) => ({ shape, values: Float64Array.from(values) }));

/** The vertices that the ends are computed from, and how. */
export function inALine(graph: RandomGraph): { nodes: number; text: string } {
  const needed = new Set(graph.ends);
  for (const i of needed) for (const parent of graph.vertices[i]!.parents) needed.add(parent);
  const inputs = graph.inputs.flatMap(({ shape }, i) =>
    needed.has(i) ? [`x${i + 1} ${formatShape(shape)}`] : [],
  );
  return { nodes: needed.size, text: `${statements(graph).join('; ')} for ${inputs.join(', ')}` };
}

type Table = 'kinks' | 'special points';

/** The points of a table, those of the fault's own op first. */
function byTable(fault: OpFault, table: Table): Find | undefined {
  const field = table === 'kinks' ? 'kinks' : 'special';
  const check = table === 'kinks' ? checkKinkPoint : checkPoint;
  const own = Object.entries(catalogue).sort(
    ([a], [b]) => Number(b === fault.op) - Number(a === fault.op),
  );
  let draws = 0;
  for (const [name, spec] of own) {
    for (const point of spec[field] ?? []) {
      draws += 1;
      const oracle = orThrown(() =>
        check({ ...point, f: planted(point.f, fault) }).outcome === 'failed' ? table : undefined,
      );
      if (!oracle) continue;
      return {
        oracle,
        draws,
        ...ofPoint(name, point),
        right: { f: point.f, inputs: inputsOf(point) },
      };
    }
  }
  return undefined;
}

const ofPoint = (name: string, { text, inputs }: Point): { nodes: number; text: string } => ({
  nodes: inputs.length + 1,
  text: `${name}: ${text}`,
});

/** The laws at random points of the op's domain. */
function byLaws(fault: OpFault, parameters: fc.Parameters<[Case]>): Find | undefined {
  const spec = catalogue[fault.op as keyof typeof catalogue];
  const broken = (made: Case): SmoothLaw | 'exception' | undefined => {
    const { slots, definition } = made;
    const { f } = plantedUse(made, fault);
    return orThrown(() => {
      const problem = new Problem(f, made.inputs, { ...(slots && { slots }) });
      const law = (Object.keys(SMOOTH_LAWS) as SmoothLaw[]).find((each) => {
        const verdict = SMOOTH_LAWS[each](problem, { ...(definition && { definition }) });
        return verdict?.outcome === 'failed';
      });
      problem.dispose();
      return law;
    }) as SmoothLaw | undefined;
  };
  const property = fc.property(spec.smooth, (made) => broken(made) === undefined);
  const report = fc.check(property, parameters);
  if (!report.failed) return undefined;
  const [made] = report.counterexample!;
  const names = made.inputs.map((_, i) => `x${i + 1}`);
  const shapes = made.inputs.map(({ shape }, i) => `${names[i]} ${formatShape(shape)}`);
  return {
    oracle: broken(made)!,
    draws: report.numRuns,
    nodes: made.inputs.length + 1,
    text: `${made.text(...names)} for ${shapes.join(', ')}`,
    right: { f: made.f, inputs: inputsOf(made) },
  };
}
