import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bytes } from '../../../src/linalg/simd/assembler/encoding.js';
import {
  block,
  call,
  choose,
  type Expression,
  f64,
  f64x2,
  i32,
  i64x2,
  jump,
  jumpIf,
  leaveWith,
  loop,
  loopWhile,
  Module,
  v128,
  value,
  when,
} from '../../../src/linalg/simd/assembler/index.js';
import { webAssembly } from '../../../src/linalg/simd/webassembly.js';

/** The functions of a module over a memory of its own. */
function assemble(write: (module: Module) => void) {
  const module = new Module();
  write(module);
  const bytes = module.bytes({ pages: 1, shared: false });
  expect(webAssembly!.validate(bytes)).toBe(true);
  const memory = new webAssembly!.Memory({ initial: 1, maximum: 1 });
  const imports = { linear: { memory, scratch: 1024 } };
  const { exports } = new webAssembly!.Instance(new webAssembly!.Module(bytes), imports);
  return { run: exports, numbers: new Float64Array(memory.buffer) };
}

describe('integers in bytes', () => {
  // From the DWARF specification (version 5, tables 7.6 and 7.7), where the encoding comes from.
  test.each([
    [2, [2]],
    [127, [127]],
    [128, [0x80, 1]],
    [129, [0x81, 1]],
    [12857, [0xb9, 0x64]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %d', (n, bytes) => {
    expect([...new Bytes().unsigned(n).written]).toEqual(bytes);
  });

  test.each([
    [2n, [2]],
    [-2n, [0x7e]],
    [127n, [0xff, 0]],
    [-127n, [0x81, 0x7f]],
    [128n, [0x80, 1]],
    [-128n, [0x80, 0x7f]],
    [129n, [0x81, 1]],
    [-129n, [0xff, 0x7e]],
  ])('signed %d', (n, bytes) => {
    expect([...new Bytes().signed(Number(n)).written]).toEqual(bytes);
  });
});

/** A module of functions of two doubles. */
const binaryFunctions = (
  functions: Record<string, (a: Expression<'f64'>, b: Expression<'f64'>) => Expression<'f64'>>,
) =>
  assemble((module) => {
    for (const [name, f] of Object.entries(functions)) {
      module.function(name, { a: 'f64', b: 'f64' }, 'f64', ({ a, b }) => [f(a, b)]);
    }
  }).run;

const same = (
  f: ((a: number, b: number) => number) | undefined,
  g: (a: number, b: number) => number,
) => fc.assert(fc.property(fc.double(), fc.double(), (a, b) => Object.is(f!(a, b), g(a, b))));

const both =
  (operation: (a: Expression<'v128'>, b: Expression<'v128'>) => Expression<'v128'>, lane: 0 | 1) =>
  (a: Expression<'f64'>, b: Expression<'f64'>) =>
    f64x2.lane(lane, operation(f64x2.splat(a), f64x2.splat(b)));

const arithmetic = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  min: Math.min,
  max: Math.max,
} as const;

describe('an instruction does what JavaScript does with the same numbers', () => {
  const scalar = binaryFunctions(
    Object.fromEntries(
      Object.keys(arithmetic).map((name) => [name, f64[name as keyof typeof arithmetic]]),
    ),
  );
  const vectors = binaryFunctions(
    Object.fromEntries(
      Object.keys(arithmetic).map((name) => [
        name,
        both(f64x2[name as keyof typeof arithmetic], 1),
      ]),
    ),
  );
  test.each(Object.entries(arithmetic))('%s', (name, f) => {
    same(scalar[name], f);
    same(vectors[name], f);
  });

  const comparisons = {
    eq: (a: number, b: number) => a === b,
    ne: (a: number, b: number) => a !== b,
    lt: (a: number, b: number) => a < b,
    gt: (a: number, b: number) => a > b,
    le: (a: number, b: number) => a <= b,
    ge: (a: number, b: number) => a >= b,
  } as const;
  const names = Object.keys(comparisons) as (keyof typeof comparisons)[];
  const chosen = binaryFunctions(
    Object.fromEntries(names.map((name) => [name, (a, b) => choose(f64[name](a, b), a, b)])),
  );
  const masked = binaryFunctions(
    Object.fromEntries(
      names.map((name) => [name, both((a, b) => v128.select(a, b, f64x2[name](a, b)), 0)]),
    ),
  );
  test.each(Object.entries(comparisons))('%s', (name, f) => {
    same(chosen[name], (a, b) => (f(a, b) ? a : b));
    same(masked[name], (a, b) => (f(a, b) ? a : b));
  });

  test('the smaller and the larger as a comparison gives them', () => {
    const { pmin, pmax } = binaryFunctions({
      pmin: both(f64x2.pmin, 0),
      pmax: both(f64x2.pmax, 0),
    });
    same(pmin, (a, b) => (b < a ? b : a));
    same(pmax, (a, b) => (a < b ? b : a));
  });

  test('√, sign and size', () => {
    const f = binaryFunctions({
      sqrt: (a) => f64.sqrt(a),
      abs: (a) => f64.abs(a),
      neg: both((a) => f64x2.neg(a), 0),
      abs2: both((a) => f64x2.abs(a), 1),
      sqrt2: both((a) => f64x2.sqrt(a), 1),
    });
    same(f['sqrt'], (a) => Math.sqrt(a));
    same(f['sqrt2'], (a) => Math.sqrt(a));
    same(f['abs'], (a) => Math.abs(a));
    same(f['abs2'], (a) => Math.abs(a));
    same(f['neg'], (a) => -a);
  });

  test('the bits of a double as an integer', () => {
    const { run } = assemble((module) => {
      // One more in the exponent, which begins at bit 52; then its bits alone.
      module.function('twice', { x: 'f64' }, 'f64', ({ x }) => [
        f64x2.lane(1, i64x2.add(f64x2.splat(x), i64x2.shl(f64x2.splat(5e-324), 52))),
      ]);
      module.function('exponent', { x: 'f64' }, 'f64', ({ x }) => [
        f64x2.lane(0, i64x2.sub(i64x2.shrU(f64x2.splat(x), 52), i64x2.shrU(f64x2.splat(1), 52))),
      ]);
      module.function('both', { x: 'f64' }, 'i32', ({ x }) => [
        i64x2.allTrue(f64x2.pick(f64x2.splat(x), 0, f64x2.splat(1), 0)),
      ]);
    });
    for (const x of [1, -3.5, 1e300, 2 ** -1022]) expect(run['twice']!(x)).toBe(2 * x);
    expect(run['exponent']!(2 ** 7)).toBe(7 * 5e-324);
    expect([0, -0, 5].map((x) => run['both']!(x))).toEqual([0, 1, 1]);
  });
});

describe('control', () => {
  test('loops, jumps out of several blocks, and calls', () => {
    const { run } = assemble((module) => {
      const square = module.function('square', { x: 'i32' }, 'i32', ({ x }) => [i32.mul(x, x)]);
      module.function('sumOfSquares', { n: 'i32' }, 'i32', ({ n }, declare) => {
        const [i, s] = [declare('i32'), declare('i32')];
        return [
          loopWhile(i32.lt(i, n), [
            i.set(i32.add(i, 1)),
            s.set(i32.add(s, value('i32', square, i))),
          ]),
          s,
        ];
      });
      module.function('collatz', { n: 'i32' }, 'i32', ({ n }, declare) => {
        const steps = declare('i32');
        return [
          block((done) => [
            loop((again) => [
              jumpIf(i32.eq(n, 1), done),
              steps.set(i32.add(steps, 1)),
              when(
                i32.and(n, 1),
                [n.set(i32.add(i32.mul(n, 3), 1)), jump(again)],
                [n.set(i32.shrU(n, 1)), jump(again)],
              ),
            ]),
          ]),
          steps,
        ];
      });
      module.function('sign', { x: 'f64' }, 'i32', ({ x }) => [
        when(f64.lt(x, 0), [leaveWith(i32.const(-1))]),
        when(f64.gt(x, 0), [leaveWith(i32.const(1))]),
        i32.const(0),
      ]);
    });
    expect(run['sumOfSquares']!(0)).toBe(0);
    expect(run['sumOfSquares']!(10)).toBe(385);
    expect(run['collatz']!(27)).toBe(111);
    expect([-2, 0, 3].map((x) => run['sign']!(x))).toEqual([-1, 0, 1]);
  });

  test('memory: at an address, with an offset, and by lanes', () => {
    const { run, numbers } = assemble((module) => {
      const put = module.procedure('put', { p: 'i32', x: 'f64' }, ({ p, x }) => [
        f64.store(p, x, 8),
      ]);
      module.procedure('fill', { p: 'i32', x: 'f64' }, ({ p, x }) => [
        call(put, p, x),
        call(put, i32.add(p, 8), x),
      ]);
      module.procedure('swap', { y: 'i32', x: 'i32' }, ({ y, x }, declare) => {
        const v = declare('v128');
        return [v.set(v128.load(x)), v128.store(y, f64x2.pick(v, 1, v, 0))];
      });
      module.procedure('corner', { y: 'i32', x: 'i32' }, ({ y, x }) => [
        v128.store(y, f64x2.loadLow(x, 8)),
        f64x2.storeLane(1, y, f64x2.loadSplat(x), 8),
      ]);
    });
    run['fill']!(0, 2.5);
    expect([...numbers.subarray(0, 4)]).toEqual([0, 2.5, 2.5, 0]);
    numbers.set([3, 4]);
    run['swap']!(32, 0);
    expect([...numbers.subarray(4, 6)]).toEqual([4, 3]);
    run['corner']!(48, 0);
    expect([...numbers.subarray(6, 8)]).toEqual([4, 3]);
  });

  test('a call gives what the function takes', () => {
    const module = new Module();
    const put = module.procedure('put', { p: 'i32', x: 'f64' }, ({ p, x }) => [f64.store(p, x)]);
    const [p, x] = [i32.const(0), f64.const(1)];
    expect(() => call(put, p, x)).not.toThrow();
    expect(() => call(put, p)).toThrow('a call gives (i32) to (i32,f64)');
    expect(() => call(put, x, p)).toThrow('a call gives (f64,i32) to (i32,f64)');
    expect(() => call(put, p, x, x)).toThrow('a call gives (i32,f64,f64) to (i32,f64)');
  });

  test('the type of an operand is part of its TypeScript type', () => {
    // @ts-expect-error: a double is no address
    i32.add(f64.const(1), 2);
    // @ts-expect-error: an integer is no vector
    f64x2.add(i32.const(1), f64x2.splat(1));
  });
});
