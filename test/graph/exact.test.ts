import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rational, rational } from '../../src/check/reference/index.js';
import {
  constant,
  evaluateAll,
  gradients,
  hvp,
  input,
  jvp,
  type Node,
} from '../../src/graph/index.js';
import { add, mul, neg, square, sub } from '../../src/ops/index.js';

/**
 * Polynomial graphs on short dyadic numbers, where doubles do not round: what the engine says must be the
 * truth itself, which comes here from fractions of BigInts and from the definition, never from a rule.
 */
interface Polynomial {
  readonly steps: readonly { readonly op: OpName; readonly a: number; readonly b: number }[];
  readonly inputs: readonly number[];
}

type OpName = 'add' | 'sub' | 'mul' | 'neg' | 'square';

const drawn = (most: number): fc.Arbitrary<Polynomial> =>
  fc.record({
    steps: fc.array(
      fc.record({
        op: fc.constantFrom<OpName>('add', 'sub', 'mul', 'neg', 'square'),
        a: fc.nat(1000),
        b: fc.nat(1000),
      }),
      { minLength: 1, maxLength: most },
    ),
    inputs: fc.array(
      fc.integer({ min: -6, max: 6 }).map((k) => k / 2),
      { minLength: 2, maxLength: 2 },
    ),
  });

/** The arithmetic that a polynomial can be evaluated in. */
interface Ring<T> {
  add(a: T, b: T): T;
  mul(a: T, b: T): T;
  neg(a: T): T;
}

/** All nodes, the last being the result. */
function run<T>(ring: Ring<T>, { steps }: Polynomial, inputs: readonly T[]): T[] {
  const nodes = [...inputs];
  for (const { op, a, b } of steps) {
    const [p, q] = [nodes[a % nodes.length]!, nodes[b % nodes.length]!];
    if (op === 'add') nodes.push(ring.add(p, q));
    if (op === 'sub') nodes.push(ring.add(p, ring.neg(q)));
    if (op === 'mul') nodes.push(ring.mul(p, q));
    if (op === 'neg') nodes.push(ring.neg(p));
    if (op === 'square') nodes.push(ring.mul(p, p));
  }
  return nodes;
}

const fractions: Ring<Rational> = {
  add: (a, b) => a.plus(b),
  mul: (a, b) => a.times(b),
  neg: (a) => a.negated(),
};

/** a + bε₁ + cε₂ + dε₁ε₂ with ε₁² = ε₂² = 0: d is the mixed second derivative, with no rule of calculus. */
type HyperDual = readonly [Rational, Rational, Rational, Rational];

const hyperDuals: Ring<HyperDual> = {
  add: (x, y) => x.map((part, i) => part.plus(y[i]!)) as unknown as HyperDual,
  neg: (x) => x.map((part) => part.negated()) as unknown as HyperDual,
  mul: ([a, b, c, d], [p, q, r, s]) => [
    a.times(p),
    a.times(q).plus(b.times(p)),
    a.times(r).plus(c.times(p)),
    a.times(s).plus(d.times(p)).plus(b.times(r)).plus(c.times(q)),
  ],
};

const builders: Record<OpName, (a: Node, b: Node) => Node> = {
  add,
  sub,
  mul,
  neg: (a) => neg(a),
  square: (a) => square(a),
};

function graphOf({ steps }: Polynomial, xs: readonly Node[]): Node {
  const nodes = [...xs];
  for (const { op, a, b } of steps) {
    nodes.push(builders[op](nodes[a % nodes.length]!, nodes[b % nodes.length]!));
  }
  return nodes.at(-1)!;
}

/**
 * ∂(last)/∂(node) by the definition that the sum over children makes short: the sum over all paths of the
 * product of the derivatives of the edges along it.
 */
function overPaths(
  { steps, inputs }: Polynomial,
  values: readonly Rational[],
  node: number,
): Rational {
  const last = values.length - 1;
  const one = rational(1);
  const walk = (at: number): Rational => {
    if (at === last) return one;
    let total = rational(0);
    for (const [k, { op, a, b }] of steps.entries()) {
      const child = inputs.length + k;
      const [p, q] = [a % child, b % child];
      const edges: Rational[] = [];
      if (op === 'add') edges.push(...[p, q].filter((v) => v === at).map(() => one));
      if (op === 'sub') {
        if (p === at) edges.push(one);
        if (q === at) edges.push(one.negated());
      }
      if (op === 'mul') {
        if (p === at) edges.push(values[q]!);
        if (q === at) edges.push(values[p]!);
      }
      if (op === 'neg' && p === at) edges.push(one.negated());
      if (op === 'square' && p === at) edges.push(rational(2).times(values[p]!));
      for (const edge of edges) total = total.plus(edge.times(walk(child)));
    }
    return total;
  };
  return walk(node);
}

/** Numbers of this size and grain, and sums and products of a few of them, are exact in doubles. */
const isShort = (x: Rational): boolean => x.d <= 2n ** 20n && (x.n < 0n ? -x.n : x.n) < 2n ** 30n;

const [p, q] = [input('p', []), input('q', [])];
const feeds = ([a, b]: readonly number[]) => ({ p: a!, q: b! });
const isExactly = (value: number, exact: Rational): boolean => rational(value).equals(exact);

describe('exact: the engine against fractions', () => {
  test('gradients are the sum over all paths', () => {
    fc.assert(
      fc.property(drawn(9), (polynomial) => {
        const values = run(fractions, polynomial, polynomial.inputs.map(rational));
        fc.pre(values.every(isShort));
        const y = graphOf(polynomial, [p, q]);
        const [value, ...found] = evaluateAll(
          [y, ...gradients(y, [p, q]), p, q],
          feeds(polynomial.inputs),
        );
        expect(isExactly(value![0]!, values.at(-1)!)).toBe(true);
        for (const i of [0, 1]) {
          const exact = overPaths(polynomial, values, i);
          fc.pre(isShort(exact));
          expect(isExactly(found[i]![0]!, exact), `${found[i]![0]} for ${exact.n}/${exact.d}`).toBe(
            true,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test('gradients, forward mode and Hessians are those of hyper-dual numbers', () => {
    fc.assert(
      fc.property(
        drawn(7),
        fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
        (polynomial, t) => {
          const [a, b] = polynomial.inputs.map(rational) as [Rational, Rational];
          const zero = rational(0);
          const [t1, t2] = t.map(rational) as [Rational, Rational];
          // ε₁ along t, ε₂ along each axis: d = (H·t)ᵢ
          const along = [rational(1), zero].map((first) => {
            const second = rational(1).minus(first);
            const all = run(hyperDuals, polynomial, [
              [a, t1, first, zero],
              [b, t2, second, zero],
            ]);
            fc.pre(all.flat().every(isShort));
            return all.at(-1)!;
          });
          const y = graphOf(polynomial, [p, q]);
          const tangents = t.map((value) => constant(value));
          const [forward, ...rest] = evaluateAll(
            [
              jvp(y, [p, q], tangents),
              ...gradients(y, [p, q]),
              ...hvp(y, [p, q], tangents),
              p,
              q,
              y,
            ],
            feeds(polynomial.inputs),
          );
          expect(isExactly(forward![0]!, along[0]![1])).toBe(true);
          for (const i of [0, 1]) {
            expect(isExactly(rest[i]![0]!, along[i]![2])).toBe(true);
            expect(isExactly(rest[2 + i]![0]!, along[i]![3])).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('most draws share nodes, as trees would not', () => {
    const graphs = fc.sample(drawn(9), 300).filter(({ steps }) => steps.length > 3);
    const shared = graphs.filter(({ steps, inputs }) => {
      const uses = steps.flatMap(({ op, a, b }, k) => {
        const count = inputs.length + k;
        return op === 'neg' || op === 'square' ? [a % count] : [a % count, b % count];
      });
      return new Set(uses).size < uses.length;
    });
    expect(shared.length / graphs.length).toBeGreaterThan(0.8);
  });
});
