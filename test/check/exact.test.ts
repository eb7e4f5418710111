import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asDefinition } from '../../src/check/random/as-function.js';
import { type Dyadic, dyadics, fits, InexactError } from '../../src/check/random/exact/dyadics.js';
import { jets, variable } from '../../src/check/random/exact/jets.js';
import { exactOps } from '../../src/check/random/exact/ops.js';
import { dyadic, graphs, logUniform } from '../../src/check/random/index.js';
import {
  type Arithmetic,
  duals,
  fractions,
  Rational,
  rational,
} from '../../src/check/reference/index.js';
import { measured } from '../../src/check/reference/measured.js';

/** A formula of few numbers, evaluated in any arithmetic. */
interface Step {
  readonly op: 'add' | 'sub' | 'mul' | 'neg';
  readonly operands: readonly [number, number];
}

const formulas = (...ops: Step['op'][]): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ op: fc.constantFrom(...ops), operands: fc.tuple(fc.nat(9), fc.nat(9)) }), {
    minLength: 1,
    maxLength: 8,
  });

function evaluated<T>(A: Arithmetic<T>, inputs: readonly number[], steps: readonly Step[]): T {
  const values = inputs.map(A.of);
  for (const { op, operands } of steps) {
    const [a, b] = operands.map((back) => values[back % values.length]!);
    values.push(op === 'neg' ? A.neg(a!) : A[op](a!, b!));
  }
  return values.at(-1)!;
}

const exactly = ({ n, e }: Dyadic): Rational =>
  e >= 0 ? new Rational(n << BigInt(e)) : new Rational(n, 1n << BigInt(-e));

const few = fc.array(dyadic(-4, 4), { minLength: 2, maxLength: 4 });

describe('multiples of powers of two', () => {
  test('come to what fractions come to', () => {
    fc.assert(
      fc.property(few, formulas('add', 'sub', 'mul', 'neg'), (inputs, steps) => {
        const found = exactly(evaluated(dyadics, inputs, steps));
        expect(found.equals(evaluated(fractions, inputs, steps))).toBe(true);
      }),
    );
  });

  test('where they say that doubles need not round, doubles do not, in any order', () => {
    let fitting = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.boolean()), {
          minLength: 2,
          maxLength: 6,
        }),
        (powers) => {
          const terms = powers.map(([e, negative]) => (negative ? -1 : 1) * 2 ** e);
          const total = terms.map(dyadics.of).reduce(dyadics.add);
          if (!fits(total)) return;
          fitting += 1;
          const forwards = terms.reduce((sum, x) => sum + x);
          expect(terms.reduceRight((sum, x) => sum + x)).toBe(forwards);
          expect(rational(forwards).equals(exactly(total))).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
    expect(fitting).toBeGreaterThan(100);
  });

  test('terms count even where they cancel', () => {
    const [large, small] = [2 ** 60, 1].map(dyadics.of) as [Dyadic, Dyadic];
    const back = dyadics.sub(dyadics.add(large, small), large);
    expect(dyadics.valueOf(back)).toBe(1);
    expect(fits(back)).toBe(false);
    expect(fits(dyadics.add(dyadics.of(2 ** 51), small))).toBe(true);
    expect(fits(dyadics.add(dyadics.of(2 ** 53), small))).toBe(false);
    expect(fits(dyadics.sub(small, small))).toBe(true);
    expect(fits(dyadics.mul(back, dyadics.of(0)))).toBe(true);
  });

  test('what leads away from them says so', () => {
    const { of } = dyadics;
    expect(dyadics.valueOf(dyadics.div(of(3), of(-8)))).toBe(-3 / 8);
    for (const b of [3, 0, 0.75]) expect(() => dyadics.div(of(1), of(b))).toThrow(InexactError);
    expect(() => dyadics.apply('exp', of(1))).toThrow('exp leads away');
    expect(() => of(Infinity)).toThrow(InexactError);
    const J = jets(dyadics);
    const x = variable(dyadics, 2, 0);
    expect(() => J.div(J.of(1), x)).toThrow('b of a/b is constant');
    expect(() => J.apply('sin', x)).toThrow('which sin is not');
  });
});

test('all derivatives at once are those of one after the other, by fractions', () => {
  const A = jets(dyadics);
  const D = duals(fractions);
  let compared = 0;
  fc.assert(
    fc.property(graphs(exactOps, { values: dyadic(-2, 2) }), (graph) => {
      const f = asDefinition(graph);
      let n = 0;
      const together = f(
        A,
        ...graph.inputs.map((x) => x.map((value) => variable(dyadics, value, n++))),
      );
      for (let k = 0; k < n; k++) {
        let i = 0;
        const moving = graph.inputs.map((x) =>
          x.map((value) => ({ x: rational(value), t: rational(i++ === k ? 1 : 0), terms: 0 })),
        );
        for (const [at, { x, t }] of f(D, ...moving).values.entries()) {
          const jet = together.values[at]!;
          expect(exactly(jet.x).equals(x)).toBe(true);
          expect(exactly(jet.slopes.get(k) ?? dyadics.of(0)).equals(t)).toBe(true);
          compared += 1;
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(500);
});

describe('what doubles are off by is within their measure', () => {
  const numbers = fc.array(logUniform(1 / 8, 8), { minLength: 2, maxLength: 4 });
  const formula = fc.tuple(numbers, formulas('add', 'sub', 'mul', 'neg'));
  /** Each operation rounds by half a unit, and hands on what its operands are off by. */
  const unit = 2 ** 9 * 2 ** -53;
  const offBy = (exact: Rational, x: number): number =>
    Math.abs(exact.minus(rational(x)).toNumber());

  test('of sums and products, also where terms cancel', () => {
    let rounded = 0;
    fc.assert(
      fc.property(formula, ([inputs, steps]) => {
        const { x, size } = evaluated(measured, inputs, steps);
        const off = offBy(evaluated(fractions, inputs, steps), x);
        if (off > 0) rounded += 1;
        expect(size).toBeGreaterThanOrEqual(Math.abs(x));
        expect(off).toBeLessThanOrEqual(unit * size);
      }),
      { numRuns: 300 },
    );
    expect(rounded).toBeGreaterThan(50);
  });

  test('of quotients', () => {
    fc.assert(
      fc.property(formula, formula, ([inputs, steps], [others, more]) => {
        const [a, b] = [evaluated(measured, inputs, steps), evaluated(measured, others, more)];
        fc.pre(b.size <= 1e6 * Math.abs(b.x));
        const exact = evaluated(fractions, inputs, steps).over(evaluated(fractions, others, more));
        const { x, size } = measured.div(a, b);
        expect(offBy(exact, x)).toBeLessThanOrEqual(2 * unit * size);
      }),
      { numRuns: 200 },
    );
  });

  test('of functions: the slope carries it on', () => {
    const x = { x: 2, size: 1e6 };
    const { x: y, size } = measured.apply('exp', x);
    expect(y).toBe(Math.exp(2));
    expect(size).toBe(Math.exp(2) + Math.exp(2) * 1e6);
  });
});
