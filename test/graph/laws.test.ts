import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apply,
  backward,
  constant,
  evaluate,
  evaluateAll,
  from,
  full,
  Graph,
  gradient,
  gradients,
  input,
  Node,
  type Op,
  Parameters,
  sumOp,
} from '../../src/graph/index.js';
import { add, mul, reshape, sin, stopGradient, sub, sum, tanh } from '../../src/ops/index.js';
import { build, SHAPE, steps, values } from './support/random-graph.js';

const scalar = (name: string): Node => input(name, []);

describe('∂L/∂vᵢ = Σ over children', () => {
  test("the notes' worked chain: L ← z ← (v, w) ← vᵢ", () => {
    // v = 2vᵢ, w = vᵢ², z = v·w, L = 3z: ∂L/∂vᵢ = 3·(w·2 + v·2vᵢ) = 18 vᵢ²
    const vi = scalar('vi');
    const v = mul(2, vi);
    const w = mul(vi, vi);
    const loss = mul(3, mul(v, w));
    expect(gradient(loss, vi, { vi: 5 })).toEqual(Float64Array.of(18 * 25));
  });

  test('mul(x, x) has two edges to x, so two terms', () => {
    const x = scalar('x');
    const y = mul(x, x);
    const found = backward(y, [x]).get(x)!;
    expect(found.contributions.map(({ child, slot }) => [child, slot])).toEqual([
      [y, 0],
      [y, 1],
    ]);
    expect(gradient(y, x, { x: 7 })).toEqual(Float64Array.of(14));
  });

  test('f(x, x) is the sum of its two branches', () => {
    fc.assert(
      fc.property(steps(8), values(6), (list, x) => {
        const shared = input('x', SHAPE);
        const [a, b] = [input('a', SHAPE), input('b', SHAPE)];
        const { loss, sinks } = build([a, b], list);
        const together = gradient(build([shared, shared], list, sinks).loss, shared, { x });
        const [da, db] = evaluateAll([...gradients(loss, [a, b]), a, b], { a: x, b: x });
        for (const [i, value] of together.entries()) {
          expect(value).toBeCloseTo(da![i]! + db![i]!, 12);
        }
      }),
    );
  });

  test('terms are summed by descending child', () => {
    const x = scalar('x');
    const children = Array.from({ length: 5 }, (_, k) => mul(x, k + 1));
    const loss = children.reduce(add);
    const order = backward(loss, [x])
      .get(x)!
      .contributions.map(({ child }) => child);
    expect(order).toEqual([...children].reverse());
    // In doubles the order shows: from the last on, 1 is lost before 2⁵³ is taken away.
    const sizes = [1, -(2 ** 53), 2 ** 53];
    const y = sizes.map((c) => mul(x, c)).reduce(add);
    expect(gradient(y, x, { x: 1 })).toEqual(Float64Array.of(2 ** 53 - 2 ** 53 + 1));
    const z = [-(2 ** 53), 2 ** 53, 1].map((c) => mul(x, c)).reduce(add);
    expect(gradient(z, x, { x: 1 })).toEqual(Float64Array.of(1 + 2 ** 53 - 2 ** 53));
  });

  test('a sum begins with its first term, not with +0', () => {
    const x = scalar('x');
    for (const children of [2, 3, 5]) {
      const loss = Array.from({ length: children }, () => mul(x, -0)).reduce(add);
      expect(Object.is(gradient(loss, x, { x: 1 })[0], -0)).toBe(true);
    }
  });

  test('a sum whose terms all come from the forward pass', () => {
    // ℒ = x·(c₁ + c₂ + c₃) as one op: ∂ℒ/∂ℒ = 1, so that its rule may name the c themselves.
    const op: Op = {
      name: 'threefold',
      formula: 'y = c_1 x + c_2 x + c_3 x',
      shape: (x) => x,
      kernel:
        ({ data: y }, ...inputs) =>
        () => {
          const [a, x, b, , c] = inputs.map(({ data }) => data[0]!);
          y[0] = x! * (a! + b! + c!);
        },
      vjp: (_dy, _y, a, _x1, b, _x2, c) => [null, () => a!, null, () => b!, null, () => c!],
    };
    const [x, a, b, c] = ['x', 'a', 'b', 'c'].map((name) => tanh(scalar(name))) as Node[];
    const graph = new Graph(apply(op, a!, x!, b!, x!, c!, x!), { wrt: [x!], keep: [a!, b!, c!] });
    graph.forward({ x: 1, a: 2, b: 3, c: 4 });
    graph.backward();
    const [ta, tb, tc] = [a!, b!, c!].map((node) => graph.value(node)[0]!);
    expect(graph.gradient(x!)).toEqual(Float64Array.of(ta! + tb! + tc!));
  });

  test('a child that does not lead to the loss has no say, and one that does still counts', () => {
    const parameters = new Parameters();
    const w = parameters.add('w', from(3));
    const loss = mul(w, w);
    const aside = tanh(mul(w, 100));
    const graph = new Graph([loss, aside]);
    graph.forward();
    graph.backward();
    expect(graph.gradients).toEqual(Float64Array.of(6));
    expect(graph.value(aside)).toEqual(Float64Array.of(1));
    sin(aside); // made later, part of nothing
    graph.backward();
    expect(graph.gradients).toEqual(Float64Array.of(6));
  });

  test('a thousand children, and a hundred thousand', () => {
    const x = scalar('x');
    const thousand = Array.from({ length: 1000 }, (_, k) => mul(x, k)).reduce(add);
    expect(gradient(thousand, x, { x: 2 })).toEqual(Float64Array.of((999 * 1000) / 2));

    // and at once a chain of 10⁵ nodes: y = x + x + … + x
    let chain: Node = x;
    for (let k = 0; k < 1e5; k++) chain = add(chain, x);
    const graph = new Graph(chain, { wrt: [x] });
    graph.forward({ x: 0.5 });
    graph.backward();
    expect(graph.loss).toBe(0.5 * 100_001);
    expect(graph.gradient(x)).toEqual(Float64Array.of(100_001));
    expect(graph.nodes.length).toBe(100_001);
  });

  test('a sum of more terms than a function may have arguments is differentiated again', () => {
    const x = scalar('x');
    const total = new Node(sumOp, new Array<Node>(300_000).fill(x), x.shape);
    const [dx] = gradients(total, [x]);
    expect(dx!.parents.length).toBe(300_000);
    expect(new Set(dx!.parents).size).toBe(1);
    expect(evaluate(dx!.parents[0]!)).toEqual(Float64Array.of(1));
  });
});

describe('what the loss does not depend on', () => {
  test('an x gets zeros of its shape; a constant has no gradient to give', () => {
    const x = input('x', [2]);
    const other = input('other', [3]);
    const loss = sum(mul(x, constant([5, 7])));
    const [dx, dOther] = evaluateAll([...gradients(loss, [x, other]), loss], { x: [1, 1] });
    expect(dx).toEqual(Float64Array.of(5, 7));
    expect(dOther).toEqual(new Float64Array(3));
    expect(gradients(constant(1), [x]).map((node) => node.shape)).toEqual([[2]]);
    expect(backward(constant(1), [x]).size).toBe(0);
    expect(backward(loss, [x]).has(loss)).toBe(true);
  });

  test('a parameter that is not reached: zeros in the flat gradient, and no segment', () => {
    const parameters = new Parameters();
    const a = parameters.add('a', from([1, 2]));
    const b = parameters.add('b', from([3, 4]));
    const c = parameters.add('c', from(5));
    const blocked = mul(stopGradient(b), 2);
    const graph = new Graph(add(sum(mul(a, blocked)), mul(c, c)));
    graph.forward();
    graph.backward();
    expect(graph.gradients).toEqual(Float64Array.of(6, 8, 0, 0, 10));
    expect(graph.reached.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(graph.gradient(b)).toEqual(new Float64Array(2));
  });

  test('a loss that is a parameter, and a loss that is a sum of two', () => {
    const parameters = new Parameters();
    const a = parameters.add('a', from(2));
    const b = parameters.add('b', from(3));
    const itself = new Graph(a);
    itself.forward();
    itself.backward();
    expect(itself.gradients).toEqual(Float64Array.of(1, 0));
    const both = new Graph(add(a, b));
    both.forward();
    both.backward();
    expect(both.gradients).toEqual(Float64Array.of(1, 1));
  });

  test('terms that nobody needs are not built', () => {
    const asked: number[] = [];
    const op: Op = {
      name: 'watched',
      formula: 'y = a + b',
      shape: (a) => a,
      kernel: () => () => {},
      vjp: (dy) =>
        [0, 1].map((slot) => () => {
          asked.push(slot);
          return dy;
        }),
    };
    const [a, b] = [scalar('a'), scalar('b')];
    gradients(apply(op, a, b), [b]);
    expect(asked).toEqual([1]);
  });
});

describe('the backward pass is linear in its seed, bit for bit', () => {
  test('a power of two comes out as it went in, and 0 gives 0', () => {
    fc.assert(
      fc.property(steps(10), values(6), fc.integer({ min: -8, max: 8 }), (list, x, power) => {
        const node = input('x', SHAPE);
        const { loss } = build([node], list);
        const [plain, scaled, none] = evaluateAll(
          [
            gradients(loss, [node])[0]!,
            gradients(loss, [node], full([], 2 ** power))[0]!,
            gradients(loss, [node], full([], 0))[0]!,
            loss,
          ],
          { x },
        );
        for (const [i, value] of plain!.entries()) {
          expect(scaled![i]).toBe(value * 2 ** power);
          expect(Math.abs(none![i]!)).toBe(0);
        }
      }),
    );
  });
});

describe('running again', () => {
  test('with new inputs, in one plan', () => {
    const x = input('x', [2]);
    const y = mul(x, x);
    const graph = new Graph(sum(y), { keep: [y], wrt: [x] });
    for (const values of [
      [1, 2],
      [3, -4],
      [1, 2],
    ]) {
      graph.forward({ x: values });
      graph.backward();
      expect([...graph.value(y)]).toEqual(values.map((v) => v * v));
      expect([...graph.gradient(x)]).toEqual(values.map((v) => 2 * v));
    }
  });

  test('the order in which nodes are listed, fed and asked for changes no bit', () => {
    fc.assert(
      fc.property(steps(10), values(6), values(6), (list, a, b) => {
        const [p, q] = [input('p', SHAPE), input('q', SHAPE)];
        const { loss, nodes } = build([p, q], list);
        const [dp, dq] = gradients(loss, [p, q]);
        const one = evaluateAll([loss, dp!, dq!, p, q, ...nodes], { p: a, q: b });
        const other = evaluateAll([...nodes, q, p, dq!, dp!, loss], {
          q: b,
          p: a,
        });
        expect(Object.is(one[0]![0], other.at(-1)![0])).toBe(true);
        for (const [i, value] of one[1]!.entries())
          expect(Object.is(value, other.at(-2)![i])).toBe(true);
        for (const [i, value] of one[2]!.entries())
          expect(Object.is(value, other.at(-3)![i])).toBe(true);
      }),
    );
  });

  test('two graphs of one store: a batch to train on, another size to evaluate', () => {
    const parameters = new Parameters();
    const w = parameters.add('w', from([2, 3]));
    const train = new Graph(sum(mul(w, input('x', [4, 2]))));
    const evaluation = new Graph(sum(mul(w, input('x', [1, 2]))));
    train.forward({
      x: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    });
    train.backward();
    expect(train.gradients).toEqual(Float64Array.of(4, 4));
    parameters.values.set([10, 20]);
    evaluation.forward({ x: [[1, 2]] });
    expect(evaluation.loss).toBe(50);
    evaluation.backward();
    expect(evaluation.gradients).toEqual(Float64Array.of(1, 2));
    expect(train.gradients).toEqual(Float64Array.of(4, 4));
    train.forward({ x: new Float64Array(8).fill(1) });
    expect(train.loss).toBe(120);
  });

  test('parameters added after a graph was made: it binds anew, and its gradient grows', () => {
    const parameters = new Parameters();
    const w = parameters.add('w', from([2, 3]));
    const graph = new Graph(sum(mul(w, w)));
    graph.forward();
    graph.backward();
    const v = parameters.add('v', from([5]));
    expect(() => graph.loss).toThrow(/run forward first/);
    parameters.values[0] = 7;
    graph.forward();
    graph.backward();
    expect(graph.loss).toBe(49 + 9);
    expect(graph.gradients).toEqual(Float64Array.of(14, 6, 0));
    const larger = new Graph(sum(mul(v, sum(w))));
    larger.forward();
    larger.backward();
    expect(larger.gradients).toEqual(Float64Array.of(5, 5, 10));
  });
});

test('aliases of aliases: reshapes of a parameter, of a gradient, of a reshape', () => {
  const parameters = new Parameters();
  const w = parameters.add(
    'w',
    from([
      [1, 2],
      [3, 4],
    ]),
  );
  const flat = reshape(reshape(w, [4, 1]), [4]);
  const loss = sum(mul(flat, constant([1, 10, 100, 1000])));
  const graph = new Graph([loss, flat, reshape(flat, [1, 4])]);
  graph.forward();
  graph.backward();
  expect(graph.loss).toBe(4321);
  expect(graph.value(flat)).toEqual(Float64Array.of(1, 2, 3, 4));
  expect(graph.gradients).toEqual(Float64Array.of(1, 10, 100, 1000));
  expect(evaluate(sub(flat, flat))).toEqual(new Float64Array(4));
});
