import type { Numbers } from '../graph/index.js';
import { type BinarySign, type Expression, parse } from './expression.js';
import { Mistake, mistakeAt } from './mistake.js';

/** Values by name, as typed: numbers, or nested lists of them. */
export type Values = ReadonlyMap<string, Numbers>;

/**
 * Values as the command line gives them: `w=0.5`, `x=-1/3`, `W=[[1, 2], [3, 4]]`.
 * @throws Mistake for what is no such thing, with a caret at the place
 */
export function parseValues(args: readonly string[]): Values {
  const values = new Map<string, Numbers>();
  for (const arg of args) {
    const [statement, second] = parse(arg);
    const name = statement?.name;
    if (name === undefined || second) {
      throw new Mistake(
        `"${arg}" is no value; values are given as name=number, such as x=0.5 or x=[1,2,3]`,
      );
    }
    if (values.has(name)) throw new Mistake(`${name} is given two values`);
    values.set(name, literal(arg, statement!.value));
  }
  return values;
}

/** The numbers of an expression without names: a number or a (nested) list of them. */
export function literal(source: string, expression: Expression): Numbers {
  if (expression.kind !== 'list') return literalNumber(source, expression);
  const items = expression.items.map((item) => literal(source, item));
  const shapes = items.map((item) => String(shapeOf(item)));
  const odd = shapes.findIndex((shape) => shape !== shapes[0]);
  if (odd !== -1) {
    throw mistakeAt(
      source,
      expression.items[odd]!,
      'the parts of a list must have one shape; this differs from the first',
    );
  }
  return items;
}

/** Numbers among themselves are computed at once: the 1/2 of x^(1/2) is the number 0.5. */
export function arithmetic(sign: BinarySign, a: number, b: number): number | undefined {
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '*') return a * b;
  return sign === '/' ? a / b : undefined;
}

/** The shape of numbers whose lists are known to be even. */
export function shapeOf(values: Numbers): number[] {
  if (typeof values === 'number') return [];
  const [first] = values as ArrayLike<Numbers>[];
  return [values.length, ...(first === undefined ? [] : shapeOf(first as Numbers))];
}

function literalNumber(source: string, expression: Expression): number {
  const { kind } = expression;
  if (kind === 'number') return expression.value;
  if (kind === 'negative') return -literalNumber(source, expression.of);
  if (kind === 'binary') {
    const [a, b] = [expression.a, expression.b].map((part) => literalNumber(source, part));
    const value = arithmetic(expression.op, a!, b!);
    if (value !== undefined) return value;
  }
  throw mistakeAt(source, expression, 'a number is needed here');
}
