import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkGradient,
  checkLaw,
  checkOp,
  checkTranspose,
  explain,
  explainReport,
  type GraphOp,
  graphOf,
  type Value,
} from '../../src/check/index.js';
import { apply, type Node, type Op } from '../../src/graph/index.js';
import {
  abs,
  add,
  clamp,
  div,
  exp,
  log,
  logSumExp,
  matmul,
  mean,
  mul,
  pow,
  relu,
  softmax,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  tanh,
  variance,
} from '../../src/ops/index.js';

describe('what is right is never refuted', () => {
  const hidden: Build = (x) => sub(add(x, 1e10), 1e10);
  test.each<[string, Build, Value]>([
    ['a pole that all steps of the differences cross', (x) => div(1, sub(x, 1)), [1 + 2 ** -30]],
    ['relu at 0, where central differences are the mean of two slopes', relu, [0, 1]],
    ['a kink beside other elements', (x) => clamp(x, -0.25, 0.25), [0.25, -0.125, 1]],
    ['(x + 10¹⁰) − 10¹⁰, which is rounded by a pattern', hidden, [0.5, 1]],
    ['the same of a small x, where it is flat', hidden, [1e-8, -1e-7]],
    ['and of one as small as the pattern', hidden, [2e-6, 5e-6]],
  ])('%s', (_, f, x) => {
    expect(checkGradient(f, [x])).toMatchObject({ outcome: 'inconclusive', reason: 'rough' });
    expect(checkTranspose(f, [x]).outcome).not.toBe('failed');
  });

  const norm = (x: Node): Node => sqrt(sum(square(x)));
  const softmaxOf = (factor: number) => (x: Node) => softmax(mul(factor, x));
  const layer = (x: Node, W: Node, b: Node): Node => softmax(add(matmul(x, W), b));
  test.each<[string, Build, object]>([
    ['softmax(10·x)', softmaxOf(10), {}],
    ['softmax(30·x)', softmaxOf(30), {}],
    ['softmax(100·x)', softmaxOf(100), {}],
    ['a layer with softmax', layer, { shapes: [[[2, 3], [3, 2], [2]]] }],
    ['a cosine', (a, b) => div(sum(mul(a, b)), mul(norm(a), norm(b))), { shapes: [[[3], [3]]] }],
    ['(x − mean)/σ', (x) => div(sub(x, mean(x)), sqrt(variance(x))), { shapes: [[2], [5]] }],
    ['entropy of softmax', (x) => sum(mul(softmax(x), log(softmax(x)))), {}],
  ])('%s, where large terms cancel', (name, f, spec) => {
    const laws = ['gradient', 'forward mode', 'second order', 'symmetry'] as const;
    for (let seed = 1; seed <= 3; seed++) {
      const report = checkOp(f, spec, { name, laws, seed, runs: 20 });
      expect(report.outcome, explainReport(report)).not.toBe('failed');
    }
  });

  const tiny: [string, (scale: number) => Build][] = [
    ['1/x', () => (x) => div(1, x)],
    ['ln |x|', () => (x) => log(abs(x))],
    ['√|x|', () => (x) => sqrt(abs(x))],
    ['x³', () => (x) => pow(x, 3)],
    ['tanh(x/c)', (scale) => (x) => tanh(div(x, scale))],
    ['|x|', () => abs],
  ];
  test.each(tiny)('%s of numbers as small as 10⁻³ … 10⁻¹²', (_, f) => {
    for (const scale of [1e-3, 1e-6, 1e-8, 1e-10, 1e-12]) {
      const x = [0.5 * scale, -1.25 * scale, 2 * scale];
      const verdict = checkGradient(f(scale), [x]);
      expect(verdict.outcome, explain(verdict)).toBe('passed');
      expect(checkTranspose(f(scale), [x]).outcome).not.toBe('failed');
      const wrong: Build = (node) => mul(stopGradient(node), f(scale)(node));
      expect(checkGradient(wrong, [x]).outcome).toBe('failed');
    }
  });

  test('a small element of a gradient beside large ones that do not move', () => {
    // x^b for x = 7·10⁻⁷: the gradient of x is a sum of terms as large as 10²¹.
    const x = { shape: [], values: [3 * 2 ** -22] };
    const verdict = checkGradient(pow, [x, [-0.5, -2.4375, 1.5, -0.25]], { order: 2 });
    expect(verdict.outcome, explain(verdict)).not.toBe('failed');
  });

  test('0/0, of which no seed makes 0', () => {
    const naive: Build = (x) => div(exp(x), sum(exp(x)));
    const verdict = checkLaw('zero seed', naive, [[-1000.5]]);
    expect(verdict).toMatchObject({ outcome: 'inconclusive', reason: 'not finite' });
  });

  test('a gradient that is what is left of larger numbers', () => {
    // y = (4·10⁻¹⁸, 1)
    const verdict = checkGradient(softmax, [[-40.5, -0.5]], { order: 2 });
    expect(verdict.outcome, explain(verdict)).not.toBe('failed');
  });

  test.each<[string, Build]>([
    ['a norm', (x) => sqrt(sum(square(x)))],
    ['log sum exp', (x) => logSumExp(x, -1)],
    ['layer norm', (x) => div(sub(x, mean(x)), sqrt(add(variance(x), 1e-5)))],
    ['softplus', softplus],
    ['relu', relu],
    ['|x|', abs],
  ])('checkOp with odd numbers and shapes: %s', (_, f) => {
    const report = checkOp(f, { inputs: 1 }, { seed: 1, runs: 20 });
    expect(report.outcome, explainReport(report)).not.toBe('failed');
  });

  test('kinks at numbers that draws like', () => {
    const report = checkOp((x: Node) => relu(sub(x, 0.5)));
    expect(report.outcome).toBe('passed');
  });

  test('gradients that are subnormal do not scale bit for bit', () => {
    const verdict = checkLaw('linearity', tanh, [
      Array.from({ length: 64 }, (_, k) => 354.3 + k / 8),
    ]);
    expect(verdict.outcome).toBe('passed');
  });
});

describe('and what is wrong still is', () => {
  const cubed = (slope: (dy: Node, x: Node) => Node): Build => {
    const op: Op = {
      name: 'cube',
      formula: 'y = x^3',
      shape: (x) => x,
      kernel: (y, x) => () => {
        for (const [i, value] of x.data.entries()) y.data[i] = value ** 3;
      },
      vjp: (dy, _y, x) => [() => slope(dy, x!)],
    };
    return (x) => apply(op, x);
  };
  const right = (dy: Node, x: Node): Node => mul(dy, mul(3, mul(x, x)));

  test.each<[string, Build]>([
    ['far too large', cubed((dy, x) => mul(1e18, right(dy, x)))],
    ['a little too large', cubed((dy, x) => mul(1 + 1e-11, right(dy, x)))],
    ['not 0 where it should be', cubed((dy, x) => add(right(dy, x), mul(1e-9, dy)))],
  ])('%s', (_, f) => {
    expect(checkGradient(f, [[0.5, 0, -2]]).outcome).toBe('failed');
  });

  test('a kink elsewhere in f', () => {
    const wrong = cubed((dy, x) => mul(2, right(dy, x)));
    expect(checkGradient((x) => relu(wrong(x)), [[0.5, -2]]).outcome).toBe('failed');
  });
});

describe('what an op promises to the engine is tried where it stands between others', () => {
  const lying = (promise: Partial<Op>): Build => {
    const op: Op = {
      name: 'reverse',
      formula: 'y_i = x_{n - i}',
      shape: (x) => x,
      kernel: (y, x) => () => {
        const n = y.data.length;
        for (let i = 0; i < n; i++) y.data[i] = x.data[n - 1 - i]!;
      },
      vjp: (dy) => [() => apply(op, dy)],
      ...promise,
    };
    // Twice, so that neither value nor gradient stands where it is asked for.
    return (x) => apply(op, apply(op, x));
  };
  const x = [[0.5, 1, -2]];

  test('none, rightly', () => {
    expect(checkLaw('order', lying({}), x).outcome).toBe('passed');
  });

  test('that it goes element by element', () => {
    const verdict = checkLaw('order', lying({ elementwise: true }), x);
    expect(verdict).toMatchObject({ outcome: 'failed', law: 'order', blame: { op: 'reverse' } });
  });

  test('that it reads strides of 0', () => {
    const verdict = checkLaw('order', lying({ readsStrides: true }), x);
    expect(verdict).toMatchObject({ outcome: 'failed', law: 'order' });
  });
});

test.each([3, [], undefined, Promise.resolve()])('a function that gives no node: %o', (given) => {
  const f: (...xs: Node[]) => never = () => given as never;
  expect(() => checkGradient(f, [1])).toThrow(/has to build graph and give a node; this gives/);
});

test('options that make no sense', () => {
  expect(() => checkGradient(tanh, [1], { gate: Number.NaN })).toThrow(/^gate is to be a number/);
  expect(() => checkGradient(tanh, [1], { gate: -1 })).toThrow(RangeError);
  expect(() => checkGradient(tanh, [1], { order: 3 as 2 })).toThrow('order is 1 or 2, not 3');
});

test('an op without a definition, in random graphs', () => {
  const mine: GraphOp = { arity: 1, use: () => ({ text: (x) => `mine(${x})`, f: tanh }) };
  const recipe = { inputs: [[2]], values: [1], steps: [{ op: 'mine', operands: [0], choice: 0 }] };
  expect(() => graphOf(recipe, { mine })).toThrow(/^the op "mine" has no definition/);
});

test('a path is one draw, or none', () => {
  expect(checkOp(square, {}, { laws: ['gradient'], path: '7' }).laws[0]!.draws).toBe(1);
  expect(() => checkOp(square, {}, { laws: ['gradient'], seed: 3, path: '0:500' })).toThrow(
    /^Unable to replay/,
  );
});

test('a slope that stopGradient hides is no fault of its own', () => {
  const verdict = checkGradient((x) => mul(x, stopGradient(x)), [3]);
  expect(explain(verdict)).toMatch(/by design {8}it hides a slope that differences see/);
  expect(explain(verdict)).not.toMatch(/likely cause/);
});
