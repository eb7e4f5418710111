/** Kernels that compute the wrong thing, or touch what is not theirs. */
import { apply, type Kernel, type Node, type Op } from '../../../src/graph/index.js';
import type { View } from '../../../src/linalg/index.js';
import { type Change, CLASSIC, github, type OpFault, opFault } from '../fault.js';

/** The op's own kernel, and something after it. */
const after =
  (meddle: (y: View, inputs: readonly View[]) => void): Change =>
  (op) => ({
    kernel: (y, ...inputs) => {
      const run = op.kernel(y, ...inputs);
      return (step) => {
        run(step);
        meddle(y, inputs);
      };
    },
  });

/** The op's own rule, and something that is done to its terms when they are computed. */
const afterTerms =
  (meddle: (term: View, dy: View) => void): Change =>
  (op) => ({
    vjp: (dy, y, ...inputs) =>
      op.vjp(dy, y, ...inputs).map((write) => write && (() => passedOn(write(), dy, meddle))),
  });

/** A term as it is, after a look at it and at dy. */
function passedOn(term: Node, dy: Node, meddle: (term: View, dy: View) => void): Node {
  const op: Op = {
    name: 'passed on',
    formula: 'x',
    shape: (x) => x,
    kernel: (y, x, seed): Kernel => {
      return () => {
        y.data.set(x.data);
        meddle(y, seed);
      };
    },
    vjp: (ddy) => [() => ddy, null],
  };
  return apply(op, term, dy);
}

export const kernelFaults: readonly OpFault[] = [
  opFault(
    'tanh: writes into x',
    {
      by: 'laws',
      kind: 'memory',
      what: 'the kernel works in place and leaves its result in its input, too',
      source: github('linkedin/Liger-Kernel', 272),
    },
    after((y, [x]) => x!.data.set(y.data)),
  ),
  opFault(
    'sigmoid: doubles dy',
    {
      by: 'laws',
      kind: 'memory',
      what: 'the backward kernel uses the gradient that it was given as its working memory',
      source: github('NVIDIA/apex', 1430),
    },
    afterTerms((_term, dy) => {
      for (let i = 0; i < dy.data.length; i++) dy.data[i]! *= 2;
    }),
  ),
  opFault(
    'exp: remembers',
    {
      kind: 'state',
      what: 'the kernel gives the result of its first run ever after',
      source: CLASSIC,
    },
    (op) => ({
      kernel: (y, ...inputs) => {
        const run = op.kernel(y, ...inputs);
        let known: Float64Array | undefined;
        return (step) => {
          if (known) y.data.set(known);
          else run(step);
          known ??= y.data.slice();
        };
      },
    }),
  ),
  opFault(
    'sin: gradient of the first run',
    {
      by: 'laws',
      kind: 'state',
      what: 'the gradient is right the first time, and stays what it was',
      source: github('bshillingford/autobw.torch', 7),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          let known: Float64Array | undefined;
          return passedOn(op.vjp(dy, y, x!)[0]!(), dy, (term) => {
            if (known) term.data.set(known);
            known ??= term.data.slice();
          });
        },
      ],
    }),
  ),
  opFault(
    'square: accumulates',
    {
      by: 'laws',
      kind: 'memory',
      what: 'the kernel adds to what it finds in its buffer, which it takes for zeros',
      source: github('pytorch/FBGEMM', 5754),
    },
    (op) => ({
      kernel: (y, ...inputs) => {
        const found = new Float64Array(y.data.length);
        const run = op.kernel(y, ...inputs);
        return (step) => {
          found.set(y.data);
          run(step);
          for (let i = 0; i < found.length; i++) y.data[i]! += found[i]!;
        };
      },
    }),
  ),
  opFault(
    'cos: gradient accumulates',
    {
      by: 'laws',
      kind: 'memory',
      what: 'the gradient of a run is added to that of the one before',
      source: github('pytorch/pytorch', 185495),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          let sum: Float64Array | undefined;
          return passedOn(op.vjp(dy, y, x!)[0]!(), dy, (term) => {
            sum ??= new Float64Array(term.data.length);
            for (let i = 0; i < sum.length; i++) sum[i]! += term.data[i]!;
            term.data.set(sum);
          });
        },
      ],
    }),
  ),
  opFault(
    'sigmoid: another bit each run',
    {
      by: 'laws',
      kind: 'state',
      what: 'the last bit of the gradient depends on the run, as where threads race for an addition',
      source: github('Theano/Theano', 4220),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          let run = 0;
          return passedOn(op.vjp(dy, y, x!)[0]!(), dy, (term) => {
            run += 1;
            if (run % 2 === 0)
              for (let i = 0; i < term.data.length; i++) term.data[i]! *= 1 + 2 ** -52;
          });
        },
      ],
    }),
  ),
  opFault(
    'tanh: last element left out',
    {
      kind: 'kernel',
      what: 'the kernel does pairs; of an odd number of elements the last one is not computed',
      source: CLASSIC,
    },
    after((y, [x]) => {
      const n = y.data.length;
      if (n % 2 === 1 && n > 1) y.data[n - 1] = x!.data[n - 1]!;
    }),
  ),
  opFault(
    'mul: strides ignored',
    {
      kind: 'kernel',
      what: 'a broadcast that is not written out has stride 0, and the kernel reads on all the same',
      source: github('tracel-ai/burn', 5304),
    },
    () => ({
      kernel:
        ({ data: y }, { data: a }, { data: b }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = a[i]! * b[i]!;
        },
    }),
  ),
  opFault(
    'transpose: said to be elementwise',
    {
      kind: 'memory',
      what: 'the plan believes it and lets the result be written over the input that is still being read',
      source: CLASSIC,
    },
    () => ({ elementwise: true }),
  ),
];
