import { describe, expect, test } from 'vitest';
import { checkLaw, checkOp, type Engine, ourEngine, type Report } from '../../src/check/index.js';
import { checkDeterminism } from '../../src/check/laws/determinism.js';
import { Problem } from '../../src/check/witnesses/problem.js';
import { glorot, type Node, Parameters } from '../../src/graph/index.js';
import { add, customOp, exp, matmul, mul, normalNoise, reshape, sum } from '../../src/ops/index.js';
import { keeping } from './support/ops.js';

const point = [
  [0.5, -1.25],
  [2, 0.75],
];

/** A product by a number that grows with each use. */
function growing(): (x: Node) => Node {
  let uses = 0;
  return (x) => mul(x, 1 + ++uses * 2 ** -30);
}

describe('f called again, beside another use of it', () => {
  test('an op that keeps its input for the backward pass', () => {
    expect(checkDeterminism(new Problem(keeping(), [point])).outcome).toBe('passed');
    expect(checkLaw('determinism', keeping(), [point])).toMatchObject({
      outcome: 'failed',
      law: 'determinism',
      evidence: expect.stringMatching(
        /^∂L\/∂x1, \[0, 0\] is -?\d.* and -?\d.* where f is called again, .*keeps something from one use to the next$/,
      ),
    });
  });

  test('a function that builds something else each time', () => {
    expect(checkDeterminism(new Problem(growing(), [point])).outcome).toBe('passed');
    const verdict = checkLaw('determinism', growing(), [point]);
    expect(verdict).toMatchObject({
      outcome: 'failed',
      evidence: expect.stringMatching(/^mul \[2, 2\], \[0, 0\] is/),
    });
    let calls = 0;
    const shapes = (x: Node): Node => (calls++ === 0 ? x : reshape(x, [4]));
    expect(checkLaw('determinism', shapes, [point])).toMatchObject({
      outcome: 'failed',
      evidence: expect.stringMatching(
        /^f gives .*\[2, 2\].* for some inputs, then reshape \[4\] for the same/,
      ),
    });
  });

  test('an engine whose gradients are others the next time', () => {
    let calls = 0;
    const engine: Engine = {
      ...ourEngine,
      gradients: (y, xs, dy) => {
        const factor = calls++ === 0 ? 1 : 2;
        return ourEngine.gradients(y, xs, dy).map((gradient) => mul(factor, gradient));
      },
    };
    const f = (x: Node): Node => exp(x);
    expect(checkLaw('determinism', f, [point], { engine }).outcome).toBe('failed');
  });

  const weight = new Parameters({ seed: 1 }).add('W', glorot([2, 2]));
  test.each<[string, (...xs: Node[]) => Node, (typeof point)[]]>([
    ['of one input', (x) => exp(mul(x!, x!)), [point]],
    ['of two', (a, b) => matmul(a!, b!), [point, point]],
    [
      'with noise that has a name',
      (x) => add(x!, normalNoise([2, 2], { seed: 1, label: 'ε' })),
      [point],
    ],
    ['with a weight', (x) => matmul(x!, weight), [point]],
    ['of the sum of all', (x) => sum(x!), [point]],
  ])('what is right passes: %s', (_, f, inputs) => {
    expect(checkLaw('determinism', f, inputs).outcome).toBe('passed');
  });

  test('a kernel that refuses what is no distribution is not asked for it', () => {
    const strict = customOp({
      name: 'strict',
      shape: (x) => x,
      forward: ({ data: y }, [x]) => {
        if (x!.data.reduce((so, p) => so + p) !== 1)
          throw new RangeError('they do not add up to 1');
        y.set(x!.data.map((p) => p * p));
      },
      backward: ([dx], { data: dy }, _y, [x]) =>
        dx!.data.set(dy.map((seed, i) => 2 * x!.data[i]! * seed)),
    });
    expect(checkLaw('determinism', strict, [[0.25, 0.75]]).outcome).toBe('passed');
  });

  test('the report', () => {
    const outcomes = ({ laws }: Report): string => laws.map((law) => law.outcome).join();
    const options = { laws: ['gradient', 'branches', 'determinism'], runs: 5 } as const;
    expect(outcomes(checkOp(keeping(), { inputs: 1 }, options))).toBe('passed,passed,failed');
  });
});
