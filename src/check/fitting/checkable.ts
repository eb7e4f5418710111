import fc from 'fast-check';
import { apply, ChainruleError, full, gradients, type Node, type Op } from '../../graph/index.js';
import type { Shape } from '../../linalg/index.js';
import type { Definition, Tensor } from '../reference/index.js';
import type { OpSpec } from '../spec.js';
import type { Case } from '../use.js';
import type { Build } from '../witnesses/problem.js';
import { halves } from './attempt.js';
import { casesOf } from './cases.js';
import { type Fitting, type FittingOptions, fitting } from './fitting.js';
import { graphsAround } from './graphs-around.js';
import { isOp } from './op-like.js';
import { validCase, validCheckable, validInputs } from './valid.js';

/**
 * What can be said of a function or an op that is to be checked; all but `f` can be left out. What shapes and what
 * range of numbers it takes is then found by trying.
 */
export interface Checkable
  extends Omit<FittingOptions, 'name' | 'text' | 'inputs'>,
    Omit<OpSpec, 'smooth'>,
    Partial<Pick<OpSpec, 'smooth'>> {
  /** A function that builds graph from nodes, or an op by itself. */
  readonly f: Build | Op;
  /**
   * How many inputs it has; as many as f names, or fewer, where left out. Or what they are drawn from, if they have a
   * structure that shapes and ranges do not tell: all inputs at once, for a point where f is smooth.
   */
  readonly inputs?: number | fc.Arbitrary<readonly Tensor[]>;
  /** What f means, in any arithmetic: its value and its forward mode are compared with that. */
  readonly definition?: Definition;
}

/**
 * Says more of a function than the function does by itself, in a module for `chainrule check`:
 *
 *     export const logit = spec({ f: (p) => log(div(p, sub(1, p))), range: [0, 1] });
 *
 * It is given back as it is, so that `logit.f` can be called with a node as before.
 * @throws RangeError that names what is no part of a spec, is missing, or is of the wrong kind
 */
export function spec<const C extends Checkable>(
  // No keys but those of a spec.
  checkable: C & { readonly [K in Exclude<keyof C, keyof Checkable>]: never },
): C {
  validCheckable('spec', checkable);
  return checkable;
}

/** The whole spec of an op or a function, and how it was found to be called. */
export interface Completed {
  /** Builds graph from nodes; of an op, what applies it. */
  readonly f: Build;
  /** With draws of inputs that fit. */
  readonly spec: OpSpec;
  /** Missing where the spec has draws of its own. */
  readonly fitting?: Fitting;
}

/**
 * @param written how f is written where it is called; its name where left out
 * @throws UnfitError, RangeError as `fitting`
 */
export function completed(name: string, checkable: Checkable, written: string = name): Completed {
  validCheckable(name, checkable);
  const { f: given, shapes, range, inputs, smooth, definition, ...rest } = checkable;
  const f = isOp(given) ? builderOf(given) : given;
  const whole = (cases: fc.Arbitrary<Case>): OpSpec => {
    const meant = definition ? cases.map((made) => ({ definition, ...made })) : cases;
    return { ...rest, smooth: meant };
  };
  const onceIn = (way: readonly Shape[]): { once?: true } =>
    (rest.once ?? isRefusedTwice(f, way)) ? { once: true } : {};
  if (smooth) {
    validCase(`${name}: a draw of smooth`, firstOf(smooth));
    return { f, spec: whole(smooth) };
  }
  const text = (...xs: string[]): string =>
    isOp(given) ? `apply(${[written, ...xs].join(', ')})` : `${written}(${xs.join(', ')})`;
  if (typeof inputs === 'object') {
    const first = firstOf(inputs);
    validInputs(`${name}: a draw of inputs`, first);
    const spec = whole(inputs.map((values) => ({ text, f, inputs: values })));
    return { f, spec: { ...spec, ...onceIn(first.map(({ shape }) => shape)) } };
  }
  const known = { ...(shapes && { shapes }), ...(range && { range }) };
  const options = { name, text, ...known, ...(definition && { definition }) };
  const count = inputs ?? (isOp(given) && !shapes ? inputsOf(given) : undefined);
  const found = fitting(f, { ...options, ...(count !== undefined && { inputs: count }) });
  const graphs = rest.graphs ?? (definition && graphsAround(found, definition));
  const spec = {
    ...whole(casesOf(found)),
    ...onceIn(found.shapes[0]!),
    ...(graphs && { graphs }),
  };
  return { f, spec, fitting: found };
}

/** Whether f says, as an op by numeric loops does, that it can be differentiated once only. */
function isRefusedTwice(f: Build, way: readonly Shape[]): boolean {
  const xs = halves(way);
  const slopesOf = (y: Node): Node[] => gradients(y, xs, full(y.shape, 1));
  try {
    for (const slope of slopesOf(f(...xs))) slopesOf(slope);
  } catch (error) {
    return error instanceof ChainruleError && error.message.includes('no second derivative');
  }
  return false;
}

const firstOf = <T>(draws: fc.Arbitrary<T>): T => fc.sample(draws, { numRuns: 1, seed: 0 })[0]!;

const builderOf =
  (op: Op): Build =>
  (...xs) =>
    apply(op, ...xs);

/** How many inputs an op names; one, if it names none. */
function inputsOf({ slots, shape, kernel }: Op): number {
  return slots?.length || shape.length || kernel.length - 1 || 1;
}
