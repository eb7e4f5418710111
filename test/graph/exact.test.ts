import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodesOf, type RandomGraph } from '../../src/check/random/build.js';
import { graphs } from '../../src/check/random/graphs.js';
import { graphOps } from '../../src/check/random/ops/index.js';
import {
  countPaths,
  type Definition,
  type Dual,
  definitions,
  duals,
  fractions,
  overPaths,
  type Rational,
  rational,
  type Step,
  Tensor,
  valuesOf,
} from '../../src/check/reference/index.js';
import {
  constant,
  evaluateAll,
  full,
  gradients,
  hvp,
  input,
  jvp,
  type Node,
} from '../../src/graph/index.js';
import { add, mul, neg, square, sub, sum } from '../../src/ops/index.js';

/**
 * Graphs of polynomials on short dyadic numbers, where doubles do not round: what the engine says must be the truth
 * itself, which comes here from fractions of BigInts and from the sum over all paths, never from a rule.
 */

/** Numbers of this size and grain, and sums and products of a few of them, are exact in doubles. */
const isShort = (x: Rational): boolean =>
  (x.d & (x.d - 1n)) === 0n && x.d <= 2n ** 20n && (x.n < 0n ? -x.n : x.n) < 2n ** 30n;

const scalar = <T>(x: T): Tensor<T> => new Tensor([], [x]);

describe('graphs of numbers', () => {
  interface Polynomial {
    readonly steps: readonly { readonly op: OpName; readonly a: number; readonly b: number }[];
    readonly inputs: readonly [number, number];
  }

  const builders = { add, sub, mul, neg: (a: Node) => neg(a), square: (a: Node) => square(a) };
  type OpName = keyof typeof builders;
  const half = fc.integer({ min: -6, max: 6 }).map((k) => k / 2);

  const drawn = (most: number): fc.Arbitrary<Polynomial> =>
    fc.record({
      steps: fc.array(
        fc.record({
          op: fc.constantFrom(...(Object.keys(builders) as OpName[])),
          a: fc.nat(1),
          b: fc.nat(1000),
        }),
        { minLength: 2, maxLength: most },
      ),
      inputs: fc.tuple(half, half),
    });

  /** Operands are counted back from the newest node, so that most are part of the result. */
  const back = (count: number, k: number): number => count - 1 - (k % count);

  /** The graph as plain steps. */
  const stepsOf = ({ steps }: Polynomial): Step[] =>
    steps.map(({ op, a, b }, k) => {
      const parents = [back(2 + k, a), back(2 + k, b)];
      const unary = op === 'neg' || op === 'square';
      return { definition: definitions[op], parents: unary ? parents.slice(0, 1) : parents };
    });

  const graphOf = ({ steps }: Polynomial, xs: readonly Node[]): Node => {
    const nodes = [...xs];
    for (const { op, a, b } of steps) {
      const n = nodes.length;
      nodes.push(builders[op](nodes[back(n, a)]!, nodes[back(n, b)]!));
    }
    return nodes.at(-1)!;
  };

  const [p, q] = [input('p', []), input('q', [])];

  test('gradients are the sum over all paths', () => {
    let shared = 0;
    const runs = 400;
    fc.assert(
      fc.property(drawn(9), (polynomial) => {
        const leaves = polynomial.inputs.map((x) => scalar(rational(x)));
        const steps = stepsOf(polynomial);
        const values = valuesOf(fractions, leaves, steps).map((value) => value.values[0]!);
        fc.pre(values.every(isShort) && countPaths(2, steps) <= 1000);
        const exact = overPaths(fractions, leaves, steps).gradients.map(({ values: [g] }) => g!);
        fc.pre(exact.every(isShort));
        if (countPaths(2, steps) > 3) shared++;
        const y = graphOf(polynomial, [p, q]);
        const [value, ...found] = evaluateAll([y, ...gradients(y, [p, q]), p, q], {
          p: polynomial.inputs[0],
          q: polynomial.inputs[1],
        });
        expect(values.at(-1)!.is(value![0]!)).toBe(true);
        for (const i of [0, 1]) {
          expect(exact[i]!.is(found[i]![0]!), `${found[i]![0]} for ${exact[i]}`).toBe(true);
        }
      }),
      { numRuns: runs },
    );
    expect(shared).toBeGreaterThan(0.4 * runs);
  });

  test('gradients, forward mode and Hessians are those of dual numbers over dual numbers', () => {
    const whole = fc.integer({ min: -3, max: 3 });
    const D = duals(fractions);
    const DD = duals(D);
    fc.assert(
      fc.property(drawn(7), fc.tuple(whole, whole), (polynomial, t) => {
        // one ε along t, the other along each axis in turn: y.t.t = (H·t)ᵢ
        const along = [0, 1].map((axis) => {
          const leaves = polynomial.inputs.map((value, i) => {
            const x = { x: rational(value), t: rational(t[i]!), terms: 0 };
            return scalar({ x, t: D.of(i === axis ? 1 : 0), terms: 0 });
          });
          const all = valuesOf(DD, leaves, stepsOf(polynomial)).map(({ values: [y] }) => y!);
          fc.pre(all.every(({ x, t }) => [x.x, x.t, t.x, t.t].every(isShort)));
          return all.at(-1)!;
        });
        const y = graphOf(polynomial, [p, q]);
        const tangents = t.map((value) => constant(value));
        const found = evaluateAll(
          [
            ...[y, jvp(y, [p, q], tangents)],
            ...[gradients(y, [p, q]), hvp(y, [p, q], tangents)].flat(),
            ...[p, q],
          ],
          { p: polynomial.inputs[0], q: polynomial.inputs[1] },
        ).map(([value]) => value!);
        const [first, second] = along as [(typeof along)[0], (typeof along)[0]];
        const exact = [first.x.x, first.x.t, first.t.x, second.t.x, first.t.t, second.t.t];
        for (const [k, truth] of exact.entries()) {
          expect(truth.is(found[k]!), `${k}: ${found[k]} for ${truth}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('graphs of tensors', () => {
  const names = [
    ...['add', 'sub', 'mul', 'neg', 'square', 'relu', 'abs', 'maximum', 'minimum', 'where'],
    ...['sum', 'mean', 'max', 'matmul', 'broadcastTo', 'reshape', 'transpose', 'slice', 'pad'],
    ...['concatenate', 'stack', 'gather', 'scatter', 'pick', 'place'],
  ];
  const polynomials = Object.fromEntries(names.map((name) => [name, graphOps[name]!]));
  const WEIGHTS = [1, -0.5, 1.5, 0.25, -2];
  const weight = (k: number): number => WEIGHTS[k % WEIGHTS.length]!;
  const half = fc.integer({ min: -6, max: 6 }).map((k) => k / 2);

  /** L = Σ over all ends of ⟨weights, end⟩, as a definition of the ends. */
  const loss: Definition = (A, ...ends) =>
    scalar(
      ends
        .flatMap(({ values }) => values.map((x, k) => A.mul(A.of(weight(k)), x)))
        .reduce((total, x) => A.add(total, x), A.of(0)),
    );

  /** The same as a node. */
  const lossOf = (ends: readonly Node[]): Node =>
    ends
      .map((end) => {
        const values = Float64Array.from({ length: count(end) }, (_, k) => weight(k));
        return sum(mul(constant(values, end.shape), end));
      })
      .reduce((total, x) => add(total, x), full([], 0));

  const count = ({ shape }: Node): number => shape.reduce((n, length) => n * length, 1);

  /** The gradient and the Hessian times t over all paths, exactly; undefined where a number is not short. */
  function exactly({ inputs, vertices, ends }: RandomGraph): Dual<Rational>[][] | undefined {
    const steps: Step[] = vertices
      .slice(inputs.length)
      .map(({ use, parents }) => ({ definition: use!.definition!, parents }));
    steps.push({ definition: loss, parents: ends });
    if (countPaths(inputs.length, steps) > 60) return undefined;
    const leaves = inputs.map((x) =>
      x.map((value, k) => ({ x: rational(value), t: rational(weight(k + 1)), terms: 0 })),
    );
    const D = duals(fractions);
    const short = ({ x, t }: Dual<Rational>): boolean => isShort(x) && isShort(t);
    if (!valuesOf(D, leaves, steps).every(({ values }) => values.every(short))) return undefined;
    const found = overPaths(D, leaves, steps).gradients.map(({ values }) => [...values]);
    return found.flat().every(short) ? found : undefined;
  }

  /** A third is no double. */
  const meansAreExact = ({ vertices }: RandomGraph): boolean =>
    vertices.every(({ op, value, parents }) => {
      if (op !== 'mean') return true;
      const n = vertices[parents[0]!]!.value.values.length / value.values.length;
      return Number.isInteger(Math.log2(n));
    });

  const drawn = graphs(polynomials, { steps: 6, values: half }).filter(
    (graph) => graph.ends.length > 0 && meansAreExact(graph),
  );

  test('gradients and Hessians are sums over all paths of products of Jacobians', () => {
    let shared = 0;
    let curved = 0;
    const runs = 120;
    fc.assert(
      fc.property(drawn, (graph) => {
        const exact = exactly(graph);
        if (!exact) return fc.pre(false);
        const nodes = nodesOf(graph);
        const xs = nodes.slice(0, graph.inputs.length);
        const y = lossOf(graph.ends.map((i) => nodes[i]!));
        const tangents = graph.inputs.map(({ shape, values }) =>
          constant(
            values.map((_, k) => weight(k + 1)),
            shape,
          ),
        );
        const feeds = graph.inputs.map(({ values }, i) => [`x${i + 1}`, values]);
        const found = evaluateAll(
          [...gradients(y, xs), ...hvp(y, xs, tangents), ...xs],
          Object.fromEntries(feeds),
        );
        for (const [i, gradient] of exact.entries()) {
          for (const [k, { x, t }] of gradient.entries()) {
            const [g, h] = [found[i]![k]!, found[exact.length + i]![k]!];
            expect(x.is(g), `∂L/∂x${i + 1}, element ${k}: ${g} for ${x}`).toBe(true);
            expect(t.is(h), `(H·t) of x${i + 1}, element ${k}: ${h} for ${t}`).toBe(true);
          }
        }
        const parents = graph.vertices.flatMap((vertex) => vertex.parents);
        if (new Set(parents).size < parents.length) shared++;
        if (exact.flat().some(({ t }) => t.n !== 0n)) curved++;
      }),
      { numRuns: runs },
    );
    expect(shared).toBeGreaterThan(0.5 * runs);
    expect(curved).toBeGreaterThan(0.1 * runs);
  });
});
