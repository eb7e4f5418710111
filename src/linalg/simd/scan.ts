import {
  type Expression,
  f64x2,
  i32,
  loopWhile,
  type Module,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

/** 1 if it is so for all elements from … to − 1, else 0. */
type ScanKernel = (x: number, from: number, to: number) => number;
export type ScanKernels = Record<'allFinite' | 'allZero', ScanKernel>;

export function scanKernels(module: Module): void {
  const zero = f64x2.splat(0);
  // 0·x is 0 for every finite x and NaN for the others; and what NaN is added to stays NaN.
  scan(
    module,
    'allFinite',
    (found, x) => f64x2.add(found, f64x2.mul(x, zero)),
    f64x2.add,
    (found) => i32.eqz(v128.anyTrue(f64x2.ne(found, found))),
  );
  // +0 is the number whose bits are all 0.
  scan(module, 'allZero', v128.or, v128.or, (found) => i32.eqz(v128.anyTrue(found)));
}

/** What is found of all elements: in four registers, so that none has to wait for another, joined at the end. */
function scan(
  module: Module,
  name: keyof ScanKernels,
  find: (found: V128, x: V128) => V128,
  join: (a: V128, b: V128) => V128,
  verdict: (found: V128) => Expression<'i32'>,
): void {
  const parameters = { x: 'i32', from: 'i32', to: 'i32' } as const;
  module.function(name, parameters, 'i32', ({ x, from, to }, declare) => {
    const end = declare('i32');
    const found = [0, 1, 2, 3].map(() => declare('v128'));
    const [first] = found;
    const all = found.reduce<V128>((a, b) => (a === b ? a : join(a, b)), first!);
    return [
      end.set(elementAt(x, to)),
      x.set(elementAt(x, from)),
      loopWhile(i32.leU(i32.add(x, 64), end), [
        ...found.map((each, k) => each.set(find(each, v128.load(x, 16 * k)))),
        x.set(i32.add(x, 64)),
      ]),
      loopWhile(i32.leU(i32.add(x, 16), end), [
        first!.set(find(first!, v128.load(x))),
        x.set(i32.add(x, 16)),
      ]),
      when(i32.ltU(x, end), [first!.set(find(first!, f64x2.loadLow(x)))]),
      first!.set(all),
      verdict(first!),
    ];
  });
}
