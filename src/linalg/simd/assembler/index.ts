/**
 * An assembler for the part of WebAssembly that kernels need.
 *
 * WebAssembly is a stack machine with types: `local.get a, local.get b, f64.add` pushes two numbers and
 * replaces them by their sum. Here such code is written folded, the way one writes mathematics: `f64.add(a, b)` is an
 * *expression* whose instructions are those of a, those of b, and then the addition. Its type is part of its TypeScript type, so
 * that adding an address to a vector does not compile. What leaves nothing on the stack (a store, a loop) is a *statement*.
 *
 *   i32    a 32-bit integer; addresses and counts are such
 *   f64    a double
 *   v128   128 bits, here two doubles side by side: one instruction works on both
 *
 * A module is the bytes of a file format; see https://webassembly.github.io/spec/core/binary/.
 */
export {
  block,
  type Callable,
  call,
  type Expression,
  jump,
  jumpIf,
  type Label,
  Local,
  leave,
  leaveWith,
  loop,
  loopWhile,
  type Statement,
  value,
  when,
} from './code.js';
export {
  choose,
  f64,
  f64x2,
  type I32,
  i32,
  i64x2,
  scratch,
  type V128,
  v128,
} from './instructions.js';
export { type Declare, integers, Module } from './module.js';
