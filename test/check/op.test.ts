import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assertOp,
  checkGradient,
  checkOp,
  type Definition,
  explainReport,
  LAWS,
  type Law,
  type LawReport,
  ourEngine,
  Tensor,
} from '../../src/check/index.js';
import { generic } from '../../src/check/witnesses/problem.js';
import { apply, constant, type Feeds, type Node, type Op } from '../../src/graph/index.js';
import {
  abs,
  add,
  customOp,
  div,
  greater,
  log,
  matmul,
  mul,
  neg,
  relu,
  reshape,
  square,
  stopGradient,
  sub,
  sum,
  tanh,
} from '../../src/ops/index.js';
import { engineWith } from './support/engines.js';
import { cube, cubeOp } from './support/ops.js';

const softsignOp: Op = {
  name: 'softsign',
  formula: 'y = x / (1 + |x|)',
  shape: (x) => x,
  kernel:
    ({ data: y }, { data: x }) =>
    () => {
      for (let i = 0; i < y.length; i++) y[i] = x[i]! / (1 + Math.abs(x[i]!));
    },
  vjp: (dy, _y, x) => [() => div(dy, square(add(1, abs(x!))))],
};

/** softmax of each row, whose rule forgets that every element has a part in the sum. */
const wrongSoftmax: Op = {
  name: 'softmax',
  formula: 'y = e^x / \\sum e^x',
  shape: (x) => x,
  kernel:
    ({ data: y, shape }, { data: x }) =>
    () => {
      const width = shape.at(-1) ?? 1;
      for (let row = 0; row < y.length; row += width) {
        let total = 0;
        for (let i = row; i < row + width; i++) total += Math.exp(x[i]!);
        for (let i = row; i < row + width; i++) y[i] = Math.exp(x[i]!) / total;
      }
    },
  vjp: (dy, y) => [() => mul(dy, mul(y, sub(1, y)))],
};

const lawsOf = (reports: readonly LawReport[]): Partial<Record<Law, LawReport>> =>
  Object.fromEntries(reports.map((report) => [report.law, report]));

/** What a rule of cube is asked for, as ∂L/∂y: the weights u of the first element of y in a draw. */
function weightsSeen(seed: number): Set<number> {
  const seen = new Set<number>();
  const asked = {
    ...ourEngine,
    prepare: (nodes: readonly Node[]) => {
      const prepared = ourEngine.prepare(nodes);
      const run = (feeds: Feeds): void => {
        seen.add((feeds['∂L/∂y'] as Float64Array)[0]!);
        prepared.run(feeds);
      };
      return { ...prepared, run };
    },
  };
  const shapes = [[2]];
  checkOp(cubeOp, { shapes }, { seed, runs: 20, laws: ['gradient'], engine: asked });
  return seen;
}

/** y = M·x for the matrix [[1, 1], [1, a]], whose rule is right for one seed u only: u₁ = 0.7·u₂. */
function rightFromOneSide(side: number): Op {
  const M = (a: number): Node =>
    constant([
      [1, 1],
      [1, a],
    ]);
  const along = (matrix: Node, x: Node): Node => reshape(matmul(matrix, reshape(x, [2, 1])), [2]);
  return {
    name: 'sided',
    formula: 'y = M x',
    shape: (x) => x,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        y[0] = x[0]! + x[1]!;
        y[1] = x[0]! + 2 * x[1]!;
      },
    vjp: (dy) => [
      () => {
        const wrong = mul(1e-3, constant([[1, -side]]));
        return add(along(M(2), dy), mul(sum(mul(wrong, dy)), constant([1, 0])));
      },
    ],
  };
}

describe('checkOp', () => {
  test('tells which law is next', () => {
    const told: [Law, number, number][] = [];
    const laws: Law[] = ['gradient', 'order'];
    checkOp(tanh, {}, { laws, runs: 2, onLaw: (...next) => told.push(next) });
    expect(told).toEqual([
      ['gradient', 0, 2],
      ['order', 1, 2],
    ]);
  });

  test('every draw and every seed is looked at with other weights', () => {
    expect(weightsSeen(1).size).toBe(20);
    expect([...weightsSeen(2)].filter((u) => weightsSeen(1).has(u))).toEqual([]);
    expect(weightsSeen(2)).toEqual(weightsSeen(2));
  });

  test('a rule that is right for the weights of seed 0 alone is wrong, and what is printed shows it', () => {
    const [u, v] = generic([2], 0, 'check: weights');
    const op = rightFromOneSide(u! / v!);
    expect(checkGradient((x) => apply(op, x), [[0.5, -0.5]]).outcome).toBe('passed');
    const { counterexample } = checkOp(op, { shapes: [[2]] }, { seed: 1, laws: ['gradient'] })
      .laws[0]!;
    const seed = Number(/\{ seed: (\d+) \},?\n?\);$/.exec(counterexample!.text)?.[1]);
    const { f, inputs } = counterexample!.made!;
    expect(checkGradient(f, inputs, { seed }).outcome).toBe('failed');
  });

  test('an op that is right: one line', () => {
    assertOp(softsignOp, {}, { runs: 5 });
    const report = checkOp(softsignOp, {}, { seed: 7 });
    expect(report).toMatchObject({ name: 'softsign', outcome: 'passed', seed: 7 });
    expect(report.laws.map(({ law }) => law)).toEqual(Object.keys(LAWS));
    for (const { law, outcome, draws } of report.laws) {
      const listed = ['value', 'graphs', 'kinks', 'special points', 'misfits'].includes(law);
      expect(outcome, law).toBe(listed ? 'skipped' : 'passed');
      expect(draws, law).toBe(listed ? 0 : 50);
    }
    expect(lawsOf(report.laws).gradient!.error).toBeGreaterThan(0);
    expect(lawsOf(report.laws).gradient!.error).toBeLessThan(1e-9);
  });

  test('of a function of many nodes fewer cases are drawn, and it says so', () => {
    const deep =
      (n: number) =>
      (x: Node): Node =>
        n === 0 ? x : tanh(deep(n - 1)(x));
    const laws = ['gradient', 'linearity'] as const;
    const drawsOf = (n: number): number[] =>
      checkOp(deep(n), {}, { laws }).laws.map(({ draws }) => draws);
    expect(drawsOf(20)).toEqual([50, 50]);
    expect(drawsOf(99)).toEqual([12, 12]);
    const report = checkOp(deep(300), {}, { laws });
    expect(report.laws.map(({ draws }) => draws)).toEqual([4, 4]);
    expect(explainReport(report)).toMatch(
      /\n {2}\(it is made of 301 nodes, so 4 cases were drawn for each law and not 50; say `runs` for more\)$/,
    );
    const chosen = checkOp(deep(99), {}, { laws, runs: 20 });
    expect(chosen.laws.map(({ draws }) => draws)).toEqual([20, 20]);
    expect(chosen.note).toBeUndefined();
  });

  test('functions of several inputs, with a domain, of any shape', () => {
    assertOp((p: Node) => log(div(p, sub(1, p))), { range: [0, 1] }, { name: 'logit', runs: 10 });
    assertOp(
      (x: Node, w: Node) => tanh(matmul(x, w)),
      {
        shapes: [
          [
            [2, 3],
            [3, 2],
          ],
        ],
      },
      { runs: 10 },
    );
  });

  test('inputs that have a structure, and what f means', () => {
    const entropy = (p: Node): Node => neg(sum(mul(p, log(p))));
    const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 });
    const seen: number[] = [];
    const inputs = parts.map((each) => {
      const total = each.reduce((so, part) => so + part, 0);
      const p = each.map((part) => part / total);
      seen.push(p.reduce((so, part) => so + part, 0));
      return [new Tensor([p.length], p)];
    });
    const definition: Definition = (A, p) => {
      const terms = p!.values.map((x) => A.mul(x, A.apply('log', x)));
      return new Tensor([], [A.neg(terms.reduce((so, term) => A.add(so, term)))]);
    };
    const report = checkOp(entropy, { inputs, definition }, { runs: 10 });
    expect(report.outcome, explainReport(report)).toBe('passed');
    expect(lawsOf(report.laws).value).toMatchObject({ outcome: 'passed', draws: 10 });
    for (const total of seen) expect(total).toBeCloseTo(1);
    const { counterexample } = checkOp(entropy, { inputs, definition: (_, p) => p! }).laws[0]!;
    expect(counterexample!.text).toMatch(/\[{ shape: \[2\], values: \[0.5, 0.5\] }\]/);
  });

  test('what f means can be said of shapes that are found, too', () => {
    const definition: Definition = (A, x) => x!.map((v) => A.mul(v, A.mul(v, v)));
    const report = checkOp(cubeOp, { definition }, { runs: 10 });
    expect(report.outcome, explainReport(report)).toBe('passed');
    expect(lawsOf(report.laws).value).toMatchObject({ outcome: 'passed', draws: 10 });
    const square: Definition = (A, x) => x!.map((v) => A.mul(v, v));
    const wrong = checkOp(cubeOp, { definition: square }, { laws: ['value'] });
    expect(wrong.outcome).toBe('failed');
  });

  test('a wrong rule is shrunk, explained, and written as TypeScript', () => {
    const report = checkOp(wrongSoftmax, {}, { seed: 1 });
    expect(report.outcome).toBe('failed');
    const { counterexample } = lawsOf(report.laws).gradient!;
    expect(counterexample!.verdict).toMatchObject({
      outcome: 'failed',
      blame: { suspect: 'rule', op: 'softmax', slot: 0, slotName: 'x' },
    });
    // two numbers are the fewest that show it
    expect(counterexample!.text).toMatch(
      /^import { assertGradient } from 'chainrule\/check';\nimport { apply } from 'chainrule\/graph';\nimport { softmax } from '.\/your-module.js';\n\nassertGradient\(\(x\) => apply\(softmax, x\), \[{ shape: \[2\], values: \[-?[\d.]+, -?[\d.]+\] }\]\);$/,
    );
    expect(() => assertOp(wrongSoftmax, {}, { seed: 1 })).toThrow(
      /^softmax: failed \(seed 1\)\n[\s\S]*✗ the gradient is that of differences[\s\S]*the backward rule of softmax[\s\S]*replay with { seed: 1, path: '[\d:]+' }/,
    );
  });

  test('what was drawn is drawn again from seed and path', () => {
    const first = checkOp(wrongSoftmax, {}, { seed: 3, laws: ['gradient'] }).laws[0]!
      .counterexample!;
    const { seed, path } = first;
    const again = checkOp(wrongSoftmax, {}, { laws: ['gradient'], seed: seed!, path: path! });
    expect(again.laws[0]!.counterexample!.text).toBe(first.text);
    expect(again.laws[0]!.reason).toBeUndefined();
    const twice = [1, 2].map(() => explainReport(checkOp(wrongSoftmax, {}, { seed: 3, runs: 10 })));
    expect(twice[0]).toBe(twice[1]);
  });

  test('gradients that are all 0 are no proof, unless they have to be', () => {
    const step = (x: Node): Node => greater(x, 0);
    const report = checkOp(step, {}, { laws: ['gradient', 'linearity'] });
    expect(report.outcome).toBe('inconclusive');
    expect(lawsOf(report.laws).gradient!.reason).toMatch(/every gradient was 0 in all 50 draws/);
    expect(checkOp(step, { flat: true }, { runs: 10 }).outcome).toBe('passed');
    // A rule that gives nothing where there is something is not excused by `flat`.
    const silent = checkOp({ ...cubeOp, vjp: () => [null] }, { flat: true }, { runs: 10 });
    expect(silent.outcome).toBe('failed');
  });

  test('what is said to be flat has no gradient, not even a right one', () => {
    const report = checkOp(cubeOp, { flat: true }, { laws: ['gradient', 'order'], seed: 1 });
    const { gradient, order } = lawsOf(report.laws);
    expect(report.outcome).toBe('failed');
    expect(order!.outcome).toBe('passed');
    expect(gradient).toMatchObject({ outcome: 'failed', draws: 1 });
    expect(gradient!.counterexample).toBeUndefined();
    expect(gradient!.reason).toMatch(
      /^the spec says flat: true, but the gradient is not 0, .*: it is 0\.8\d+ at input 1 = 0\.5; leave flat out$/,
    );
    expect(explainReport(report)).toContain(gradient!.reason);
    // flat on one side only
    expect(checkOp(relu, { flat: true, inputs: 1 }, { laws: ['gradient'] }).outcome).toBe('failed');
    const wrong = checkOp({ ...cubeOp, vjp: (dy) => [() => dy] }, { flat: true });
    expect(lawsOf(wrong.laws).gradient!.counterexample!.explanation).toMatch(
      /^a gradient is wrong/,
    );
  });

  test('where nothing can be told too often, it says so', () => {
    const rare = fc.boolean().map((fine) => ({
      text: (x: string) => `relu(sub(${x}, 1))`,
      f: (x: Node) => relu(sub(x, 1)),
      inputs: [new Tensor([1], [fine ? 2 : 1 + 2 ** -14])],
    }));
    const { laws } = checkOp(relu, { smooth: rare }, { seed: 1, laws: ['gradient'] });
    expect(lawsOf(laws).gradient).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(
        /^nothing could be told of \d+ of 50 draws: .*; say in which range it is smooth/,
      ),
    });
  });

  test('NaN that is NaN again is no law that holds', () => {
    const inputs = fc.constant([new Tensor([2], [-1, 0.5])]);
    const { laws, outcome } = checkOp((x) => log(sub(x, 1)), { inputs }, { runs: 10 });
    expect(outcome).toBe('inconclusive');
    const looked = laws.filter((law) => law.outcome !== 'skipped');
    expect(looked.length).toBeGreaterThan(9);
    for (const { law, outcome: each, reason } of looked) {
      expect(each, law).toBe('inconclusive');
      expect(reason, law).toBe(
        'nothing could be told of 10 of 10 draws: f or a gradient is not finite there; say in which range it is',
      );
    }
  });

  test('an op by numeric loops: what needs a second derivative is left out', () => {
    const twice = customOp({
      name: 'twice',
      shape: (x) => x,
      forward: ({ data: y }, [x]) => y.set(x!.data.map((v) => v * v)),
      backward: ([dx], { data: dy }, _y, [x]) =>
        dx!.data.set(x!.data.map((v, i) => 2 * v * dy[i]!)),
    });
    const report = checkOp(twice, { inputs: 1, once: true }, { runs: 10 });
    expect(report.outcome, explainReport(report)).toBe('passed');
    expect(lawsOf(report.laws).symmetry).toMatchObject({ outcome: 'skipped', draws: 0 });
  });

  test('an op that hides its slope is not blamed for it, and its other laws are looked at', () => {
    const report = checkOp(stopGradient, { cut: true, inputs: 1 }, { runs: 10 });
    expect(report.outcome, explainReport(report)).toBe('passed');
    expect(lawsOf(report.laws)).toMatchObject({
      gradient: { outcome: 'skipped' },
      poison: { outcome: 'passed' },
    });
    expect(checkOp(stopGradient, { inputs: 1 }, { runs: 10 }).outcome).toBe('failed');
    // Where no law was looked at, nothing has passed.
    const none = checkOp(stopGradient, { cut: true, inputs: 1 }, { laws: ['gradient', 'kinks'] });
    expect(none.outcome).toBe('inconclusive');
  });

  test('what throws has failed, with what it says', () => {
    const shapeless = { ...cubeOp, vjp: (dy: Node) => [() => sum(dy)] };
    const { counterexample } = lawsOf(
      checkOp(shapeless, { shapes: [[2]] }, { laws: ['gradient'] }).laws,
    ).gradient!;
    expect(counterexample!.explanation).toMatch(
      /it throws ChainruleError: the backward rule of cube is wrong/,
    );
  });

  test('a kernel that fails now and then is told with what it did then', () => {
    let runs = 0;
    const moody = cube({
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          runs += 1;
          for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3 + (runs === 200 ? 1 : 0);
        },
    });
    const report = checkOp(moody, { inputs: 1 }, { laws: ['determinism'] });
    expect(report.laws[0]).toMatchObject({
      outcome: 'failed',
      counterexample: {
        explanation: expect.stringMatching(/two runs give the same bits: .*cube/),
      },
    });
  });

  test('points and misfits are part of it', () => {
    const zero = new Tensor([], [0]);
    const spec = {
      kinks: [{ text: 'x = 0', f: relu, inputs: [zero], value: [0], gradient: [[0]] }],
      special: [{ text: 'x = 0', f: relu, inputs: [zero], value: [1] }],
      misfits: [{ make: () => relu(undefined as never), message: /undefined/ }],
    };
    const found = lawsOf(checkOp(relu, { ...spec, inputs: 1 }, { runs: 5 }).laws);
    expect(found.kinks).toMatchObject({ outcome: 'passed', draws: 1 });
    expect(found['special points']).toMatchObject({
      outcome: 'failed',
      counterexample: {
        text: 'x = 0',
        explanation: expect.stringContaining('it is 0, and should be 1'),
      },
    });
    expect(found.misfits).toMatchObject({ outcome: 'passed', draws: 1 });
    const refused = { misfits: [{ make: () => 'relu(…)', message: /undefined/ }] };
    const misfits = lawsOf(checkOp(relu, { ...refused, inputs: 1 }, { runs: 5 }).laws).misfits!;
    expect(misfits.counterexample!.text).toBe("() => 'relu(…)'".replaceAll("'", '"'));
  });

  test('an engine can be checked by an op', () => {
    const engine = engineWith({ join: (_, term) => term });
    const report = checkOp(mul, { inputs: 2 }, { engine, runs: 20 });
    const failed = report.laws.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ law }) => law)).toEqual(['branches']);
    expect(checkOp(mul, { inputs: 2 }, { engine: ourEngine, runs: 20 }).outcome).toBe('passed');
  });

  test('each law of its own: a kernel that is wrong in its memory alone', () => {
    const adds = cube({
      kernel:
        ({ data: y }, { data: x }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3 + 0 * y[i]!;
        },
    });
    const report = checkOp(adds, { inputs: 1 }, { name: 'adds', runs: 10 });
    const failed = report.laws.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ law }) => law)).toContain('poison');
    expect(explainReport(report)).toContain('the kernel reads what it has not written');
    expect(apply(cubeOp, mul(1, 2)).shape).toEqual([]);
  });
});
