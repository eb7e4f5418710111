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
import { list, sized, text, unsigned } from './encoding.js';

/** A function's parameters by name, in order. */
export type Signature = Readonly<Record<string, Type>>;
export type Variables<S extends Signature> = { readonly [K in keyof S]: Local<S[K]> };
/** Declares a variable of the function. */
export type Declare = <T extends Type>(type: T) => Local<T>;

interface FunctionCode {
  readonly name: string;
  readonly signature: readonly number[];
  readonly body: readonly number[];
}

/** Limits of the memory that a module asks for; they must cover those of the memory it is given. */
export interface MemoryLimits {
  readonly pages: number;
  readonly shared: boolean;
}

/** A module under construction: functions over one imported memory. */
export class Module {
  readonly #functions: FunctionCode[] = [];

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

    const to: Emitter = { bytes: [], depth: 0 };
    for (const each of body(variables, declare)) each.emit(to);
    const locals = declared.map((type) => [1, TYPES[type]]);
    const index = this.#functions.length;
    this.#functions.push({
      name,
      signature: [
        0x60,
        ...list(types.map((type) => [TYPES[type]])),
        ...list(result ? [[TYPES[result]]] : []),
      ],
      body: sized([...list(locals), ...to.bytes, END]),
    });
    return { index, result };
  }

  /** The module as bytes. */
  bytes(memory: MemoryLimits): Uint8Array {
    const signatures = [...new Set(this.#functions.map(({ signature }) => String(signature)))];
    const types = signatures.map((text) => text.split(',').map(Number));
    const numberOf = ({ signature }: FunctionCode): number => signatures.indexOf(String(signature));
    const limits = [memory.shared ? 0x03 : 0x01, 0, ...unsigned(memory.pages)];
    const from = text(Module.IMPORTS.from);
    const sections: readonly (readonly [number, readonly (readonly number[])[]])[] = [
      [1, types],
      [
        2,
        [
          [...from, ...text(Module.IMPORTS.memory), 0x02, ...limits],
          [...from, ...text(Module.IMPORTS.scratch), 0x03, TYPES.i32, 0x00],
        ],
      ],
      [3, this.#functions.map((each) => unsigned(numberOf(each)))],
      [7, this.#functions.map((each, i) => [...text(each.name), 0x00, ...unsigned(i)])],
      [10, this.#functions.map(({ body }) => body)],
    ];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d], // "\0asm"
      ...[1, 0, 0, 0], // version 1
      ...sections.flatMap(([id, entries]) => [id, ...sized(list(entries))]),
    ]);
  }
}
