import { assertGradient, assertOp } from 'chainrule/check';
import type { Node } from 'chainrule/graph';
import { log, matmul, mean, mul, neg } from 'chainrule/ops';
import { test } from 'vitest';
import { softmax } from '../../examples/wrong-softmax.js';

test('softmax, at random points, by every law', () => {
  assertOp(softmax);
});

test('the entropy of a softmax layer, at this point, to second order', () => {
  const entropy = (x: Node, W: Node): Node => {
    const p = softmax(matmul(x, W));
    return neg(mean(mul(p, log(p))));
  };
  const x = [[0.5, -1]];
  const W = [
    [1, 0, -0.5],
    [0.25, 2, 0],
  ];
  assertGradient(entropy, [x, W], { order: 2 });
});
