import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fused, grouped } from '../../src/graph/fusion.js';
import { Graph, input, type Kernel, kernelOf, normal, Parameters } from '../../src/graph/index.js';
import { Node, type Op } from '../../src/graph/node.js';
import {
  allocate,
  elementwise,
  fillNormal,
  randomKey,
  release,
  useThreads,
} from '../../src/linalg/index.js';
import { add, mul, relu, square, sub, sum } from '../../src/ops/index.js';

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** More than two blocks, and a bit. */
const LENGTH = 2 ** 16 + 4321;

const UNARY = ['negate', 'square', 'relu', 'absolute', 'sqrt'] as const;
const BINARY = ['add', 'subtract', 'multiply', 'maximum'] as const;
const kernels = fc.array(
  fc.record({
    name: fc.constantFrom(...UNARY, ...BINARY),
    to: fc.nat(3),
    from: fc.nat(3),
    and: fc.nat(3),
    /** A kernel that does not tell its work stands between two chains. */
    closed: fc.boolean(),
  }),
  { minLength: 2, maxLength: 8 },
);

describe('a chain block by block has the bits of one kernel after the other', () => {
  test('whatever is read and written where', () => {
    fc.assert(
      fc.property(kernels, (list) => {
        const run = (arrange: (all: Kernel[]) => readonly Kernel[]): Float64Array[] => {
          const arrays = Array.from({ length: 4 }, () => allocate(LENGTH));
          for (const [i, array] of arrays.entries()) fillNormal(array, randomKey(i, 'fusion'));
          const all = list.map(({ name, to, from, and, closed }): Kernel => {
            const [y, a, b] = [arrays[to]!, arrays[from]!, arrays[and]!];
            const unary = UNARY.find((each) => each === name);
            const stretch = unary
              ? elementwise[unary].on(y, a)
              : elementwise[name as (typeof BINARY)[number]].on(y, a, 1, b, 1);
            return closed ? () => stretch(0, LENGTH) : kernelOf(stretch, LENGTH, 1);
          });
          for (const kernel of arrange(all)) kernel(1);
          return arrays;
        };
        const apart = run((all) => all);
        const together = run(fused);
        apart.forEach((array, i) => {
          expect(sameBits(array, together[i]!)).toBe(true);
        });
        for (const array of [...apart, ...together]) release(array);
      }),
      { numRuns: 20 },
    );
  });

  test('each kernel by all threads, where there are several', async () => {
    const [x, y, z] = [allocate(LENGTH), allocate(LENGTH), allocate(LENGTH)];
    for (const [i] of x.entries()) x[i] = i;
    const chain = fused([
      kernelOf(elementwise.square.on(y, x), LENGTH, 1e3),
      kernelOf(elementwise.add.on(z, y, 1, x, 1), LENGTH, 1e3),
    ]);
    expect(chain.length).toBe(1);
    for (const count of [1, 2]) {
      expect(await useThreads(count)).toBe(count);
      y.fill(-1);
      z.fill(-1);
      for (const kernel of chain) kernel(1);
      expect(z.every((value, i) => value === i * i + i)).toBe(true);
    }
    await useThreads(1);
    for (const array of [x, y, z]) release(array);
  });

  test('block by block where there is one thread, kernel by kernel where there are several', async () => {
    // 256 KiB of an array; the last block ends where the array does.
    const block = 2 ** 15;
    let calls: [string, number, number][] = [];
    const recorded = (name: string): Kernel =>
      kernelOf((from, to) => void calls.push([name, from, to]), 2 * block, 1);
    const [chain] = fused([recorded('first'), recorded('second')]);
    chain!(1);
    expect(calls).toEqual([
      ['first', 0, block],
      ['second', 0, block],
      ['first', block, 2 * block],
      ['second', block, 2 * block],
    ]);
    expect(await useThreads(2)).toBe(2);
    calls = [];
    chain!(1);
    expect(calls).toEqual([
      ['first', 0, 2 * block],
      ['second', 0, 2 * block],
    ]);
    await useThreads(1);
  });

  test('neighbours become one kernel', () => {
    const array = allocate(LENGTH);
    const open = kernelOf(elementwise.negate.on(array, array), LENGTH, 1);
    const closed: Kernel = () => {};
    expect(fused([open, open, closed, open, open, open]).length).toBe(3);
    expect(fused([closed, open])).toEqual([closed, open]);
  });

  test('only elementwise instructions of one large length are in a group', () => {
    const op: Op = {
      name: 'op',
      formula: '',
      shape: (x) => x,
      kernel: () => () => {},
      vjp: () => [],
    };
    const step = (length: number, elementwise: boolean) => ({
      node: new Node(op, [], [length]),
      inputs: [],
      elementwise,
      bind: () => () => {},
    });
    const [large, larger] = [2 ** 20, 2 ** 20 + 8];
    const list = [
      step(large, true),
      step(large, true),
      step(larger, true),
      step(larger, false),
      step(larger, true),
      step(5, true),
      step(5, true),
    ];
    expect(grouped(list).map(({ length }) => length)).toEqual([2, 1, 1, 1, 1, 1]);
    expect(grouped(list).flat()).toEqual(list);
  });
});

test('a graph of large tensors: the plan in blocks and the plan that keeps everything give the same bits', () => {
  const run = (keep: 'all' | []): readonly [number, Float64Array] => {
    const parameters = new Parameters({ seed: 1 });
    const w = parameters.add('w', normal([800, 1000]));
    const bias = parameters.add('bias', normal([1000]));
    const x = input('x', [800, 1]);
    const graph = new Graph(sum(square(relu(add(mul(sub(w, x), w), bias)))), { keep });
    graph.forward({ x: Float64Array.from({ length: 800 }, (_, i) => i / 400 - 1) });
    graph.backward();
    const result = [graph.loss, graph.gradients.slice()] as const;
    graph.dispose();
    return result;
  };
  const [loss, gradients] = run([]);
  const [keptLoss, keptGradients] = run('all');
  expect(loss).toBe(keptLoss);
  expect(sameBits(gradients, keptGradients)).toBe(true);
});
