/** Rules that are right, and whose own derivative is not: what they read is a constant to the next backward pass. */
import { apply, type Op, type Term } from '../../../src/graph/index.js';
import {
  div,
  greater,
  mul,
  neg,
  sigmoid,
  square,
  stopGradient,
  sub,
  where,
} from '../../../src/ops/index.js';
import { type Change, CLASSIC, github, type OpFault, opFault } from '../fault.js';

const frozen = stopGradient;

/** The right rule, but of y and the inputs as constants. */
const ofConstants: Change = (op) => ({
  vjp: (dy, y, ...inputs): readonly (Term | null)[] =>
    op.vjp(dy, frozen(y), ...inputs.map((input) => frozen(input))),
});

/** dy/x, whose own rule has dy² for dy. */
const slopeOfLog: Op = {
  name: 'log′',
  formula: 'dy / x',
  shape: (dy) => dy,
  kernel:
    ({ data: y }, { data: dy }, { data: x }) =>
    () => {
      for (let i = 0; i < y.length; i++) y[i] = dy[i]! / x[i]!;
    },
  vjp: (ddx, dx, _dy, x) => [() => div(ddx, x!), () => neg(mul(ddx, square(dx)))],
};

export const secondOrderFaults: readonly OpFault[] = [
  opFault(
    'exp: y detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'the saved eˣ is a constant to the second backward pass',
      source: github('pytorch/pytorch', 58509),
    },
    ofConstants,
  ),
  opFault(
    'tanh: x detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'the rule reads a copy of x that leads nowhere',
      source: github('pytorch/pytorch', 99523),
    },
    ofConstants,
  ),
  opFault(
    'mul: factors detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'the other factor is a constant to the second backward pass',
      source: github('pytorch/pytorch', 76185),
    },
    ofConstants,
  ),
  opFault(
    'matmul: B detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'Bᵀ in dC·Bᵀ is a constant',
      source: github('pytorch/pytorch', 104040),
    },
    (op) => ({
      vjp: (dC, C, A, B) => [op.vjp(dC, C, A!, frozen(B!))[0]!, op.vjp(dC, C, A!, B!)[1]!],
    }),
  ),
  opFault(
    'softmax: y detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'both y in y·(dy − Σ y·dy) are constants',
      source: CLASSIC,
    },
    ofConstants,
  ),
  opFault(
    'sigmoid: half detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'of y·(1 − y) only one factor is differentiated again',
      source: CLASSIC,
    },
    { vjp: (dy, _y, x) => [() => mul(dy, mul(sigmoid(x!), frozen(sub(1, sigmoid(x!)))))] },
  ),
  opFault(
    'log: gradient squared',
    {
      by: 'second order',
      kind: 'second order',
      what: 'the rule of the rule has (dy/x)² for dy/x²: right for dy = 1',
      source: github('apache/mxnet', 15120),
    },
    { vjp: (dy, _y, x) => [() => apply(slopeOfLog, dy, x!)] },
  ),
  opFault(
    'relu: dy detached',
    {
      by: 'second order',
      kind: 'second order',
      what: 'dy itself is a constant, so that nothing of what lies behind is differentiated again',
      source: github('dmlc/minpy', 155),
    },
    { vjp: (dy, _y, x) => [() => where(greater(x!, 0), frozen(dy), 0)] },
  ),
];
