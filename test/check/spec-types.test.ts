import { spec } from 'chainrule/check';
import { apply, constant, type Node, sumOp } from 'chainrule/graph';
import { div, log, mul, sub } from 'chainrule/ops';
import { expect, test } from 'vitest';

const logit = spec({
  f: (p) => log(div(p, sub(1, p))),
  range: [0, 1],
  definition: (A, p) => p!.map((v) => A.apply('log', A.div(v, A.sub(A.of(1), v)))),
});
const product = spec({ f: (a: Node, b: Node) => mul(a, b), inputs: 2 });
const total = spec({ f: sumOp });

test('what is said to be a spec is still what it was: a function is called, an op is applied', () => {
  const x = constant([0.5]);
  expect([logit.f(x), product.f(x, x), apply(total.f, x)].map(String)).toEqual([
    'log [1]',
    'mul [1]',
    'Σ [1]',
  ]);
  expect(logit.definition).toBeTypeOf('function');
  expect(logit.range).toEqual([0, 1]);
});

test('a key that is none is no spec', () => {
  // @ts-expect-error: domain
  expect(() => spec({ f: sumOp, domian: 1 })).toThrow('did you mean domain?');
});
