import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, constant, input, label, type Node, type Op } from '../../src/graph/index.js';
import { type Trace, type TracedGradient, trace } from '../../src/graph/trace.js';
import * as ops from '../../src/ops/index.js';

const gradientOf = (traced: Trace, i: number): TracedGradient =>
  traced.gradients.find((gradient) => gradient.i === i)!;

describe("the notes' chain, by hand", () => {
  // v = vᵢ², w = 3vᵢ + 1, z = v·w, L = z², at vᵢ = 2: v = 4, w = 7, z = 28, L = 784.
  const vi = input('vᵢ', []);
  const v = label('v', ops.square(vi));
  const w = label('w', ops.add(ops.mul(3, vi), 1));
  const z = label('z', ops.mul(v, w));
  const L = label('L', ops.square(z));
  const traced = trace(L, { vᵢ: 2 });
  const numberOf = (name: string): number => traced.nodes.find((node) => node.label === name)!.i;

  test('forward: numbered in order, with the values and the parents', () => {
    expect(traced.nodes.map(({ i }) => i)).toEqual(traced.nodes.map((_, index) => index + 1));
    const value = (name: string) => traced.nodes[numberOf(name) - 1]!.value;
    expect(['vᵢ', 'v', 'w', 'z', 'L'].map(value)).toEqual([[2], [4], [7], [28], [784]]);
    expect(traced.nodes[numberOf('z') - 1]!.parents).toEqual([numberOf('v'), numberOf('w')]);
    expect(numberOf('L')).toBe(traced.nodes.length);
  });

  test('backward: from N to 1, each ∂L/∂v', () => {
    expect(traced.gradients.map(({ i }) => i)).toEqual(traced.nodes.map(({ i }) => i).reverse());
    const gradient = (name: string) => gradientOf(traced, numberOf(name)).value;
    // ∂L/∂z = 2z = 56, ∂L/∂w = 56·4, ∂L/∂v = 56·7, ∂L/∂vᵢ = 56·(7·4 + 4·3)
    expect(['L', 'z', 'w', 'v', 'vᵢ'].map(gradient)).toEqual([[1], [56], [224], [392], [2240]]);
  });

  test('every term: child, slot, ∂L/∂vⱼ, ∂vⱼ/∂vᵢ and their product', () => {
    expect(gradientOf(traced, numberOf('L')).terms).toEqual([]);
    const [throughW] = gradientOf(traced, numberOf('w')).terms;
    expect(throughW).toMatchObject({ child: numberOf('z'), slot: 1, upstream: [56], local: [4] });
    const terms = gradientOf(traced, numberOf('vᵢ')).terms;
    // The later child, 3·vᵢ, comes first; its gradient is that of w.
    const shown = terms.map(({ slot, upstream, local, value }) => ({
      slot,
      upstream,
      local,
      value,
    }));
    expect(shown).toEqual([
      { slot: 1, upstream: [224], local: [3], value: [672] },
      { slot: 0, upstream: [392], local: [4], value: [1568] },
    ]);
  });

  test('what the backward rules wrote', () => {
    const [term] = gradientOf(traced, numberOf('w')).terms;
    expect(term!.rule).toEqual({
      op: 'mul',
      inputs: [{ gradient: numberOf('z') }, { node: numberOf('v') }],
    });
  });

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(traced))).toEqual(traced);
  });
});

test('a child that uses its parent twice gives two terms', () => {
  const x = input('x', []);
  const traced = trace(ops.mul(x, x), { x: 3 });
  expect(gradientOf(traced, 1).value).toEqual([6]);
  expect(gradientOf(traced, 1).terms.map(({ slot, value }) => [slot, value])).toEqual([
    [0, [3]],
    [1, [3]],
  ]);
});

test('tensors: values row-major, terms in the shape of what they belong to', () => {
  const X = input('X', [2, 2]);
  const w = input('w', [2, 1]);
  const traced = trace(ops.sum(ops.matmul(X, w)), {
    X: [
      [1, 2],
      [3, 4],
    ],
    w: [[5], [6]],
  });
  expect(traced.nodes.map(({ shape }) => shape)).toEqual([[2, 2], [2, 1], [2, 1], []]);
  expect(traced.nodes.map(({ value }) => value)).toEqual([[1, 2, 3, 4], [5, 6], [17, 39], [56]]);
  expect(gradientOf(traced, 3).terms[0]!.local).toEqual([1, 1]); // the whole Jacobian of a sum
  expect(gradientOf(traced, 2).value).toEqual([4, 6]);
  expect(gradientOf(traced, 1).value).toEqual([5, 6, 5, 6]);
});

test('where no gradient comes, there is none', () => {
  const x = input('x', []);
  const traced = trace(ops.mul(ops.stopGradient(x), 2), { x: 3 });
  expect(gradientOf(traced, 1)).toEqual({ i: 1, value: null, terms: [] });
});

test('a rule too long to read is left out', () => {
  const x = input('x', [200]);
  const weights = constant(Array.from({ length: 200 }, (_, k) => k));
  const long = trace(ops.sum(ops.mul(x, weights)), { x: new Float64Array(200) });
  // weights are a node of the forward pass: a short rule, however long they are
  expect(gradientOf(long, 1).terms[0]!.rule).toEqual({
    op: 'mul',
    inputs: [{ gradient: 3 }, { node: 2 }],
  });
  // A constant that the rule itself wrote is a part, and so are its numbers; of a hundred parts all are shown.
  const weighted = (count: number): Op => ({
    name: 'weighted',
    formula: 'y = \\sum_k k x_k',
    shape: () => [],
    kernel: () => () => {},
    vjp: (dy) => [() => ops.mul(dy, constant(Array.from({ length: count }, (_, k) => k)))],
  });
  for (const [count, shown] of [
    [96, true],
    [97, false],
  ] as const) {
    const node = apply(weighted(count), input('z', [count]));
    const { rule } = gradientOf(trace(node, { z: new Float64Array(count) }), 1).terms[0]!;
    const numbers = Array.from({ length: count }, (_, k) => k);
    const dy = { op: 'broadcast', settings: { shape: [count] }, inputs: [{ gradient: 2 }] };
    expect(rule).toEqual(shown ? { op: 'mul', inputs: [dy, { constant: numbers }] } : null);
  }
  const doubled = (dy: Node): Node => {
    let sum = dy;
    for (let k = 0; k < 60; k++) sum = ops.add(sum, sum);
    return sum;
  };
  const wordy: Op = {
    name: 'wordy',
    formula: 'y = x',
    shape: () => [],
    kernel: () => () => {},
    vjp: (dy) => [() => doubled(dy)],
  };
  const deep = apply(wordy, input('y', []));
  // Written out as a tree it would have 2⁶⁰ parts; it is not even tried.
  expect(gradientOf(trace(deep, { y: 1 }), 1).terms[0]!.rule).toBeNull();
});

test('the loss must be a single number', () => {
  expect(() => trace(input('x', [3]), { x: [1, 2, 3] })).toThrow(/loss has a single element/);
});

// Random graphs with shared nodes: each entry is an op on earlier nodes.
const steps = fc.array(fc.record({ op: fc.nat(5), a: fc.nat(99), b: fc.nat(99) }), {
  minLength: 1,
  maxLength: 12,
});
const build: readonly ((a: Node, b: Node) => Node)[] = [
  ops.add,
  ops.sub,
  ops.mul,
  (a) => ops.tanh(a),
  (a) => ops.square(a),
  ops.maximum,
];

test('random graphs: each gradient is the sum of its terms in the listed order, bit for bit', () => {
  let withFanOut = 0;
  let products = 0;
  fc.assert(
    fc.property(steps, fc.integer({ min: -64, max: 64 }), (entries, k) => {
      const nodes: Node[] = [input('x', []), constant(0.75)];
      for (const { op, a, b } of entries) {
        nodes.push(build[op]!(nodes[a % nodes.length]!, nodes[b % nodes.length]!));
      }
      const loss = nodes.slice(2).reduce((sum, node) => ops.add(sum, node));
      const x = nodes[0]!;
      const traced = trace(ops.add(loss, x), { x: k / 32 });
      expect(traced.gradients[0]).toMatchObject({ i: traced.nodes.length, value: [1], terms: [] });
      for (const { i, value, terms } of traced.gradients.slice(1)) {
        const sum = terms
          .slice(1)
          .reduce((total, term) => total + term.value[0]!, terms[0]!.value[0]!);
        expect(value![0]).toBe(sum);
        if (terms.length > 1) withFanOut += 1;
        const edges = traced.nodes.flatMap((node) =>
          node.parents.flatMap((parent, slot) => (parent === i ? [[node.i, slot]] : [])),
        );
        const seen = terms.map(({ child, slot }) => [child, slot]);
        expect(seen).toEqual(edges.sort((p, q) => q[0]! - p[0]! || p[1]! - q[1]!));
        for (const { child, upstream, local, value: term } of terms) {
          expect(upstream).toEqual(gradientOf(traced, child).value);
          const product = upstream[0]! * local[0]!;
          if (!Number.isFinite(product)) continue;
          products += 1;
          expect(Math.abs(term[0]! - product)).toBeLessThanOrEqual(
            4e-16 * Math.abs(product) + 5e-324,
          );
        }
      }
    }),
  );
  expect(withFanOut).toBeGreaterThan(50);
  expect(products).toBeGreaterThan(500);
});
