import { describe, expect, test } from 'vitest';
import {
  type Build,
  type CauseName,
  checkGradient,
  checkLaw,
  type Engine,
  explain,
  type Failed,
  ourEngine,
  type Value,
} from '../../src/check/index.js';
import { apply, constant, label, type Node, type Op } from '../../src/graph/index.js';
import {
  add,
  broadcastTo,
  concatenate,
  exp,
  greater,
  leakyRelu,
  log,
  matmul,
  mul,
  neg,
  reshape,
  sin,
  slice,
  square,
  stopGradient,
  sub,
  sum,
  tanh,
  transpose,
  where,
} from '../../src/ops/index.js';
import { engineWith } from './support/engines.js';
import { cube, cubeBy, product } from './support/ops.js';

const point: Value[] = [
  [
    [0.5, -1.25, 2],
    [0.75, 0.125, -0.375],
  ],
];
const square33: Value[] = [
  [
    [0.5, -1.25, 2],
    [0.75, 0.125, -0.375],
    [1.5, -0.625, 0.25],
  ],
];

function failureOf(f: Build, inputs: Value[], engine?: Engine): Failed {
  const verdict = checkGradient(f, inputs, engine ? { engine } : {});
  if (verdict.outcome !== 'failed') throw new Error(explain(verdict));
  return verdict;
}

/** An op whose values are those of a function of the library, with another backward rule. */
function misruled(f: Build, rule: (dy: Node, y: Node, x: Node) => Node): Build {
  const values = (x: Node): Node => f(stopGradient(x));
  return (x) => {
    const shape = values(x).shape;
    const op: Op = {
      name: 'misruled',
      formula: 'y = f(x)',
      shape: () => shape,
      kernel: (y, given) => {
        return () => {
          const nodes = values(constant(given.data, given.shape));
          y.data.set(ourValue(nodes));
        };
      },
      vjp: (dy, y, given) => [() => rule(dy, y, given!)],
    };
    return apply(op, x);
  };
}

function ourValue(node: Node): Float64Array {
  const prepared = ourEngine.prepare([node]);
  prepared.run({});
  const value = prepared.value(node);
  prepared.dispose();
  return value;
}

describe('the guilty op is named, wherever it is', () => {
  test('in the middle of a graph, with label, slot, name of the slot and index', () => {
    const wrong = product((dy, a, b) => [mul(dy, b), mul(mul(dy, a), constant([1, 1 + 1e-6]))]);
    const f: Build = (x, w) => {
      const h = tanh(mul(x, w));
      const z = label('z', wrong(sin(x), h));
      return sum(mul(exp(z), add(h, x)));
    };
    const verdict = failureOf(f, [
      [0.5, -1.25],
      [2, 0.75],
    ]);
    expect(verdict.blame).toMatchObject({
      suspect: 'rule',
      op: 'product',
      label: 'z',
      node: 'product [2] "z"',
      slot: 1,
      slotName: 'right',
      index: [1],
    });
    expect(explain(verdict)).toMatch(
      /^a gradient is wrong: input \d, \[1\] = .*\n {2}to blame {9}the backward rule of product, in product \[2\] "z", for its input right, \[1\] = -0\.\d+\n {2}backward gives.*\n {2}differences give .* ± .*\n {2}off by .*%/,
    );
  });

  test('the first of two', () => {
    const f: Build = (x) => cubeBy((dy) => dy)(label('inner', cubeBy((dy) => neg(dy))(x)));
    expect(failureOf(f, point).blame).toMatchObject({ label: 'inner' });
  });

  test('of one that is used twice with different fortune, the use where it shows', () => {
    const bent = cubeBy((dy, _y, x) => mul(dy, mul(3, mul(x, add(x, mul(1e-3, sub(x, 1)))))));
    const f: Build = (x) => add(label('at one', bent(mul(x, 0.5))), label('elsewhere', bent(x)));
    expect(failureOf(f, [[2]]).blame).toMatchObject({ label: 'elsewhere' });
  });

  test('a gradient that is kept back on purpose is the last to be suspected', () => {
    expect(failureOf((x) => mul(stopGradient(x), sin(x)), point)).toMatchObject({
      blame: { op: 'stopGradient', slot: 0 },
      cause: { name: 'zero' },
    });
    expect(failureOf((x) => mul(stopGradient(x), cubeBy((dy) => dy)(x)), point)).toMatchObject({
      blame: { op: 'cube' },
    });
    expect(failureOf(cube({ vjp: () => [] }), point)).toMatchObject({ cause: { name: 'zero' } });
  });

  test('and a rule that is right, but not its own derivative', () => {
    const cut = cubeBy((dy, _, x) => mul(stopGradient(dy), mul(3, square(x))));
    expect(failureOf((x) => tanh(cut(sin(x))), point)).toMatchObject({
      law: 'forward mode',
      blame: { suspect: 'rule', op: 'cube' },
    });
    const half = product((dy, a, b) => [mul(dy, stopGradient(b)), mul(dy, a)]);
    const inputs = [[0.5], [2]];
    expect(checkLaw('symmetry', (a, b) => sin(half(a, b)), inputs)).toMatchObject({
      blame: { suspect: 'rule', op: 'product' },
    });
  });

  test('in the gradient of the gradient too', () => {
    const wrong = cubeBy((dy, _, x) => mul(dy, mul(3, cubeBy((d) => d)(square(x)))));
    const honest = cubeBy((dy, _, x) => mul(dy, mul(3, square(stopGradient(x)))));
    expect(checkGradient(wrong, point).outcome).toBe('failed');
    const verdict = checkGradient(honest, point, { order: 2 });
    expect(verdict).toMatchObject({
      outcome: 'failed',
      law: 'second order',
      blame: { op: 'stopGradient' },
    });
  });
});

describe('where every rule is right, the engine is to blame', () => {
  const f: Build = (x) => {
    const h = label('h', sin(x));
    return mul(tanh(h), add(h, x));
  };

  test.each<[string, Engine, CauseName]>([
    ['overwrites', engineWith({ join: (_, term) => term }), 'overwritten'],
    ['keeps the first term', engineWith({ join: (known) => known }), 'overwritten'],
    [
      'adds a term twice',
      engineWith({ join: (known, term) => mul(2, add(known, term)) }),
      'factor',
    ],
  ])('it %s', (_, engine, name) => {
    const verdict = failureOf(f, point, engine);
    expect(verdict).toMatchObject({
      blame: { suspect: 'engine', op: 'sin', label: 'h' },
      cause: { name },
    });
    expect(explain(verdict)).toMatch(
      /to blame {9}the engine, at sin \[2, 3\] "h": every rule is right by itself/,
    );
  });

  test('it loses one of three terms, and it loses all', () => {
    const three: Build = (x) => add(mul(sin(x), tanh(x)), square(x));
    const loses = engineWith({
      edges: ({ op, parents }) => (op.name === 'sin' ? [] : [...parents.keys()]),
    });
    expect(failureOf(three, point, loses)).toMatchObject({
      blame: { suspect: 'engine', op: 'input' },
      cause: { name: 'term missing' },
    });
    const none = engineWith({
      edges: ({ op, parents }) =>
        op.name === 'Σ' || op.name === 'cube' ? [] : [...parents.keys()],
    });
    expect(failureOf((x) => cube()(x), point, none)).toMatchObject({
      blame: { suspect: 'engine' },
      cause: { name: 'zero' },
    });
  });

  test('it goes wrong only where several gradients are asked for: the result is named', () => {
    const engine: Engine = {
      ...ourEngine,
      gradients: (y, xs, seed) => {
        const found = ourEngine.gradients(y, xs, seed);
        return xs.length > 1 ? found.map((_, i) => found[(i + 1) % found.length]!) : found;
      },
    };
    const verdict = failureOf(mul, [[0.5], [2]], engine);
    expect(verdict.blame).toMatchObject({ suspect: 'engine', op: 'mul' });
    expect(explain(verdict)).toMatch(
      /to blame {9}the engine, at mul \[1\]: every rule is right by itself/,
    );
  });
});

describe('the likely cause', () => {
  const causes: [CauseName, string, Build, Value[]][] = [
    ['zero', 'nothing comes', cubeBy((dy) => mul(dy, 0)), point],
    ['sign', 'minus', cubeBy((dy, _, x) => neg(mul(dy, mul(3, square(x))))), point],
    ['factor', 'two thirds', cubeBy((dy, _, x) => mul(dy, mul(2, square(x)))), point],
    ['factor', '1 + 10⁻⁷', cubeBy((dy, _, x) => mul(dy, mul(3 + 3e-7, square(x)))), point],
    [
      'factor',
      'half, of a single number',
      cubeBy((dy, _, x) => mul(dy, mul(1.5, square(x)))),
      [1.25],
    ],
    ['identity', 'dy handed on', cubeBy((dy) => dy), point],
    ['seed dropped', 'the slope alone', cubeBy((_, __, x) => mul(3, square(x))), point],
    [
      'other slot',
      'a and b exchanged',
      product((dy, a, b) => [mul(dy, a), mul(dy, b)]),
      [
        [0.5, -1.25],
        [2, 0.75],
      ],
    ],
    [
      'transposed',
      'y = xᵀ, whose gradient is dyᵀ',
      misruled(
        (x) => transpose(sin(x)),
        (dy, _, x) => mul(dy, transpose(cosOf(x))),
      ),
      square33,
    ],
    [
      'transposed',
      'y = A·x, with A·dy for Aᵀ·dy',
      misruled(
        (x) =>
          matmul(
            constant([
              [1, 2, 0],
              [0, 1, -1],
              [0.5, 0, 3],
            ]),
            x,
          ),
        (dy) =>
          matmul(
            constant([
              [1, 2, 0],
              [0, 1, -1],
              [0.5, 0, 3],
            ]),
            dy,
          ),
      ),
      square33,
    ],
    [
      'shifted',
      'a slice put back one place too early',
      misruled(
        (x) => slice(square(x), [null, [1, 3]]),
        (dy, _, x) =>
          concatenate([mul(mul(2, slice(x, [null, [1, 3]])), dy), constant([[0], [0]])], 1),
      ),
      point,
    ],
    [
      'broadcast not summed',
      'the gradient of a bias is that of the first row',
      misruled(
        (x) => broadcastTo(x, [2, 3]),
        (dy) => reshape(slice(dy, [[0, 1]]), [3]),
      ),
      [[0.5, -1.25, 2]],
    ],
    [
      'broadcast not summed',
      'and of the last column, of what is multiplied by it',
      misruled(
        (x) =>
          mul(
            x,
            constant([
              [1, 2, 3],
              [4, 5, 6],
            ]),
          ),
        (dy) => mul(slice(dy, [null, [2, 3]]), constant([[3], [6]])),
      ),
      [[[0.5], [-1.25]]],
    ],
    ['not finite', '0/0', cubeBy((dy, _, x) => mul(dy, log(sub(x, x)))), point],
  ];
  const cosOf = (x: Node): Node => sin(add(x, Math.PI / 2));

  test.each(causes)('%s: %s', (name, _, f, inputs) => {
    const verdict = failureOf(f, inputs);
    expect(verdict.cause?.name, explain(verdict)).toBe(name);
    expect(explain(verdict)).toContain(`likely cause     ${verdict.cause?.text}`);
  });

  test('a factor is told', () => {
    const factorOf = (c: number): number | undefined =>
      failureOf(
        cubeBy((dy, _, x) => mul(dy, mul(3 * c, square(x)))),
        point,
      ).cause?.factor;
    for (const c of [0.5, 2, -3, 0.1, 1 + 1e-6]) expect(factorOf(c)).toBeCloseTo(c, 7);
  });

  test('of a single number too, if it is the same nearby', () => {
    const leaky = misruled(
      (x) => leakyRelu(x, 0.1),
      (dy, _, x) => mul(dy, where(greater(x, 0), 1, 0.07)),
    );
    for (const x of [-0.5, -1e-6]) {
      const { cause } = failureOf(leaky, [x]);
      expect(cause).toMatchObject({ name: 'factor', factor: expect.closeTo(0.7, 7) });
      expect(cause!.text).toMatch(/^it is 0\.7 times the gradient: look/);
    }
    // ½·3x is half of 3x², at ½; where nothing is finite nearby, that is believed.
    const half = cubeBy((dy, _, x) => mul(dy, mul(0.75, x)));
    expect(failureOf(half, [0.5]).cause).toBeUndefined();
    const edge = cubeBy((dy, _, x) => mul(dy, mul(0.75, add(x, mul(0, log(sub(x, 0.49)))))));
    expect(failureOf(edge, [0.5]).cause).toMatchObject({ factor: 0.5 });
  });

  test('where it looks like nothing that is known, none is made up', () => {
    const odd = cubeBy((dy, _, x) => mul(dy, add(square(x), sin(mul(5, x)))));
    expect(failureOf(odd, point).cause).toBeUndefined();
    // Of a single number, any gradient is some multiple of the right one.
    expect(failureOf(odd, [1.25]).cause).toBeUndefined();
  });
});
