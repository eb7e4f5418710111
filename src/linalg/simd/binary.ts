/** Functions of two and three inputs, element by element, two elements at a time. */
import {
  call,
  choose,
  type Declare,
  f64x2,
  i32,
  type Local,
  leave,
  loopWhile,
  type Module,
  type Statement,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

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

/**
 * The same for y [rows, n] and inputs that are read in rows, so many bytes from one row to the next: 0 for a row that
 * meets every row. Elements from … to − 1 of y, counted through all rows.
 */
export type BinaryRowsKernel = (
  y: number,
  a: number,
  aRow: number,
  aStep: number,
  b: number,
  bRow: number,
  bStep: number,
  n: number,
  from: number,
  to: number,
) => void;

/** The same for three inputs: yᵢ = aᵢ where cᵢ ≠ 0, else bᵢ. */
export type SelectRowsKernel = (
  y: number,
  c: number,
  cRow: number,
  cStep: number,
  a: number,
  aRow: number,
  aStep: number,
  b: number,
  bRow: number,
  bStep: number,
  n: number,
  from: number,
  to: number,
) => void;

/** 1 where the mask is all ones, +0 where it is all zeros. */
const indicator = (mask: V128): V128 => v128.and(mask, f64x2.splat(1));

type Name =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'minimum'
  | 'greater'
  | 'greaterEqual'
  | 'equal';

const binary: Readonly<Record<Name, (a: V128, b: V128) => V128>> = {
  add: f64x2.add,
  subtract: f64x2.sub,
  multiply: f64x2.mul,
  divide: f64x2.div,
  maximum: f64x2.max,
  minimum: f64x2.min,
  greater: (a: V128, b: V128) => indicator(f64x2.gt(a, b)),
  greaterEqual: (a: V128, b: V128) => indicator(f64x2.ge(a, b)),
  equal: (a: V128, b: V128) => indicator(f64x2.eq(a, b)),
};

const select = (c: V128, a: V128, b: V128): V128 => v128.select(a, b, f64x2.ne(c, f64x2.splat(0)));

export type BinaryKernels = Record<Name, BinaryKernel> &
  Record<`${Name}Rows`, BinaryRowsKernel> & { readonly selectRows: SelectRowsKernel };

export const binaryNames: readonly Name[] = Object.keys(binary) as Name[];

/** The kernel of that name, and the one that walks in rows. */
export function binaryKernel(module: Module, name: Name): void {
  kernel(module, name, ['a', 'b'], binary[name] as Function);
}

export function selectKernel(module: Module): void {
  kernel(module, 'select', ['c', 'a', 'b'], select as Function);
}

/** Of as many inputs as there are names. */
type Function = (...inputs: readonly V128[]) => V128;

/** An input: where it is read next, and the bytes from there to the next element. */
interface Moving {
  readonly at: Local<'i32'>;
  readonly step: Local<'i32'>;
}

function kernel(module: Module, name: string, inputs: readonly string[], f: Function): void {
  const flat = module.procedure(
    name,
    {
      y: 'i32',
      ...numbers(inputs.flatMap((input) => [input, `${input}Step`])),
      from: 'i32',
      to: 'i32',
    },
    (given, declare) => {
      const { y, from, to } = given as Given;
      const end = declare('i32');
      const moving = inputs.map((input) => ({
        at: (given as Given)[input]!,
        step: (given as Given)[`${input}Step`]!,
      }));
      return [
        end.set(elementAt(y!, to!)),
        y!.set(elementAt(y!, from!)),
        ...moving.map(({ at, step }) => at.set(i32.add(at, i32.mul(from!, step)))),
        pairs(y!, end, moving, f, declare),
        when(i32.ltU(y!, end), [
          f64x2.storeLane(0, y!, f(...moving.map(({ at }) => f64x2.loadLow(at)))),
        ]),
      ];
    },
  );

  module.procedure(
    `${name}Rows`,
    {
      y: 'i32',
      ...numbers(inputs.flatMap((input) => [input, `${input}Row`, `${input}Step`])),
      n: 'i32',
      from: 'i32',
      to: 'i32',
    },
    (given, declare) => {
      const { y, n, from, to } = given as Given;
      const at = inputs.map((input) => (given as Given)[input]!);
      const row = inputs.map((input) => (given as Given)[`${input}Row`]!);
      const step = inputs.map((input) => (given as Given)[`${input}Step`]!);
      const first = declare('i32');
      const last = declare('i32');
      const rest = i32.sub(to!, from!);
      return [
        when(i32.eq(from!, to!), [leave]),
        // The first row may begin within, the last may end there.
        first.set(i32.remU(from!, n!)),
        ...at.map((a, k) => a.set(i32.add(a, i32.mul(i32.divU(from!, n!), row[k]!)))),
        loopWhile(i32.ltU(from!, to!), [
          last.set(i32.add(first, rest)),
          last.set(choose(i32.ltU(last, n!), last, n!)),
          call(
            flat,
            elementAt(y!, i32.sub(from!, first)),
            ...at.flatMap((a, k) => [a, step[k]!]),
            first,
            last,
          ),
          from!.set(i32.add(from!, i32.sub(last, first))),
          first.set(i32.const(0)),
          ...at.map((a, k) => a.set(i32.add(a, row[k]!))),
        ]),
      ];
    },
  );
}

type Given = Readonly<Record<string, Local<'i32'>>>;

const numbers = (names: readonly string[]): Record<string, 'i32'> =>
  Object.fromEntries(names.map((name) => [name, 'i32'] as const));

/** A loop for each way in which the inputs may move or stand still: which it is, is asked before the loop, not in it. */
function pairs(
  y: Local<'i32'>,
  end: Local<'i32'>,
  inputs: readonly Moving[],
  f: Function,
  declare: Declare,
): Statement {
  const held = inputs.map(() => declare('v128'));
  const from = (k: number, values: readonly V128[], steps: readonly Statement[]): Statement => {
    const input = inputs[k];
    if (!input) {
      return loopWhile(i32.leU(i32.add(y, 16), end), [
        v128.store(y, f(...values)),
        ...steps,
        y.set(i32.add(y, 16)),
      ]);
    }
    const { at, step } = input;
    const next = at.set(i32.add(at, 16));
    return when(
      step,
      [from(k + 1, [...values, v128.load(at)], [...steps, next])],
      [held[k]!.set(f64x2.loadSplat(at)), from(k + 1, [...values, held[k]!], steps)],
    );
  };
  return from(0, [], []);
}
