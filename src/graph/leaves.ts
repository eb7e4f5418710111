import { allocate, checkShape, formatShape, type Shape, size } from '../linalg/index.js';
import { ChainruleError, ShapeError } from './errors.js';
import { Node, type Op } from './node.js';

/** Numbers as a user writes them: one, a flat array of them, or arrays of arrays. */
export type Numbers = number | ArrayLike<number> | readonly Numbers[];

/** A node without parents. Its values come from outside the graph. */
interface Leaf extends Op {
  readonly name: 'input' | 'indices' | 'constant' | 'parameter';
}

/** A value fed at each run. */
export interface InputLeaf extends Leaf {
  readonly key: string;
  /** For indices: each value is a whole number in 0 … below − 1. */
  readonly below?: number;
}

export interface ConstantLeaf extends Leaf {
  readonly name: 'constant';
  readonly values: Float64Array;
}

export interface ParameterLeaf extends Leaf {
  readonly name: 'parameter';
  readonly key: string;
  readonly owner: object;
}

/** Whether an op is that of an input, of numbers or of indices. */
export const isInput = (op: Op): op is InputLeaf => op.name === 'input' || op.name === 'indices';
/** Whether an op is that of a constant. */
export const isConstant = (op: Op): op is ConstantLeaf => op.name === 'constant';
/** Whether an op is that of a parameter. */
export const isParameter = (op: Op): op is ParameterLeaf => op.name === 'parameter';

/** A leaf's op. It computes nothing: the plan lays its values before the first kernel. */
export function leafOp<Name extends Leaf['name']>(
  name: Name,
  formula: string,
  shape: Shape,
): Op & { readonly name: Name } {
  return { name, formula, shape: () => shape, kernel: () => () => {}, vjp: () => [] };
}

/**
 * A value to be fed at each run under `name`.
 * @throws ChainruleError for an empty name, RangeError for a shape that is none.
 */
export function input(name: string, shape: Shape): Node {
  checkName('input', name);
  const own = checkShape(shape, `input ${JSON.stringify(name)}`);
  const op: InputLeaf = { ...leafOp('input', 'y = x', own), key: name };
  return new Node(op, [], own, name);
}

/**
 * Whole numbers 0 … below − 1, fed at each run under `name` and checked then. No gradient goes to them.
 */
export function indices(name: string, shape: Shape, range: { below: number }): Node {
  checkName('indices', name);
  const own = checkShape(shape, `indices ${JSON.stringify(name)}`);
  const below = range?.below;
  if (!Number.isSafeInteger(below) || below < 1) {
    throw new ChainruleError(
      `indices ${JSON.stringify(name)}: below is ${below}; it is the number of rows that can be chosen from, a whole number ≥ 1`,
    );
  }
  const op: InputLeaf = { ...leafOp('indices', 'y = i', own), key: name, below };
  return new Node(op, [], own, name);
}

/** Values that never change. They are copied; the shape is read off nested arrays where it is not given. */
export function constant(values: Numbers, shape?: Shape): Node {
  const own = checkShape(shape ?? shapeOfNumbers(values, 'constant'), 'constant');
  const data = room(size(own));
  fill(data, own, values, 'constant');
  const op: ConstantLeaf = { ...leafOp('constant', 'y = c', own), name: 'constant', values: data };
  return new Node(op, [], own);
}

/** From so many numbers on a constant lies where kernels read it; a plan takes a copy of a smaller one. */
const LARGE = 4096;

function room(length: number): Float64Array {
  return length < LARGE ? new Float64Array(length) : allocate(length);
}

/** The same number everywhere. */
export function full(shape: Shape, value: number): Node {
  const own = checkShape(shape, 'full');
  const values = room(size(own)).fill(number(value, 'full'));
  const op: ConstantLeaf = { ...leafOp('constant', 'y = c', own), name: 'constant', values };
  return new Node(op, [], own);
}

/** Copies `values` into `out`. Throws a ShapeError that names `what` and both shapes if they do not fit. */
export function fill(out: Float64Array, shape: Shape, values: Numbers, what: string): void {
  if (values instanceof Float64Array && values.length === out.length) {
    // What the engine's copy takes to set out is more than a few numbers take.
    if (out.length > 16) out.set(values);
    else for (let i = 0; i < out.length; i++) out[i] = values[i]!;
  } else if (typeof values === 'number' && out.length === 1) {
    out[0] = values;
  } else {
    fillChecked(out, shape, values, what);
  }
}

// By itself, because its closures cost a few bytes at every call.
function fillChecked(out: Float64Array, shape: Shape, values: Numbers, what: string): void {
  if (typeof values === 'number') {
    misfit(what, 'a single number', shape);
  }
  if (isNested(values)) {
    const given = shapeOfNumbers(values, what);
    if (given.length !== shape.length || given.some((length, axis) => length !== shape[axis])) {
      misfit(what, `numbers of shape ${formatShape(given)}`, shape);
    }
    fillNested(out, values, 0, what);
    return;
  }
  const flat = arrayLike(values, what);
  if (flat.length !== out.length) misfit(what, `${flat.length} numbers`, shape);
  for (let i = 0; i < out.length; i++) out[i] = number(flat[i], what);
}

function fillNested(out: Float64Array, values: Numbers, at: number, what: string): number {
  if (typeof values !== 'object') {
    out[at] = number(values, what);
    return at + 1;
  }
  let next = at;
  for (const value of values as readonly Numbers[]) next = fillNested(out, value, next, what);
  return next;
}

function arrayLike(values: unknown, what: string): ArrayLike<number> {
  const given = values as ArrayLike<number> | null | undefined;
  if (typeof given === 'object' && typeof given?.length === 'number') return given;
  throw new ShapeError(`${what}: ${String(values)} is no number or array of numbers`);
}

function number(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new ShapeError(`${what}: ${String(value)} is no number`);
  return value;
}

function isNested(values: Numbers): values is readonly Numbers[] {
  return Array.isArray(values) && values.some((value) => typeof value === 'object');
}

/** The shape of nested arrays. Throws a ShapeError that names `what` if they are ragged, or none. */
export function shapeOfNumbers(values: Numbers, what: string): Shape {
  if (typeof values === 'number') return [];
  if (!isNested(values)) return [arrayLike(values, what).length];
  const inner = values.map((row) => shapeOfNumbers(row, what));
  const first = inner[0]!;
  for (const [row, other] of inner.entries()) {
    if (other.length !== first.length || other.some((length, axis) => length !== first[axis])) {
      throw new ShapeError(
        `${what}: nested arrays are ragged: row 0 has shape ${formatShape(first)}, row ${row} has ${formatShape(other)}`,
      );
    }
  }
  return [values.length, ...first];
}

function misfit(what: string, given: string, shape: Shape): never {
  throw new ShapeError(
    `${what}: got ${given}, but its shape is ${formatShape(shape)} (${size(shape)} numbers)`,
  );
}

function checkName(what: string, name: string): void {
  if (typeof name !== 'string' || name === '') {
    throw new ChainruleError(
      `${what}: a name is needed, to feed it by; got ${JSON.stringify(name)}`,
    );
  }
}
