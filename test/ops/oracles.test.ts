import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Arithmetic,
  type Definition,
  type Dual,
  definitions,
  duals,
  fractions,
  overPaths,
  type Rational,
  real,
  Tensor,
} from '../../src/check/reference/index.js';
import type { Case } from '../../src/check/use.js';
import {
  apply,
  constant,
  evaluateAll,
  gradients,
  hvp,
  input,
  type Node,
  type Op,
} from '../../src/graph/index.js';
import { mul, square, stopGradient, sum } from '../../src/ops/index.js';
import { catalogue } from './catalogue/index.js';

/*
 * Every op's rules against its definition, entry by entry: y, g = Jᵀu, and g′ = d/ds Jᵀu along a direction t, which is
 * the Hessian of ⟨u, y⟩ times t. In doubles to what the terms round to, and bit for bit against fractions where nothing
 * rounds.
 */

const RUNS = 8;
const entries = Object.entries(catalogue);

/** y, g and g′ of each input, in row-major order. */
interface Found<T> {
  readonly y: readonly T[];
  readonly g: readonly (readonly T[])[];
  readonly h: readonly (readonly T[])[];
}

const WEIGHTS = [1, -0.5, 1.5, 0.75, -1.25, 2, -0.25];
/** Short dyadic numbers of either sign, the same for the same shape. */
const weights = ({ shape, values }: Tensor<unknown>, from: number): Tensor =>
  new Tensor(
    shape,
    values.map((_, k) => WEIGHTS[(from + k) % WEIGHTS.length]!),
  );

const node = ({ shape, values }: Tensor): Node => constant(Float64Array.from(values), shape);

/** By the rules. */
function byRules({ f, inputs, slots = [...inputs.keys()] }: Case, twice: boolean): Found<number> {
  const xs = inputs.map(({ shape }, slot) => input(`x${slot}`, shape));
  const chosen = slots.map((slot) => xs[slot]!);
  const y = f(...xs);
  const u = node(weights(new Tensor(y.shape, new Array(count(y)).fill(0)), 0));
  const directions = slots.map((slot) => node(weights(inputs[slot]!, slot + 3)));
  const found = evaluateAll(
    [
      y,
      ...gradients(y, chosen, u),
      ...(twice ? hvp(sum(mul(u, y)), chosen, directions) : []),
      ...xs,
    ],
    Object.fromEntries(inputs.map(({ values }, slot) => [`x${slot}`, values])),
  ).map((values) => [...values]);
  const n = slots.length;
  return { y: found[0]!, g: found.slice(1, 1 + n), h: twice ? found.slice(1 + n, 1 + 2 * n) : [] };
}

const count = ({ shape }: Node): number => shape.reduce((n, length) => n * length, 1);

/** By the definition: the Jacobian column by column over dual numbers that move along t. */
function byDefinition<T>(
  A: Arithmetic<T>,
  definition: Definition,
  { inputs, slots = [...inputs.keys()] }: Case,
): Found<T> & { readonly size: (slot: number, k: number) => [number, number] } {
  const D = duals(A);
  const moving = inputs.map((x, slot) => {
    const t = weights(x, slot + 3);
    return x.map((value, k): Dual<T> => {
      const still = !slots.includes(slot);
      const along = still ? 0 : t.values[k]!;
      return { x: A.of(value), t: A.of(along), terms: Math.abs(along) };
    });
  });
  const step = { definition, parents: [...inputs.keys()] };
  const y = definition(D, ...moving);
  const seed = weights(y, 0).map(D.of);
  const { gradients: g, terms } = overPaths(D, moving, [step], { seed });
  const of = (part: (number: Dual<T>) => T) =>
    slots.map((slot) => g[slot]!.values.map((value) => part(value)));
  return {
    y: y.values.map(({ x }) => x),
    g: of(({ x }) => x),
    h: of(({ t }) => t),
    size: (i, k) => [terms[slots[i]!]!.values[k]!, g[slots[i]!]!.values[k]!.terms],
  };
}

/** The first entry where the rules and the definition differ, if there is one. */
function difference(made: Case, twice: boolean): string | undefined {
  const rules = byRules(made, twice);
  const exact = byDefinition(real, made.definition!, made);
  for (const [i, g] of rules.g.entries()) {
    const sizes = g.map((_, k) => exact.size(i, k));
    // a number that cancels to 0 leaves the rounding of what it was made of
    const most = Math.max(0, ...sizes.flat());
    const orders = [
      [g, exact.g[i]!],
      [rules.h[i] ?? [], exact.h[i]!],
    ] as const;
    for (const [order, [found, expected]] of orders.entries()) {
      const k = found.findIndex(
        (value, k) => !(Math.abs(value - expected[k]!) <= 1e-12 * sizes[k]![order]! + 1e-14 * most),
      );
      if (k >= 0)
        return `order ${order + 1}, input ${i + 1}, element ${k}: ${found[k]} for ${expected[k]}`;
    }
  }
  return undefined;
}

describe.each(entries)('%s: rules and definition', (_, { smooth, once }) => {
  test('are the same in every entry of the gradient, and of how it moves', () => {
    fc.assert(
      fc.property(smooth, (made) => {
        expect(difference(made, !once)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});

test('a rule that is off by 10⁻¹¹, or right in its value and wrong in its own slope, does not agree', () => {
  const x = new Tensor([2], [0.5, 2]);
  const use: Omit<Case, 'f'> = { text: () => 'f(x)', definition: definitions.square, inputs: [x] };
  const squareBy = (rule: (dy: Node, x: Node) => Node): ((x: Node) => Node) => {
    const op: Op = { ...square(input('x', [2])).op, vjp: (dy, _y, x) => [() => rule(dy, x)] };
    return (node) => apply(op, node);
  };
  const right = squareBy((dy, x) => mul(dy, mul(2, x)));
  expect(difference({ ...use, f: right }, true)).toBeUndefined();
  const off = squareBy((dy, x) => mul(dy, mul(2 * (1 + 1e-11), x)));
  expect(difference({ ...use, f: off }, true)).toMatch(/^order 1, input 1, element 0/);
  const stopped = squareBy((dy, x) => mul(dy, mul(2, stopGradient(x))));
  expect(difference({ ...use, f: stopped }, true)).toMatch(/^order 2, input 1, element 0: 0 for/);
});

const POLYNOMIAL = [
  ...['add', 'sub', 'mul', 'neg', 'square', 'pow', 'squaredError', 'stopGradient'],
  ...['relu', 'leakyRelu', 'abs', 'sign', 'maximum', 'minimum', 'clamp', 'where'],
  ...['greater', 'greaterEqual', 'less', 'lessEqual', 'equal'],
  ...['sum', 'mean', 'variance', 'max', 'min', 'matmul', 'broadcastTo', 'reshape', 'transpose'],
  ...['slice', 'pad', 'concatenate', 'stack', 'gather', 'scatter', 'pick', 'place', 'oneHot'],
  ...['sparseMatmul', 'sparseRows', 'sparseRowsMatmul'],
] as (keyof typeof catalogue)[];

/** A multiple of 2⁻⁴⁰ that a double can be, as can be all terms that it is made of: nothing has to be rounded. */
const isShort = ({ n, d }: Rational): boolean => {
  const powerOfTwo = (d & (d - 1n)) === 0n;
  return powerOfTwo && d <= 2n ** 40n && (n < 0n ? -n : n) * 2n ** 40n < d * 2n ** 53n;
};

describe.each(POLYNOMIAL)('%s: nothing rounds', (name) => {
  test('value, gradient and second order are those of fractions, bit for bit', () => {
    fc.assert(
      fc.property(catalogue[name].smooth, (made) => {
        const exact = exactFound(made);
        // what a third or a logarithm comes to has to be rounded
        if (!exact) return fc.pre(false);
        const found = byRules(made, true);
        for (const part of ['y', 'g', 'h'] as const) {
          const pairs = found[part]
            .flat()
            .map((value, k) => [value, exact[part].flat()[k]!] as const);
          for (const [value, truth] of pairs) {
            expect(truth.is(value), `${part}: ${value} for ${truth}`).toBe(true);
          }
        }
      }),
      { numRuns: 2 * RUNS },
    );
  });
});

/** By fractions, if all of them are short. */
function exactFound(made: Case): Found<Rational> | undefined {
  try {
    const found = byDefinition(fractions, made.definition!, made);
    return [found.y, found.g, found.h].flat(2).every(isShort) ? found : undefined;
  } catch (error) {
    // no fraction has a logarithm, as powers with broken exponents would need
    if (error instanceof RangeError && /fractions have no/.test(error.message)) return undefined;
    throw error;
  }
}

describe('domains', () => {
  test.each(entries.filter(([, { domain }]) => domain))(
    '%s is drawn from its domain, and its kinks are not in it',
    (_, spec) => {
      fc.assert(
        fc.property(spec.smooth, ({ inputs }) => {
          expect(spec.domain!.has(...inputs), spec.domain!.text).toBe(true);
        }),
      );
      for (const { text, inputs } of spec.kinks ?? []) {
        expect(spec.domain!.has(...inputs), text).toBe(false);
      }
    },
  );

  test('an op with kinks says where', () => {
    const kinked = entries.filter(([, { kinks = [] }]) => kinks.length > 0);
    expect(kinked.map(([name]) => name).sort()).toEqual([
      ...['abs', 'acos', 'asin', 'clamp', 'leakyRelu', 'max', 'maximum', 'min', 'minimum'],
      ...['norm', 'relu', 'sqrt'],
    ]);
    for (const [name, { domain }] of kinked) expect(domain, name).toBeDefined();
  });

  test('every op has a definition', () => {
    for (const [name, { smooth }] of entries) {
      for (const { definition } of fc.sample(smooth, 5)) expect(definition, name).toBeDefined();
    }
  });
});
