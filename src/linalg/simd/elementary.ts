/** Kernels of the elementary functions: loops over an array, three vectors a turn as long as there are so many. */
import {
  block,
  choose,
  type Declare,
  f64,
  f64x2,
  i32,
  i64x2,
  jump,
  jumpIf,
  type Label,
  type Local,
  leaveWith,
  loop,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { arithmetic, type Bundle } from './bundle.js';
import { Constants } from './constants.js';
import {
  type ElementaryName,
  elementaryFunctions,
  type VectorFunction,
} from './elementary-functions.js';
import { elementAt, type UnaryKernel } from './elementwise.js';

export type ElementaryKernels = Record<ElementaryName, UnaryKernel>;
export const elementaryNames: readonly ElementaryName[] = Object.keys(
  elementaryFunctions,
) as ElementaryName[];

/** Vectors a turn: two would wait for each other, four would not fit into the sixteen registers. */
const WIDTH = 3;
/** Of a vector, and of a turn. */
const BYTES = 16;
const TURN = WIDTH * BYTES;

/**
 * yᵢ = f(xᵢ). Where not all elements of a turn are ordinary the kernel returns the index of the first, with all before it done. The caller
 * computes that one by the scalar function, ordinary or not, and calls again behind it: so it gets past the one
 * that is not in a few calls.
 *
 * What is left at the end, less than a turn, is copied to the scratch memory, where room for a whole turn makes it one.
 */
export function elementaryKernel(module: Module, name: ElementaryName): void {
  const f = elementaryFunctions[name];
  const constants = new Constants(128);
  const parameters = { y: 'i32', x: 'i32', from: 'i32', to: 'i32' } as const;
  module.function(name, parameters, 'i32', ({ y, x, from, to }, declare) => {
    const end = declare('i32');
    const rest = declare('i32'); // bytes of the last elements, once they lie in the scratch memory
    const restAt = declare('i32'); // where their results belong
    const p = declare('i32');
    const vectors = Array.from({ length: WIDTH }, () => declare('v128'));
    /** p = 0, 8, … for the elements that are left. */
    const forRest = (...body: Statement[]): Statement[] => [
      p.set(i32.const(0)),
      loopWhile(i32.ltU(p, rest), [...body, p.set(i32.add(p, 8))]),
    ];
    const input = scratch;
    const output = i32.add(scratch, TURN);
    return [
      end.set(elementAt(y, to)),
      x.set(elementAt(x, from)),
      y.set(elementAt(y, from)),
      block((out) => {
        const { code, results } = computed(f, vectors, declare, constants, out);
        return [
          loop((anew) => [
            block((left) => [
              loop((again) => [
                jumpIf(i32.gtU(i32.add(y, TURN), end), left),
                ...vectors.map((v, i) => v.set(v128.load(x, i * BYTES))),
                ...code,
                ...results.map((v, i) => v128.store(y, v, i * BYTES)),
                x.set(i32.add(x, TURN)),
                y.set(i32.add(y, TURN)),
                jump(again),
              ]),
            ]),
            when(rest, [
              ...forRest(f64.store(i32.add(restAt, p), f64.load(i32.add(output, p)))),
              leaveWith(to),
            ]),
            rest.set(i32.sub(end, y)),
            jumpIf(i32.eqz(rest), out),
            // Where nothing is left to copy, the first element once more.
            ...vectors.map((_, i) => v128.store(input, f64x2.loadSplat(x), i * BYTES)),
            ...forRest(f64.store(i32.add(input, p), f64.load(i32.add(x, p)))),
            restAt.set(y),
            x.set(input),
            y.set(output),
            end.set(i32.add(output, TURN)),
            jump(anew),
          ]),
        ];
      }),
      i32.sub(to, i32.shrU(choose(rest, rest, i32.sub(end, y)), 3)),
    ];
  });
}

/** The code that makes f(x) of vectors x and jumps to `otherwise` if not all of their elements are ordinary. */
function computed(
  f: VectorFunction,
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
