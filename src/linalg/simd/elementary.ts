/** Kernels of the elementary functions: loops over an array, three vectors a turn as long as there are so many. */
import {
  block,
  type Declare,
  type Expression,
  f64x2,
  i32,
  i64x2,
  jump,
  jumpIf,
  type Label,
  type Local,
  leaveWith,
  loop,
  type Module,
  type Statement,
  type V128,
  v128,
  when,
} from './assembler.js';
import { arithmetic, type Bundle } from './bundle.js';
import { Constants } from './constants.js';
import * as functions from './elementary-functions.js';
import { elementAt, type UnaryKernel } from './elementwise.js';

export type ElementaryKernels = Record<keyof typeof functions, UnaryKernel>;

/** Vectors a turn: two would wait for each other, four would not fit into the sixteen registers. */
const WIDTH = 3;
/** Of a vector. */
const BYTES = 16;

/** yᵢ = f(xᵢ), for each of the functions. */
export function elementaryKernels(module: Module): void {
  const constants = new Constants(128);
  for (const [name, f] of Object.entries<functions.VectorFunction>(functions)) {
    elementaryKernel(module, name, f, constants);
  }
}

/**
 * Where not both elements of a vector are ordinary the kernel returns the index of the first, with all before it done: the
 * caller computes that one by the scalar function and calls again behind it.
 */
function elementaryKernel(
  module: Module,
  name: string,
  f: functions.VectorFunction,
  constants: Constants,
): void {
  const parameters = { y: 'i32', x: 'i32', from: 'i32', to: 'i32' } as const;
  module.function(name, parameters, 'i32', ({ y, x, from, to }, declare) => {
    const end = declare('i32');
    const remain = (vectors: number): Expression<'i32'> =>
      i32.leU(i32.add(y, vectors * BYTES), end);
    const advance = (vectors: number): Statement[] =>
      [x, y].map((at) => at.set(i32.add(at, vectors * BYTES)));

    const three = Array.from({ length: WIDTH }, () => declare('v128'));
    const threeAtATime = block((left) => {
      const { code, results } = computed(f, three, declare, constants, left);
      return [
        loop((again) => [
          jumpIf(i32.eqz(remain(WIDTH)), left),
          ...three.map((v, i) => v.set(v128.load(x, i * BYTES))),
          ...code,
          ...results.map((v, i) => v128.store(y, v, i * BYTES)),
          ...advance(WIDTH),
          jump(again),
        ]),
      ];
    });

    const one = declare('v128');
    const oneAtATime = block((left) => {
      const { code, results } = computed(f, [one], declare, constants, left);
      return [
        loop((again) => [
          jumpIf(i32.geU(y, end), left),
          // The last element of an odd number fills both lanes, so that nothing but itself can be out of the ordinary.
          when(remain(1), [one.set(v128.load(x))], [one.set(f64x2.loadSplat(x))]),
          ...code,
          when(
            remain(1),
            [v128.store(y, results[0]!)],
            [f64x2.storeLane(0, y, results[0]!), leaveWith(to)],
          ),
          ...advance(1),
          jump(again),
        ]),
      ];
    });

    return [
      end.set(elementAt(y, to)),
      x.set(elementAt(x, from)),
      y.set(elementAt(y, from)),
      threeAtATime,
      oneAtATime,
      i32.sub(to, i32.shrU(i32.sub(end, y), 3)),
    ];
  });
}

/** The code that makes f(x) of vectors x and jumps to `otherwise` if not all of their elements are ordinary. */
function computed(
  f: functions.VectorFunction,
  x: Bundle,
  declare: Declare,
  constants: Constants,
  otherwise: Label,
): { readonly code: readonly Statement[]; readonly results: Bundle } {
  const code: Statement[] = [];
  const on = arithmetic(x.length, declare, constants, code);
  const [first, ...others]: readonly Local<'v128'>[] = f.ordinary?.(on, x) ?? [];
  if (first) {
    const all = others.reduce<V128>(v128.and, first);
    code.push(jumpIf(i32.eqz(i64x2.allTrue(all)), otherwise));
  }
  return { code, results: f.of(on, x) };
}
