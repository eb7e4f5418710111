import { type Engine, ourEngine } from '../engine.js';
import type { GraphOps } from './graph-op.js';
import { graphOf } from './graphs.js';
import type { LaneVerdict } from './lane.js';
import { type LaneName, lanes } from './lanes/index.js';
import { literal } from './print.js';
import type { Recipe, Step } from './recipe.js';

/** A graph that was found to be wrong once, to be checked again for ever after. */
export interface Replay {
  readonly lane: LaneName;
  readonly recipe: Recipe;
  /** What was found, for the reader of the file. */
  readonly found: string;
}

/** What a graph that once failed is checked by. */
export interface ReplayOptions {
  /** What writes the gradients and computes them; our own where left out. */
  readonly engine?: Engine;
  /** The ops that the recipe names; those of the lane where left out. */
  readonly ops?: GraphOps;
}

/** Checks the graph again. */
export function replay({ lane, recipe }: Replay, options: ReplayOptions = {}): LaneVerdict {
  const { engine = ourEngine, ops = lanes[lane].ops } = options;
  return lanes[lane].check(graphOf(recipe, ops), engine);
}

/** The text of its file: JSON, with −0 and what is not finite as strings. */
export function writeReplay({ lane, recipe, found }: Replay): string {
  const values = recipe.values.map((x) =>
    Number.isFinite(x) && !Object.is(x, -0) ? x : literal(x),
  );
  const content = { lane, found: found.split('\n'), recipe: { ...recipe, values } };
  // A list of numbers is one line.
  const json = JSON.stringify(content, null, 2).replace(/\[[^[\]{}"]*\]/g, (list) =>
    list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'),
  );
  return `${json}\n`;
}

/**
 * Reads such a file.
 * @throws RangeError that says what is missing, if it is none
 */
export function readReplay(file: string): Replay {
  const { lane, found, recipe } = record(JSON.parse(file), 'the file');
  if (typeof lane !== 'string' || !(lane in lanes)) {
    throw new RangeError(
      `a replay: the lane is ${JSON.stringify(lane)}; it is one of ${Object.keys(lanes).join(', ')}`,
    );
  }
  const { inputs, values, steps } = record(recipe, 'the recipe');
  return {
    lane: lane as LaneName,
    found: list(found, 'found').join('\n'),
    recipe: {
      inputs: list(inputs, 'inputs').map((shape) => list(shape, 'a shape').map(Number)),
      values: list(values, 'values').map(Number),
      steps: list(steps, 'steps').map(step),
    },
  };
}

function step(each: unknown): Step {
  const { op, operands, choice } = record(each, 'a step');
  return {
    op: String(op),
    operands: list(operands, 'operands').map(Number),
    choice: Number(choice),
  };
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    throw new RangeError(`a replay: ${what} is ${JSON.stringify(value)}, not an object`);
  }
  return { ...value };
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new RangeError(`a replay: ${what} is ${JSON.stringify(value)}, not a list`);
  }
  return value;
}
