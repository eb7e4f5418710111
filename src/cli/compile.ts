import { ChainruleError, constant, input, label, type Node } from '../graph/index.js';
import * as ops from '../ops/index.js';
import { didYouMean } from '../text/suggest.js';
import { type Expression, parse, type Statement } from './expression.js';
import { functions } from './functions.js';
import { Mistake, mistakeAt, type Place } from './mistake.js';
import { arithmetic, literal, shapeOf, type Values } from './values.js';

/** A number stays one until an op meets it, so that the 2 of x^2 can be an exponent rather than a node. */
type Value = Node | number;

/** What needs no value, unless it is given one. */
const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
]);

/**
 * The graph that a program describes. Its result is that of the last statement; `name = …` labels a
 * node. Inputs come first, in the order in which the program mentions them.
 *
 * @param values the value of every name that the program does not define itself
 * @throws Mistake with a caret at the place, for names without a value, functions that do not exist,
 * and shapes that do not fit; and for values that the program does not use
 */
export function compile(source: string, values: Values): Node {
  const statements = parse(source);
  const compiler = new Compiler(source, inputs(source, statements, values));
  let result: Value = 0;
  for (const [position, statement] of statements.entries()) {
    result = compiler.run(statement);
    if (statement.name === undefined && position < statements.length - 1) {
      throw mistakeAt(source, statement, 'this is not used: give it a name, or put it last');
    }
  }
  const loss = asNode(result);
  if (loss.shape.every((length) => length === 1)) return loss;
  const shape = `[${loss.shape.join(', ')}]`;
  const message = `this has the shape ${shape}, but a loss is a single number: take sum(…) or mean(…) of it`;
  throw mistakeAt(source, statements.at(-1)!.value, message);
}

/** A node, or a number, for every name that is used and not assigned. */
function inputs(
  source: string,
  statements: readonly Statement[],
  values: Values,
): Map<string, Value> {
  const assigned = new Set(statements.flatMap(({ name }) => name ?? []));
  const named = new Map<string, Value>();
  const unused = [...values.keys()].filter((name) => !mentions(statements, name));
  for (const statement of statements) {
    for (const use of namesIn(statement.value)) {
      const { name } = use;
      if (assigned.has(name) || named.has(name)) continue;
      const value = values.get(name);
      const known = constants.get(name);
      if (value !== undefined) named.set(name, input(name, shapeOf(value)));
      else if (known !== undefined) named.set(name, known);
      else throw mistakeAt(source, use, `${name} has no value${hint(name, unused, assigned)}`);
    }
    if (statement.name !== undefined && values.has(statement.name)) {
      const message = `${statement.name} has two values: this one, and the one given beside the expression`;
      throw mistakeAt(source, statement, message);
    }
  }
  if (unused.length > 0) {
    throw new Mistake(
      `${unused[0]} is given a value but never used; the names used are: ${[...named.keys()].join(', ') || 'none'}`,
    );
  }
  return named;
}

/** What may have been meant by a name that has no value. */
function hint(name: string, unused: readonly string[], assigned: ReadonlySet<string>): string {
  const near = didYouMean(name, [...unused, ...assigned]);
  if (near) return near;
  if (unused.length > 0) return `, while ${unused.join(' and ')} is given one but never used`;
  return `: give it one, such as ${name}=0.5`;
}

function mentions(statements: readonly Statement[], name: string): boolean {
  return statements.some(
    (statement) =>
      statement.name === name || namesIn(statement.value).some((use) => use.name === name),
  );
}

class Compiler {
  readonly #source: string;
  readonly #names: Map<string, Value>;

  constructor(source: string, names: Map<string, Value>) {
    this.#source = source;
    this.#names = names;
  }

  run(statement: Statement): Value {
    const { name, value } = statement;
    const result = this.#value(value);
    if (name === undefined) return result;
    if (this.#names.has(name))
      this.#fail(statement, `${name} has a value already, and keeps it: take another name`);
    const node = asNode(result);
    if (node.label === undefined) label(name, node);
    this.#names.set(name, node);
    return node;
  }

  #value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'list':
        if (namesIn(expression).length === 0) return constant(literal(this.#source, expression));
        return this.#op(expression, () =>
          ops.stack(expression.items.map((item) => this.#value(item))),
        );
      case 'name':
        return (
          this.#names.get(expression.name) ??
          this.#fail(expression, `${expression.name} gets its value only further on`)
        );
      case 'negative': {
        const of = this.#value(expression.of);
        return typeof of === 'number' ? -of : this.#op(expression, () => ops.neg(of));
      }
      case 'binary':
        return this.#binary(expression);
      case 'call': {
        const build = this.#function(expression);
        const args = expression.args.map((arg) => this.#value(arg));
        return this.#op(expression, () => build(...args));
      }
    }
  }

  #binary(expression: Expression & { kind: 'binary' }): Value {
    const { op } = expression;
    const a = this.#value(expression.a);
    const b = this.#value(expression.b);
    const number =
      typeof a === 'number' && typeof b === 'number' ? arithmetic(op, a, b) : undefined;
    return number ?? this.#op(expression, () => binary[op](a, b));
  }

  #function({ name, start, args, ...call }: Expression & { kind: 'call' }): Build {
    const overloads = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!overloads) {
      const near = didYouMean(name, Object.keys(functions));
      const rest = near || `; there are: ${Object.keys(functions).join(', ')}`;
      this.#fail({ start, end: start + name.length }, `there is no function ${name}${rest}`);
    }
    const build = overloads[args.length as 1 | 2 | 3] as Build | undefined;
    if (build) return build;
    const takes = Object.keys(overloads).join(' or ');
    return this.#fail(
      { start, end: call.end },
      `${name} takes ${takes} input${takes === '1' ? '' : 's'}, not ${args.length}`,
    );
  }

  /** Shapes that do not fit are the op's own complaint; the place is ours to add. */
  #op(place: Place, build: () => Node): Node {
    try {
      return build();
    } catch (error) {
      if (error instanceof ChainruleError) this.#fail(place, error.message);
      throw error;
    }
  }

  #fail(place: Place, message: string): never {
    throw mistakeAt(this.#source, place, message);
  }
}

type Build = (...args: Value[]) => Node;

const binary = { '+': ops.add, '-': ops.sub, '*': ops.mul, '/': ops.div, '^': ops.pow } as const;

/** The names in an expression, from left to right. */
function namesIn(expression: Expression): (Expression & { kind: 'name' })[] {
  switch (expression.kind) {
    case 'name':
      return [expression];
    case 'negative':
      return namesIn(expression.of);
    case 'binary':
      return [...namesIn(expression.a), ...namesIn(expression.b)];
    case 'call':
      return expression.args.flatMap(namesIn);
    case 'list':
      return expression.items.flatMap(namesIn);
    default:
      return [];
  }
}

function asNode(value: Value): Node {
  return typeof value === 'number' ? constant(value) : value;
}
