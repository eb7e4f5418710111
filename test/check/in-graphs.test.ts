import { describe, expect, test } from 'vitest';
import {
  checkGradient,
  checkOp,
  type Definition,
  explainReport,
  type Law,
  type LawReport,
  type Report,
  Tensor,
} from '../../src/check/index.js';
import type { Node, Op } from '../../src/graph/index.js';
import { div, exp, log, matmul, mul, relu, sub } from '../../src/ops/index.js';
import { cubeOp, keeping } from './support/ops.js';

const cubed: Definition = (A, x) => x!.map((v) => A.mul(v, A.mul(v, v)));
const graphsOf = ({ laws }: Report): LawReport => laws.find(({ law }) => law === 'graphs')!;

/** x³ that is computed in a buffer of its own, and handed out of it. */
const sharing = (): Op => {
  const room = new Map<number, Float64Array>();
  return {
    ...cubeOp,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        const own = room.get(y.length) ?? x.map((v) => v ** 3);
        room.set(y.length, own);
        y.set(own);
      },
  };
};

const others: readonly Law[] = ['gradient', 'forward mode', 'linearity', 'branches', 'untouched'];

describe('with a definition, an op is looked at in random graphs', () => {
  test('what keeps something from one use to the next is found there, and nowhere else', () => {
    const spec = { inputs: 1, definition: cubed, shapes: [[2], [3]] };
    expect(checkOp(keeping(), spec, { laws: others }).outcome).toBe('passed');
    const named = { name: 'keeping', laws: ['graphs'] } as const;
    const report = checkOp(keeping(), spec, { ...named, seed: 1 });
    expect(report.outcome).toBe('failed');
    const { text, made, path, seed, explanation } = graphsOf(report).counterexample!;
    // two uses, on two things
    expect(text.match(/keeping\(/g)).toHaveLength(2);
    expect(text).toMatch(/import { keeping } from '.\/your-module.js';/);
    expect(explanation).toMatch(/^a gradient is wrong: input 1/);
    expect(explanation).toMatch(/to blame +the kernel of keeping, in keeping/);
    expect(explanation).toMatch(/it keeps something from one use to the next/);
    expect(checkGradient(made!.f, made!.inputs).outcome).toBe('failed');
    const again = checkOp(keeping(), spec, { ...named, seed: seed!, path: path! });
    expect(graphsOf(again).counterexample!.text).toBe(text);
  });

  test('a kernel that computes but once', () => {
    const spec = { shapes: [[2]], definition: cubed };
    const report = checkOp(sharing(), spec, { laws: ['graphs'] });
    expect(graphsOf(report).outcome).toBe('failed');
  });

  test('what throws there', () => {
    let uses = 0;
    const once: Op = {
      ...cubeOp,
      vjp: (dy, _y, x) => {
        if (x!.parents.length > 0 && x!.op.name === 'cube') throw new Error(`use ${++uses}`);
        return [() => mul(dy, mul(3, mul(x!, x!)))];
      },
    };
    const report = checkOp(once, { shapes: [[]], definition: cubed }, { laws: ['graphs'] });
    expect(graphsOf(report).counterexample!.explanation).toMatch(/it throws Error: use \d+/);
  });

  const product: Definition = (A, a, b) => {
    const [m, k, n] = [a!.shape[0]!, a!.shape[1]!, b!.shape[1]!];
    return Tensor.make([m, n], ([i, j]) => {
      const terms = Array.from({ length: k }, (_, l) => A.mul(a!.at([i!, l]), b!.at([l, j!])));
      return terms.reduce((so, term) => A.add(so, term), A.of(0));
    });
  };
  const shapes = [
    [
      [2, 3],
      [3, 2],
    ],
    [
      [2, 2],
      [2, 2],
    ],
  ];
  test.each<[string, (...xs: Node[]) => Node, object]>([
    ['an op of one input', (x) => mul(x!, mul(x!, x!)), { inputs: 1, definition: cubed }],
    ['of two, of which few shapes fit', (a, b) => matmul(a!, b!), { shapes, definition: product }],
    [
      'of a narrow range',
      (p) => log(div(p!, sub(1, p!))),
      {
        inputs: 1,
        range: [0, 1],
        definition: ((A, p) =>
          p!.map((v) => A.apply('log', A.div(v, A.sub(A.of(1), v))))) as Definition,
      },
    ],
    [
      'with a kink',
      (x) => relu(x!),
      {
        inputs: 1,
        definition: ((A, x) => x!.map((v) => (A.valueOf(v) >= 0 ? v : A.of(0)))) as Definition,
      },
    ],
    [
      'that grows fast',
      (x) => exp(x!),
      { inputs: 1, definition: ((A, x) => x!.map((v) => A.apply('exp', v))) as Definition },
    ],
  ])('what is right passes: %s', (_, f, spec) => {
    const report = checkOp(f, spec, { laws: ['graphs'], seed: 1, runs: 15 });
    expect(report.outcome, explainReport(report)).toBe('passed');
    expect(graphsOf(report).draws).toBe(15);
  });

  test('without one, and of many inputs, it is left out', () => {
    expect(graphsOf(checkOp(exp, { inputs: 1 }, { runs: 2 })).outcome).toBe('skipped');
    const four = (a: Node, b: Node, c: Node, d: Node): Node => mul(mul(a, b), mul(c, d));
    const definition: Definition = (A, a, b, c, d) =>
      a!.map((x, i) => A.mul(A.mul(x, b!.values[i]!), A.mul(c!.values[i]!, d!.values[i]!)));
    const report = checkOp(four, { shapes: [[[2], [2], [2], [2]]], definition }, { runs: 2 });
    expect(graphsOf(report).outcome).toBe('skipped');
  });
});
