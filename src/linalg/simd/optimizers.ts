/**
 * Steps of optimizers: each reads gradient and averages once and writes averages and parameters once, which is the least
 * that the memory has to do; most of the arithmetic fits into the time that it takes.
 */
import {
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
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

/**
 * Addresses of w, of the gradient, of the averages and of the numbers of the rule; then from and to. What the numbers
 * are is said in ../kernels/optimizers.ts, where the rules stand as loops.
 */
export type StepKernel = (...given: number[]) => void;

type Pair = Local<'v128'>;

/**
 * What becomes of the averages, one after the other, and last of w: each is set before the next is computed, which can
 * therefore use what is new.
 */
type Rule = (
  w: Pair,
  g: Pair,
  averages: readonly Pair[],
  numbers: readonly Pair[],
) => readonly V128[];

const { add, sub, mul, div, sqrt } = f64x2;

/** decay·average + weight·term */
const average = (decay: V128, before: V128, weight: V128, term: V128): V128 =>
  add(mul(decay, before), mul(weight, term));

type Name =
  | 'gradientDescentStep'
  | 'momentumStep'
  | 'adaptivityStep'
  | 'rmspropStep'
  | 'rmspropMomentumStep'
  | 'adamStep';

const rules: Readonly<Record<Name, readonly [averages: number, numbers: number, rule: Rule]>> = {
  gradientDescentStep: [0, 1, (w, g, _, [alpha]) => [sub(w, mul(alpha!, g))]],
  momentumStep: [
    1,
    3,
    (w, g, [v], [alpha, decay, beta]) => [average(decay!, v!, beta!, g), sub(w, mul(alpha!, v!))],
  ],
  adaptivityStep: [
    1,
    4,
    (w, g, [s], [alpha, decay, beta, epsilon]) => [
      average(decay!, s!, beta!, mul(g, g)),
      sub(w, div(mul(alpha!, g), add(sqrt(s!), epsilon!))),
    ],
  ],
  rmspropStep: [
    1,
    4,
    (w, g, [s], [alpha, decay, beta, epsilon]) => [
      average(decay!, s!, beta!, mul(g, g)),
      sub(w, mul(alpha!, div(g, add(sqrt(s!), epsilon!)))),
    ],
  ],
  rmspropMomentumStep: [
    2,
    5,
    (w, g, [s, u], [alpha, decay, beta, epsilon, mu]) => [
      average(decay!, s!, beta!, mul(g, g)),
      add(mul(mu!, u!), div(g, add(sqrt(s!), epsilon!))),
      sub(w, mul(alpha!, u!)),
    ],
  ],
  adamStep: [
    2,
    7,
    (w, g, [v, s], [alpha, decay1, weight1, decay2, weight2, epsilon, kept]) => [
      average(decay1!, v!, weight1!, g),
      average(decay2!, s!, weight2!, mul(g, g)),
      sub(mul(kept!, w), div(mul(alpha!, v!), add(sqrt(s!), epsilon!))),
    ],
  ],
};

export type StepKernels = Record<Name, StepKernel>;

export const stepNames: readonly Name[] = Object.keys(rules) as Name[];

export function stepKernel(module: Module, name: Name): void {
  const [averages, count, rule] = rules[name];
  const kept = Array.from({ length: averages }, (_, k) => `average${k}`);
  const names = ['w', 'g', ...kept, 'numbers', 'from', 'to'];
  const parameters: Record<string, 'i32'> = Object.fromEntries(names.map((each) => [each, 'i32']));
  module.procedure(name, parameters, (given, declare) => {
    const [w, g, ...rest] = names.map((each) => given[each]!) as [Local<'i32'>, Local<'i32'>];
    const at = rest.slice(0, averages) as readonly Local<'i32'>[];
    const [numbers, from, to] = rest.slice(averages) as readonly Local<'i32'>[];
    const end = declare('i32');
    const pairs = (length: number): Pair[] => Array.from({ length }, () => declare('v128'));
    const held = pairs(count);
    const [wPair, gPair, ...values] = pairs(2 + averages) as [Pair, Pair, ...Pair[]];
    const moving = [w, g, ...at];

    const once = (load: Load, store: Store): Statement[] => [
      wPair.set(load(w)),
      gPair.set(load(g)),
      ...values.map((value, k) => value.set(load(at[k]!))),
      ...rule(wPair, gPair, values, held).flatMap((next, k) =>
        k < averages ? [values[k]!.set(next), store(at[k]!, values[k]!)] : [store(w, next)],
      ),
    ];
    return [
      ...held.map((each, k) => each.set(f64x2.loadSplat(numbers!, 8 * k))),
      end.set(elementAt(w, to!)),
      ...moving.map((each) => each.set(elementAt(each, from!))),
      loopWhile(i32.leU(i32.add(w, 16), end), [
        ...once(v128.load, v128.store),
        ...moving.map((each) => each.set(i32.add(each, 16))),
      ]),
      when(
        i32.ltU(w, end),
        once(f64x2.loadLow, (address, value) => f64x2.storeLane(0, address, value)),
      ),
    ];
  });
}

type Load = (address: I32) => V128;
type Store = (address: I32, value: V128) => Statement;
