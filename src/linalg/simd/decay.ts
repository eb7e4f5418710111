import {
  f64x2,
  i32,
  i64x2,
  loopWhile,
  type Module,
  type Statement,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

/** xᵢ ← f·xᵢ for i = from … to − 1, `times` times over, f ≥ 0 (and not −0). */
export type DecayKernel = (x: number, from: number, to: number, f: number, times: number) => void;

/** So many multiplications run between two looks at whether they still change anything. */
const TURN = 8;

/**
 * Each product waits for the one before, so eight vectors (sixteen numbers) go through the multiplications side by
 * side. What a multiplication by f has left as it was, no further one changes: a row that is all 0, or has come down to the
 * smallest number there is, is done after one turn.
 */
export function decayKernels(module: Module): void {
  const parameters = { x: 'i32', from: 'i32', to: 'i32', f: 'f64', times: 'i32' } as const;
  module.procedure('decay', parameters, ({ x, from, to, f, times }, declare) => {
    const end = declare('i32');
    const left = declare('i32');
    const factor = declare('v128');
    const vectors = [1, 2, 3, 4, 5, 6, 7, 8].map(() => declare('v128'));
    const before = vectors.map(() => declare('v128'));

    const decayed = (count: number): Statement[] => {
      const held = vectors.slice(0, count);
      const once = held.map((v) => v.set(f64x2.mul(v, factor)));
      const unchanged = held
        .map((v, k) => f64x2.eq(v, before[k]!))
        .reduce((all, one) => v128.and(all, one));
      return [
        left.set(times),
        loopWhile(i32.ge(left, TURN), [
          ...held.map((v, k) => before[k]!.set(v)),
          ...Array.from({ length: TURN }, () => once).flat(),
          left.set(i32.sub(left, TURN)),
          when(i64x2.allTrue(unchanged), [left.set(i32.const(0))]),
        ]),
        loopWhile(i32.gt(left, 0), [...once, left.set(i32.sub(left, 1))]),
      ];
    };
    const span = (count: number): Statement =>
      loopWhile(i32.leU(i32.add(x, 16 * count), end), [
        ...vectors.slice(0, count).map((v, k) => v.set(v128.load(x, 16 * k))),
        ...decayed(count),
        ...vectors.slice(0, count).map((v, k) => v128.store(x, v, 16 * k)),
        x.set(i32.add(x, 16 * count)),
      ]);
    const [last] = vectors;
    return [
      factor.set(f64x2.splat(f)),
      end.set(elementAt(x, to)),
      x.set(elementAt(x, from)),
      span(8),
      span(2),
      span(1),
      when(i32.ltU(x, end), [
        last!.set(f64x2.loadLow(x)),
        ...decayed(1),
        f64x2.storeLane(0, x, last!),
      ]),
    ];
  });
}
