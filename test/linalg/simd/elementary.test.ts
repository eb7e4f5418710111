/** The elementary functions in WebAssembly against the scalar ones, bit by bit: as kernels and through `elementwise`. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as elementary from '../../../src/linalg/elementary/index.js';
import * as elementwise from '../../../src/linalg/kernels/elementwise.js';
import { addressOf, allocate } from '../../../src/linalg/memory.js';
import { simd } from '../../../src/linalg/simd/index.js';
import { CASES } from '../elementary-cases.js';
import {
  magnitudes,
  near,
  pick,
  type Stratum,
  scatter,
  signed,
  uniform,
} from '../elementary-points.js';
import { noise, sameBits } from '../support/arbitrary.js';
import { requireSimd } from '../support/twins.js';

beforeAll(requireSimd);

/** x·tail, without the NaN of −∞·0. */
const timesTail = (x: number, tail: number): number => (tail === 0 ? -0 : x * tail);

/** The scalar function, and the kernel. */
const { exp, expm1, expMinusLine, log, log1p, tanh, sigmoid, softplus, logsigmoid } = elementary;
const functions = {
  exp: { scalar: exp, kernel: elementwise.exp },
  expm1: { scalar: expm1, kernel: elementwise.expm1 },
  expMinusLine: { scalar: expMinusLine, kernel: elementwise.expMinusLine },
  log: { scalar: log, kernel: elementwise.log },
  log1p: { scalar: log1p, kernel: elementwise.log1p },
  silu: { scalar: (x: number) => timesTail(x, sigmoid(x)), kernel: elementwise.silu },
  tanh: { scalar: tanh, kernel: elementwise.tanh },
  sigmoid: { scalar: sigmoid, kernel: elementwise.sigmoid },
  softplus: { scalar: softplus, kernel: elementwise.softplus },
  logsigmoid: { scalar: logsigmoid, kernel: elementwise.logsigmoid },
};
const entries = Object.entries(functions) as [keyof typeof functions, typeof functions.exp][];

const view = new DataView(new ArrayBuffer(8));
/** Any of the 2⁶⁴ patterns: every exponent is as likely, NaNs with all sorts of bits among them. */
const anyBits: Stratum = (random) => {
  view.setUint32(0, random() * 2 ** 32);
  view.setUint32(4, random() * 2 ** 32);
  return view.getFloat64(0);
};

/** Where an algorithm changes its way, or hands over to the scalar function. */
const edges = [
  0,
  0.6,
  1,
  2,
  19.0615,
  22,
  36.7,
  37.4,
  40,
  50,
  708,
  708.3964185322641,
  709,
  709.782712893384,
  710,
  744.4400719213812,
  745.1332191019411,
  746,
  Math.SQRT2,
  Math.SQRT1_2,
  Math.SQRT2 - 1,
  1 - Math.SQRT1_2,
  Math.LN2 / 2,
  Math.LN2,
  1.5 * Math.LN2,
  2 ** -54,
  2 ** -53,
  2 ** -28,
  2 ** -27,
  2 ** -1022,
  2 ** -1074,
  2 ** -1023,
  2 ** 52,
  2 ** 53,
  2 ** 1000,
  2 ** 1001,
  Number.MAX_VALUE,
  Infinity,
  NaN,
].flatMap((x) => [x, -x]);

const strata: readonly Stratum[] = [
  anyBits,
  (random) => pick(edges, random),
  (random) => near(pick(edges, random))(random),
  uniform(-4, 4),
  uniform(-40, 40),
  uniform(-760, 760),
  signed(-1074, 10),
  magnitudes(-1074, 1024),
  (random) => 1 + signed(-53, -2)(random),
  (random) => -1 + magnitudes(-53, -2)(random),
  // half-way between two powers of two, where the number of factors of two is a toss-up
  (random) => near((Math.floor(2000 * (random() - 0.5)) + 0.5) * Math.LN2)(random),
];

describe.each(entries)('%s', (name, { scalar, kernel }) => {
  test.each(strata.map((draw, i) => ({ draw, i })))(
    'has the bits of the scalar function, stratum $i',
    ({ draw, i }) => {
      const random = scatter(i + 1);
      const x = allocate(6001);
      for (let k = 0; k < x.length; k++) x[k] = draw(random);
      const y = allocate(x.length);
      kernel(y, x);
      const wrong = x.findIndex((value, k) => !Object.is(y[k], scalar(value)));
      expect(wrong < 0 ? 'none' : `${name}(${x[wrong]}) = ${y[wrong]}`).toBe('none');
    },
  );

  test('does any stretch of an array, in place too, and nothing beside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.nat(40),
        fc.nat(40),
        fc.array(fc.tuple(fc.nat(39), fc.constantFrom(...edges)), { maxLength: 4 }),
        fc.boolean(),
        fc.nat(99),
        (length, a, b, odd, inPlace, seed) => {
          const [from, to] = [Math.min(a, b, length), Math.min(Math.max(a, b), length)];
          const start = Array.from({ length }, noise(seed)).map((u) => 5 * u);
          for (const [i, value] of odd) if (i < length) start[i] = value;
          const x = allocate(length);
          x.set(start);
          const y = inPlace ? x : allocate(length).fill(7);
          const before = Array.from(y);
          kernel.on(y, x)(from, to);
          const expected = before.map((old, i) => (i >= from && i < to ? scalar(start[i]!) : old));
          expect(sameBits(y, expected)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('does numbers that training meets without asking the scalar function', () => {
    const log = name.startsWith('log') && name !== 'logsigmoid';
    const numbers = [1e-300, 1e-9, 0.3, 1, 2.5, 30, 50, 700].flatMap((x) => [x, -x]);
    const x = allocate(numbers.length + 2);
    x.set(log ? numbers.map(Math.abs) : [...numbers, 0, -0]);
    if (log) x.fill(0.25, numbers.length);
    if (name === 'log1p') x.set([0, -0, -0.75], 0);
    const y = allocate(x.length);
    expect(simd()![name](addressOf(y), addressOf(x), 0, x.length)).toBe(x.length);
  });
});

test('arrays outside of the memory give the same', () => {
  const draw = scatter(5);
  const outside = Float64Array.from({ length: 1000 }, () => 20 * draw() - 10);
  const inside = allocate(1000);
  inside.set(outside);
  for (const [name, { kernel }] of entries) {
    const [a, b] = [new Float64Array(1000), allocate(1000)];
    kernel(a, outside);
    kernel(b, inside);
    expect(sameBits(a, b), name).toBe(true);
  }
});

test('every function with a kernel is in the table of bounds', () => {
  const measured = CASES.map((c) => c.name);
  for (const [name] of entries) expect(measured).toContain(name);
});
