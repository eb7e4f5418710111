/**
 * Element by element, two at a time. Every kernel works on the elements from … to − 1 of arrays that begin at
 * the given addresses. A vector need not lie at an even address, so any `from` will do, and one element may be left over: it
 * is done in a vector whose other lane nobody looks at.
 */
import {
  type Expression,
  f64x2,
  type I32,
  i32,
  type Local,
  loopWhile,
  type Module,
  type V128,
  v128,
  when,
} from './assembler/index.js';

/** yᵢ = f(xᵢ). Returns the first i that it leaves to the scalar function, or `to` when all are done. */
export type UnaryKernel = (y: number, x: number, from: number, to: number) => number;

/** Constants that stay the same in the whole loop. */
const one = f64x2.splat(1);
const zero = f64x2.splat(0);

type Name = 'negate' | 'absolute' | 'sign' | 'square' | 'sqrt' | 'reciprocal' | 'relu';

const unary: Readonly<Record<Name, (x: Local<'v128'>) => V128>> = {
  negate: f64x2.neg,
  absolute: f64x2.abs,
  // What is neither above nor below 0 is its own sign: ±0, and NaN.
  sign: (x) =>
    v128.select(one, v128.select(f64x2.splat(-1), x, f64x2.lt(x, zero)), f64x2.gt(x, zero)),
  square: (x) => f64x2.mul(x, x),
  sqrt: f64x2.sqrt,
  reciprocal: (x) => f64x2.div(one, x),
  // Of what is ≤ 0 all bits are struck out, which leaves +0.
  relu: (x) => v128.andnot(x, f64x2.le(x, zero)),
};

export type UnaryKernels = Record<Name, UnaryKernel>;

export const unaryNames: readonly Name[] = Object.keys(unary) as Name[];

export function unaryKernel(module: Module, name: Name): void {
  const f = unary[name];
  const parameters = { y: 'i32', x: 'i32', from: 'i32', to: 'i32' } as const;
  module.function(name, parameters, 'i32', ({ y, x, from, to }, declare) => {
    const v = declare('v128');
    const end = declare('i32');
    return [
      end.set(elementAt(y, to)),
      x.set(elementAt(x, from)),
      y.set(elementAt(y, from)),
      loopWhile(i32.leU(i32.add(y, 16), end), [
        v.set(v128.load(x)),
        v128.store(y, f(v)),
        x.set(i32.add(x, 16)),
        y.set(i32.add(y, 16)),
      ]),
      when(i32.ltU(y, end), [v.set(f64x2.loadLow(x)), f64x2.storeLane(0, y, f(v))]),
      to,
    ];
  });
}

/** The address of element i of the doubles that begin at `start`. */
export function elementAt(start: I32, i: I32): Expression<'i32'> {
  return i32.add(start, i32.shl(i, 3));
}
