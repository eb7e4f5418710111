import type * as ops from '../../../src/ops/index.js';

type Ops = typeof ops;

/** Every function that src/ops exports. A new one without an entry in the catalogue does not compile. */
export type OpName = {
  [Name in keyof Ops]: Ops[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Ops];
