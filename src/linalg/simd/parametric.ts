import {
  f64x2,
  i32,
  type Local,
  loopWhile,
  type Module,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

/** yᵢ = f(xᵢ), where f depends on two numbers p and q. */
export type ParametricKernel = (
  y: number,
  x: number,
  p: number,
  q: number,
  from: number,
  to: number,
) => void;

type Pair = Local<'v128'>;

type Name = 'leakyRelu' | 'clamp' | 'rescale';

const functions: Readonly<Record<Name, (x: Pair, p: Pair, q: Pair) => V128>> = {
  leakyRelu: (x, slope) => v128.select(x, f64x2.mul(slope, x), f64x2.gt(x, f64x2.splat(0))),
  clamp: (x, low, high) => f64x2.min(f64x2.max(x, low), high),
  rescale: (x, from, to) => f64x2.mul(f64x2.div(x, from), to),
};

export type ParametricKernels = Record<Name, ParametricKernel>;

export const parametricNames: readonly Name[] = Object.keys(functions) as Name[];

export function parametricKernel(module: Module, name: Name): void {
  const f = functions[name];
  const parameters = { y: 'i32', x: 'i32', p: 'f64', q: 'f64', from: 'i32', to: 'i32' } as const;
  module.procedure(name, parameters, ({ y, x, p, q, from, to }, declare) => {
    const [pair, pp, qq] = [declare('v128'), declare('v128'), declare('v128')];
    const end = declare('i32');
    return [
      pp.set(f64x2.splat(p)),
      qq.set(f64x2.splat(q)),
      end.set(elementAt(y, to)),
      y.set(elementAt(y, from)),
      x.set(elementAt(x, from)),
      loopWhile(i32.leU(i32.add(y, 16), end), [
        pair.set(v128.load(x)),
        v128.store(y, f(pair, pp, qq)),
        y.set(i32.add(y, 16)),
        x.set(i32.add(x, 16)),
      ]),
      when(i32.ltU(y, end), [pair.set(f64x2.loadLow(x)), f64x2.storeLane(0, y, f(pair, pp, qq))]),
    ];
  });
}
