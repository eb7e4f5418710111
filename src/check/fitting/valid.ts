// What a spec looks like. The types say so too, but not to those who write JavaScript or run TypeScript unchecked; and
// of a misspelt key, a checker that passes it over says "passed" of what was never looked at.
import { rangeError, size } from '../../linalg/index.js';
import { be, type Expectation, listOf, nameOf, objectWith } from '../expect.js';
import { LAWS } from '../law.js';
import { isOp } from './op-like.js';

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((length) => isWhole(length) && length >= 0);
const isNumbers = (value: unknown): value is ArrayLike<number> =>
  value instanceof Float64Array || (Array.isArray(value) && value.every(isNumber));
/** Whether a value is what fast-check draws from. */
const isArbitrary = (value: unknown): boolean =>
  isObject(value) && isFunction(value['generate']) && isFunction(value['shrink']);

/** Inputs of a function whose shapes are found by trying: all combinations are tried. */
const MOST_INPUTS = 64;
/** Differences look at every element of every input. */
const MOST_ELEMENTS = 1e5;

const text = be('a text', (value) => typeof value === 'string');
const func = be('a function', isFunction);
const amount = be('a number, 0 or more', (value) => isNumber(value) && (value as number) >= 0);
const whole = be('a whole number', isWhole);
const yes = be('true, or left out', (value) => typeof value === 'boolean');
const arbitrary = be('an arbitrary of fast-check', isArbitrary);
const numbers = be('a list of numbers', isNumbers);
const isTensor = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const { shape, values } = value;
  return isShape(shape) && isNumbers(values) && values.length === size(shape);
};
const tensor = be('a tensor, new Tensor([2], [0.5, 1.5])', isTensor);

const tensors = listOf('tensors', tensor);

const point = objectWith(
  'a point',
  {
    text,
    f: func,
    inputs: tensors,
    value: numbers,
    gradient: listOf(
      'gradients, one for each input',
      be('a list of numbers, or null', (value) => value === null || isNumbers(value)),
    ),
    tolerance: amount,
  },
  ['text', 'f', 'inputs'],
);

const misfit = objectWith(
  'a misfit',
  { make: func, message: be('a regular expression', (value) => value instanceof RegExp) },
  ['make', 'message'],
);

const known: Readonly<Record<string, Expectation>> = {
  domain: objectWith('a domain', { text, has: func }, ['text', 'has']),
  smooth: arbitrary,
  graphs: arbitrary,
  kinks: listOf('points', point),
  special: listOf('points', point),
  misfits: listOf('misfits', misfit),
  flat: yes,
  cut: yes,
  once: yes,
};

const isWay = (way: unknown): way is number[] | number[][] =>
  isShape(way) || (Array.isArray(way) && way.every(isShape));
const elementsOf = (way: number[] | number[][]): number =>
  isShape(way) ? size(way) : way.reduce((sum, shape) => sum + size(shape), 0);
const shapeOrShapes = be('a shape, as [2, 3]; of several inputs, a list of shapes', isWay);
const isWays = (ways: unknown): boolean => Array.isArray(ways) && ways.length > 0;

const shapes: Expectation = (ways, place) => {
  be('a list of shapes, as [[3], [2, 3]]', isWays)(ways, place);
  listOf('shapes', (way, at) => {
    shapeOrShapes(way, at);
    if (elementsOf(way as number[] | number[][]) <= MOST_ELEMENTS) return;
    throw rangeError(
      `${at} has more than ${MOST_ELEMENTS} elements, and each of them is looked at`,
    );
  })(ways, place);
};

const checkable = objectWith(
  'a spec',
  {
    f: be('a function of nodes, or an op', (value) => isFunction(value) || isOp(value)),
    inputs: be(
      `a whole number from 1 to ${MOST_INPUTS}, or an arbitrary of fast-check`,
      (value) => (isWhole(value) && value >= 1 && value <= MOST_INPUTS) || isArbitrary(value),
    ),
    shapes,
    range: be(
      '[above, below], or a list of such pairs, one for each input',
      (value) => isPair(value) || (Array.isArray(value) && value.length > 0 && value.every(isPair)),
    ),
    definition: func,
    ...known,
  },
  ['f'],
);

const full = objectWith('a spec', known, ['smooth']);

const drawn = objectWith(
  'a case',
  { text: func, f: func, inputs: tensors, definition: func, slots: listOf('whole numbers', whole) },
  ['text', 'f', 'inputs'],
);

const options = objectWith('an object', {
  name: text,
  laws: listOf('laws', nameOf('law', Object.keys(LAWS))),
  onLaw: func,
  runs: be('a whole number, 1 or more', (value) => isWhole(value) && value >= 1),
  seed: whole,
  path: text,
  gate: amount,
  engine: be('an engine, { gradients, prepare }', isObject),
  own: text,
  from: text,
});

/** @throws RangeError that names what is no part of a spec, is missing, or is of the wrong kind */
export function validCheckable(place: string, spec: unknown): void {
  checkable(spec, place);
  const given = spec as Readonly<Record<string, unknown>>;
  const draws = given['smooth'] ? 'smooth' : typeof given['inputs'] === 'object' ? 'inputs' : '';
  const idle = ['inputs', 'shapes', 'range'].find((key) => key !== draws && given[key]);
  if (!draws || !idle) return;
  throw rangeError(`${place}: ${draws} draws the inputs, so ${idle} says nothing; leave one out`);
}

/** The same, of a spec that has its draws. */
export const validSpec = (place: string, spec: unknown): void => full(spec, place);

/** The same, of what its draws are made of. */
export const validCase = (place: string, made: unknown): void => drawn(made, place);
export const validInputs = (place: string, made: unknown): void => tensors(made, place);

/** The same, of what a check of an op is done by. */
export const validOptions = (given: unknown): void => options(given, 'options');
