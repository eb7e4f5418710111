import {
  type Callable,
  type Emitter,
  END,
  type Expression,
  Local,
  type Statement,
  TYPES,
  type Type,
} from './code.js';
import { Bytes } from './encoding.js';

/** A function's parameters by name, in order. */
export type Signature = Readonly<Record<string, Type>>;
export type Variables<S extends Signature> = { readonly [K in keyof S]: Local<S[K]> };
/** Parameters that are addresses, counts or bits: 32-bit integers all of them. */
export function integers<Name extends string>(...names: Name[]): Readonly<Record<Name, 'i32'>> {
  return Object.fromEntries(names.map((name) => [name, 'i32'])) as Record<Name, 'i32'>;
}
/** Declares a variable of the function. */
export type Declare = <T extends Type>(type: T) => Local<T>;

interface FunctionCode {
  readonly name: string;
  /** Which of the module's types it has. */
  readonly type: number;
  readonly body: Uint8Array;
}

/** Limits of the memory that a module asks for; they must cover those of the memory it is given. */
export interface MemoryLimits {
  readonly pages: number;
  readonly shared: boolean;
}

/** A module under construction: functions over one imported memory. */
export class Module {
  readonly #functions: FunctionCode[] = [];
  readonly #types = new Map<string, { readonly index: number; readonly bytes: Uint8Array }>();

  /** What a module imports, all under one name: its memory, and the address of bytes that only it writes to. */
  static readonly IMPORTS = { from: 'linear', memory: 'memory', scratch: 'scratch' } as const;

  /** A function without a result, exported under its name. `body` gets its parameters, and a way to declare more variables. */
  procedure<S extends Signature>(
    name: string,
    parameters: S,
    body: (parameters: Variables<S>, declare: Declare) => readonly Statement[],
  ): Callable {
    return this.#add(name, parameters, undefined, (variables, declare) => body(variables, declare));
  }

  /** A function whose last expression is its result. */
  function<S extends Signature, R extends Type>(
    name: string,
    parameters: S,
    result: R,
    body: (parameters: Variables<S>, declare: Declare) => readonly [...Statement[], Expression<R>],
  ): Callable {
    return this.#add(name, parameters, result, body);
  }

  #add<S extends Signature>(
    name: string,
    parameters: S,
    result: Type | undefined,
    body: (parameters: Variables<S>, declare: Declare) => readonly (Statement | Expression<Type>)[],
  ): Callable {
    const types = Object.values(parameters);
    const names = Object.keys(parameters);
    const variables = Object.fromEntries(
      names.map((key, index) => [key, new Local(types[index]!, index)]),
    ) as Variables<S>;
    const declared: Type[] = [];
    const declare: Declare = (type) => new Local(type, types.length + declared.push(type) - 1);

    const code: Emitter = Object.assign(new Bytes(), { depth: 0 });
    for (const each of body(variables, declare)) each.emit(code);
    const whole = new Bytes().unsigned(declared.length);
    for (const type of declared) whole.byte(1).byte(TYPES[type]);
    whole.bytes(code.byte(END).written);
    const index = this.#functions.length;
    const type = this.#typeOf(types, result);
    this.#functions.push({ name, type, body: whole.written });
    return { index, parameters: types, result };
  }

  /** The number of a function type in the list of the module's types, where it stands once. */
  #typeOf(parameters: readonly Type[], result: Type | undefined): number {
    const key = `${parameters} ${result}`;
    const known = this.#types.get(key);
    if (known) return known.index;
    const type = new Bytes().byte(0x60).unsigned(parameters.length);
    type.bytes(parameters.map((each) => TYPES[each]));
    type.bytes(result ? [1, TYPES[result]] : [0]);
    const index = this.#types.size;
    this.#types.set(key, { index, bytes: type.written });
    return index;
  }

  /** The module as bytes. */
  bytes(memory: MemoryLimits): Uint8Array {
    const functions = this.#functions;
    const { from, memory: memoryName, scratch } = Module.IMPORTS;
    const to = new Bytes();
    to.bytes([0x00, 0x61, 0x73, 0x6d]); // "\0asm"
    to.bytes([1, 0, 0, 0]); // version 1
    const section = (id: number, entries: number, write: (into: Bytes) => void): void => {
      const content = new Bytes().unsigned(entries);
      write(content);
      to.byte(id).sized(content.written);
    };
    section(1, this.#types.size, (into) => {
      for (const { bytes } of this.#types.values()) into.bytes(bytes);
    });
    section(2, 2, (into) => {
      const flags = memory.shared ? 0x03 : 0x01;
      into.name(from).name(memoryName).bytes([0x02, flags, 0]).unsigned(memory.pages);
      into.name(from).name(scratch).bytes([0x03, TYPES.i32, 0x00]);
    });
    section(3, functions.length, (into) => {
      for (const { type } of functions) into.unsigned(type);
    });
    section(7, functions.length, (into) => {
      for (const [i, { name }] of functions.entries()) into.name(name).byte(0x00).unsigned(i);
    });
    section(10, functions.length, (into) => {
      for (const { body } of functions) into.sized(body);
    });
    return to.written;
  }
}
