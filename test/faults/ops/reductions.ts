/** Wrong rules of maxima, norms, and what is made of exponentials. */
import {
  abs,
  add,
  div,
  equal,
  exp,
  less,
  mul,
  softmax,
  sub,
  sum,
  where,
} from '../../../src/ops/index.js';
import { CLASSIC, file, github, type OpFault, opFault } from '../fault.js';
import { along, axesOf } from './axes.js';

export const extremumFaults: readonly OpFault[] = [
  opFault(
    'max: ties to all',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'every one of k equal maxima gets the whole gradient: what comes out is k times what went in',
      source: github('apache/mxnet', 18563),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(equal(x!, along(y, x!, axes)), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: ties to none',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'only a maximum that is alone gets the gradient',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          const wins = equal(x!, along(y, x!, axes));
          const alone = equal(sum(wins, axes, { keepAxes: true }), 1);
          return where(mul(wins, alone), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: nearly equal is equal',
    {
      by: 'special points',
      kind: 'ties',
      what: 'all within 1/100 of the maximum get the gradient: they are compared by a function for tests',
      source: github('mni-ml/framework', 22),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(less(abs(sub(x!, along(y, x!, axes))), 0.01), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: to everything',
    {
      kind: 'operand',
      what: 'the rule of the sum: all elements get the gradient',
      source: CLASSIC,
    },
    (op) => ({ vjp: (dy, _y, x) => [() => along(dy, x!, axesOf(op.settings))] }),
  ),
  opFault(
    'min: ties to all',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'every tied minimum gets the whole gradient; so it stands in tfjs 4.22',
      source: file('tensorflow/tfjs', 'tfjs-core/src/gradients/min_max_grad_util.ts'),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(equal(x!, along(y, x!, axes)), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'norm: not divided',
    { kind: 'factor', what: 'dy·x for dy·x/‖x‖', source: CLASSIC },
    (op) => ({ vjp: (dy, _y, x) => [() => mul(along(dy, x!, axesOf(op.settings)), x!)] }),
  ),
  opFault(
    'norm: NaN at 0',
    {
      by: 'kinks',
      kind: 'domain',
      what: 'x/‖x‖ with nothing done for x = 0, where it is 0/0',
      source: github('pytorch/pytorch', 2421),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return mul(along(dy, x!, axes), div(x!, along(y, x!, axes)));
        },
      ],
    }),
  ),
];

export const softmaxFaults: readonly OpFault[] = [
  opFault(
    'logSumExp: not normalised',
    { kind: 'factor', what: 'the weights are eˣ and not eˣ⁻ʸ', source: CLASSIC },
    (op) => ({ vjp: (dy, _y, x) => [() => mul(along(dy, x!, axesOf(op.settings)), exp(x!))] }),
  ),
  opFault(
    'logSumExp: NaN at −∞',
    {
      by: 'special points',
      kind: 'domain',
      what: 'eˣ⁻ʸ with nothing done for rows of −∞, where it is e to the ∞ − ∞',
      source: github('jax-ml/jax', 6811),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return mul(along(dy, x!, axes), exp(sub(x!, along(y, x!, axes))));
        },
      ],
    }),
  ),
  opFault(
    'softmax: the diagonal',
    {
      kind: 'factor',
      what: 'y(1 − y), as if each element depended on its own input alone',
      source: github('deeplearning4j/libnd4j', 440),
    },
    { vjp: (dy, y) => [() => mul(dy, mul(y, sub(1, y)))] },
  ),
  opFault(
    'softmax: no sum',
    {
      kind: 'factor',
      what: 'y·dy: the term −y·Σ y·dy is missing',
      source: github('HomericIntelligence/Odyssey', 2134),
    },
    { vjp: (dy, y) => [() => mul(y, dy)] },
  ),
  opFault(
    'softmax: sum over all',
    {
      kind: 'axis',
      what: 'Σ y·dy is taken over all axes: right for a single row',
      source: CLASSIC,
    },
    { vjp: (dy, y) => [() => mul(y, sub(dy, sum(mul(y, dy))))] },
  ),
  opFault(
    'softmax: right up to rank 2',
    {
      kind: 'domain',
      what: 'beyond two axes the sum goes along the second, whatever the axis',
      source: github('tenstorrent/tt-metal', 51214),
    },
    (op) => ({
      vjp: (dy, y) => [
        () => {
          const axis = y.shape.length > 2 ? 1 : axesOf(op.settings)[0]!;
          return mul(y, sub(dy, sum(mul(y, dy), axis, { keepAxes: true })));
        },
      ],
    }),
  ),
  opFault(
    'logSoftmax: dy − Σ dy·y',
    {
      kind: 'operand',
      what: 'the sum of the rule of softmax, without the weights of that of its logarithm',
      source: github('uxlfoundation/oneDNN', 616),
    },
    (op) => ({
      vjp: (dy, y) => [() => sub(dy, sum(mul(dy, y), axesOf(op.settings), { keepAxes: true }))],
    }),
  ),
  opFault(
    'logSoftmax: softmax added',
    {
      kind: 'linearity',
      what: 'dy + softmax(x): of a seed of zeros it makes a gradient',
      source: github('mlpack/mlpack', 2360),
    },
    (op) => ({ vjp: (dy, _y, x) => [() => add(dy, softmax(x!, axesOf(op.settings)[0]!))] }),
  ),
];
