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
  type Statement,
  type V128,
  v128,
  when,
} from './assembler.js';

/** yᵢ = f(xᵢ). Returns the first i that it leaves to the scalar function, or `to` when all are done. */
export type UnaryKernel = (y: number, x: number, from: number, to: number) => number;

/** yᵢ = f(aᵢ, bᵢ). A step is 8 bytes, or 0 for an input whose one number meets every element of the other. */
export type BinaryKernel = (
  y: number,
  a: number,
  aStep: number,
  b: number,
  bStep: number,
  from: number,
  to: number,
) => void;

/** Constants that stay the same in the whole loop. */
const one = f64x2.splat(1);

const unary = {
  negate: f64x2.neg,
  absolute: f64x2.abs,
  square: (x: Local<'v128'>) => f64x2.mul(x, x),
  sqrt: f64x2.sqrt,
  reciprocal: (x: V128) => f64x2.div(one, x),
  // Of what is ≤ 0 all bits are struck out, which leaves +0.
  relu: (x: Local<'v128'>) => v128.andnot(x, f64x2.le(x, f64x2.splat(0))),
} as const satisfies Record<string, (x: Local<'v128'>) => V128>;

const indicator = (mask: V128): V128 => v128.and(mask, one);

const binary = {
  add: f64x2.add,
  subtract: f64x2.sub,
  multiply: f64x2.mul,
  divide: f64x2.div,
  maximum: f64x2.max,
  minimum: f64x2.min,
  greater: (a: V128, b: V128) => indicator(f64x2.gt(a, b)),
  greaterEqual: (a: V128, b: V128) => indicator(f64x2.ge(a, b)),
  equal: (a: V128, b: V128) => indicator(f64x2.eq(a, b)),
} as const satisfies Record<string, (a: V128, b: V128) => V128>;

export type UnaryKernels = Record<keyof typeof unary, UnaryKernel>;
export type BinaryKernels = Record<keyof typeof binary, BinaryKernel>;

export function unaryKernels(module: Module): void {
  for (const [name, f] of Object.entries(unary)) {
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
}

export function binaryKernels(module: Module): void {
  for (const [name, f] of Object.entries(binary)) {
    const parameters = {
      y: 'i32',
      a: 'i32',
      aStep: 'i32',
      b: 'i32',
      bStep: 'i32',
      from: 'i32',
      to: 'i32',
    } as const;
    module.procedure(name, parameters, ({ y, a, aStep, b, bStep, from, to }, declare) => {
      const end = declare('i32');
      const held = declare('v128');
      const next: Statement = y.set(i32.add(y, 16));
      const pairs = (result: V128, ...steps: Statement[]): Statement =>
        loopWhile(i32.leU(i32.add(y, 16), end), [v128.store(y, result), ...steps, next]);
      const stepA = a.set(i32.add(a, 16));
      const stepB = b.set(i32.add(b, 16));
      const first = (p: Local<'i32'>, step: Local<'i32'>): Statement =>
        p.set(i32.add(p, i32.mul(from, step)));
      return [
        end.set(elementAt(y, to)),
        y.set(elementAt(y, from)),
        first(a, aStep),
        first(b, bStep),
        // Which of the inputs moves is asked once, not in the loop.
        when(
          aStep,
          [
            when(
              bStep,
              [pairs(f(v128.load(a), v128.load(b)), stepA, stepB)],
              [held.set(f64x2.loadSplat(b)), pairs(f(v128.load(a), held), stepA)],
            ),
          ],
          [
            held.set(f64x2.loadSplat(a)),
            when(
              bStep,
              [pairs(f(held, v128.load(b)), stepB)],
              [pairs(f(held, f64x2.loadSplat(b)))],
            ),
          ],
        ),
        when(i32.ltU(y, end), [f64x2.storeLane(0, y, f(f64x2.loadLow(a), f64x2.loadLow(b)))]),
      ];
    });
  }
}

/** The address of element i of the doubles that begin at `start`. */
export function elementAt(start: I32, i: I32): Expression<'i32'> {
  return i32.add(start, i32.shl(i, 3));
}
