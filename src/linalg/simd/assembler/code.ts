/** What WebAssembly code is made of: expressions, statements, variables and jumps. */
import type { Bytes } from './encoding.js';

/** The types of values, and the byte that stands for each. */
export const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type Type = keyof typeof TYPES;

/** Code that leaves a value of type T on the stack. */
export interface Expression<T extends Type> {
  readonly type: T;
  emit(to: Emitter): void;
}

/** Code that leaves nothing. */
export interface Statement {
  readonly type: 'nothing';
  emit(to: Emitter): void;
}

/** Where instructions go, and how many blocks are open around them: a jump counts blocks outwards. */
export interface Emitter extends Bytes {
  depth: number;
}

export function expression<T extends Type>(type: T, emit: (to: Emitter) => void): Expression<T> {
  return { type, emit };
}

export function statement(emit: (to: Emitter) => void): Statement {
  return { type: 'nothing', emit };
}

/** A variable of a function; used as an expression it is its value. */
export class Local<T extends Type> implements Expression<T> {
  readonly type: T;
  readonly #index: number;

  constructor(type: T, index: number) {
    this.type = type;
    this.#index = index;
  }

  emit(to: Emitter): void {
    to.byte(0x20).unsigned(this.#index);
  }

  set(value: Expression<T>): Statement {
    return statement((to) => {
      value.emit(to);
      to.byte(0x21).unsigned(this.#index);
    });
  }

  /** Sets the variable and is its new value. */
  tee(value: Expression<T>): Expression<T> {
    return expression(this.type, (to) => {
      value.emit(to);
      to.byte(0x22).unsigned(this.#index);
    });
  }
}

/** A function as other functions of the module call it. */
export interface Callable {
  readonly index: number;
  readonly parameters: readonly Type[];
  readonly result: Type | undefined;
}

/** Calls a function that leaves nothing. */
export function call(callee: Callable, ...given: readonly Expression<Type>[]): Statement {
  const { parameters } = callee;
  if (given.length !== parameters.length || given.some(({ type }, i) => type !== parameters[i])) {
    throw new Error(`a call gives (${given.map(({ type }) => type)}) to (${parameters})`);
  }
  return statement((to) => {
    for (const each of given) each.emit(to);
    to.byte(0x10).unsigned(callee.index);
  });
}

/** Calls a function for its result. */
export function value<T extends Type>(
  type: T,
  callee: Callable,
  ...given: readonly Expression<Type>[]
): Expression<T> {
  return expression(type, call(callee, ...given).emit);
}

/** A place to jump to: the end of a block, the start of a loop. */
export interface Label {
  depth: number;
}

export const END = 0x0b;
const NOTHING = 0x40;

function nested(opcode: number, body: (label: Label) => readonly Statement[]): Statement {
  return statement((to) => {
    to.byte(opcode).byte(NOTHING);
    const label = { depth: ++to.depth };
    for (const each of body(label)) each.emit(to);
    to.depth--;
    to.byte(END);
  });
}

/** Statements that `jump(label)` leaves. */
export function block(body: (label: Label) => readonly Statement[]): Statement {
  return nested(0x02, body);
}

/** Statements that `jump(label)` starts anew; without a jump they run once. */
export function loop(body: (label: Label) => readonly Statement[]): Statement {
  return nested(0x03, body);
}

export function jump(label: Label): Statement {
  return statement((to) => to.byte(0x0c).unsigned(to.depth - label.depth));
}

export function jumpIf(condition: Expression<'i32'>, label: Label): Statement {
  return statement((to) => {
    condition.emit(to);
    to.byte(0x0d).unsigned(to.depth - label.depth);
  });
}

export function when(
  condition: Expression<'i32'>,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return statement((to) => {
    condition.emit(to);
    to.byte(0x04).byte(NOTHING);
    to.depth++;
    for (const each of then) each.emit(to);
    if (otherwise.length > 0) {
      to.byte(0x05);
      for (const each of otherwise) each.emit(to);
    }
    to.depth--;
    to.byte(END);
  });
}

/** Runs the body as long as the condition holds, which is asked before each turn. */
export function loopWhile(condition: Expression<'i32'>, body: readonly Statement[]): Statement {
  return when(condition, [loop((again) => [...body, jumpIf(condition, again)])]);
}

/** Leaves the function. */
export const leave: Statement = statement((to) => to.byte(0x0f));

/** Leaves the function with its result. */
export function leaveWith(result: Expression<Type>): Statement {
  return statement((to) => {
    result.emit(to);
    to.byte(0x0f);
  });
}
