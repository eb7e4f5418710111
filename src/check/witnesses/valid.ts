// What a check at a point is asked for: said before anything is built, and not passed over if it is misspelt.
import { be, listOf, objectWith } from '../expect.js';

const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const checkFunction = be('a function of nodes', isFunction);
const checkInputs = listOf(
  'values, one for each input of f',
  be('a number, numbers, or { shape, values }', (x) => typeof x === 'number' || isObject(x)),
);

/** What any of the checks at a point can be asked for; each takes from it what it needs. */
const optionsFor = (inputs: number) =>
  objectWith('an object', {
    seed: be('a whole number', Number.isSafeInteger),
    slots: listOf(
      'inputs',
      be(`the number of an input, from 0 to ${inputs - 1}`, (slot) =>
        Array.from({ length: inputs }, (_, k) => k).includes(slot as number),
      ),
    ),
    engine: be('an engine, { gradients, prepare }', isObject),
    gate: be('a number, 0 or more', isAmount),
    order: be('1 or 2', (order) => order === 1 || order === 2),
    definition: be('a function', isFunction),
    once: be('true, or left out', (once) => typeof once === 'boolean'),
  });

/** @throws RangeError that names what is no option, or of the wrong kind */
export function validProblem(f: unknown, inputs: unknown, options: unknown): void {
  checkFunction(f, 'f');
  checkInputs(inputs, 'inputs');
  optionsFor((inputs as unknown[]).length)(options, 'options');
}
