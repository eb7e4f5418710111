import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut } from '../../src/graph/layout.js';
import { Node, type Op } from '../../src/graph/node.js';
import type { Instruction } from '../../src/graph/schedule.js';
import type { Storage } from '../../src/graph/storage.js';

const op: Op = { name: 'op', formula: '', shape: (x) => x, kernel: () => () => {}, vjp: () => [] };
const nodeOf = (length: number): Node => new Node(op, [], [length]);

interface Step {
  readonly length: number;
  readonly operands: readonly number[];
  readonly elementwise: boolean;
  readonly kept: boolean;
  /** Whether it joins the group of the step before, if it can. */
  readonly joins: boolean;
}

const steps = fc.array(
  fc.record({
    length: fc.constantFrom(0, 1, 5, 8, 24, 24, 24, 40),
    operands: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }),
    elementwise: fc.boolean(),
    kept: fc.boolean(),
    joins: fc.boolean(),
  }),
  { maxLength: 40 },
);

interface Made {
  readonly leaves: readonly Node[];
  readonly groups: readonly Instruction[][];
  readonly storage: Storage;
}

function made(list: readonly Step[]): Made {
  const leaves = [1, 24, 24].map(nodeOf);
  const nodes = [...leaves];
  const pinned = new Set(leaves);
  const groups: Instruction[][] = [];
  for (const { length, operands, elementwise, kept, joins } of list) {
    const node = nodeOf(length);
    // An elementwise step reads what has its own length, and single numbers.
    const fitting = nodes.filter(({ shape: [n] }) => n === length || n === 1);
    const readable = elementwise ? fitting : nodes;
    const inputs = operands.map((at) => readable[at % readable.length]!);
    const instruction = { node, inputs, elementwise, bind: () => () => {} };
    const last = groups.at(-1)?.at(-1);
    const together = elementwise && last?.elementwise && last.node.shape[0] === length;
    if (together && joins) groups.at(-1)!.push(instruction);
    else groups.push([instruction]);
    if (kept) pinned.add(node);
    nodes.push(node);
  }
  const passing = new Set(nodes.filter((node) => !pinned.has(node)));
  const roots = new Map(nodes.map((node) => [node, node]));
  return { leaves, groups, storage: { roots, homes: new Map(), pinned, passing } };
}

/**
 * Runs a program on a memory that holds, in place of numbers, which number of which node it is, and complains where
 * a node finds something else than the numbers it wants to read.
 */
class SymbolicMemory {
  readonly #cells: string[] = [];
  readonly #offsets: ReadonlyMap<Node, number>;

  constructor(offsets: ReadonlyMap<Node, number>) {
    this.#offsets = offsets;
  }

  write(node: Node, from = 0, to: number = node.shape[0]!): void {
    for (let i = from; i < to; i++) this.#cells[this.#offsets.get(node)! + i] = `${node.id}:${i}`;
  }

  spoil(node: Node): void {
    for (let i = 0; i < node.shape[0]!; i++) this.#cells[this.#offsets.get(node)! + i] = 'nothing';
  }

  expectToHold(node: Node, from = 0, to: number = node.shape[0]!): void {
    for (let i = from; i < to; i++) {
      const found = this.#cells[this.#offsets.get(node)! + i];
      if (found !== `${node.id}:${i}`) expect(found).toBe(`${node.id}:${i}`);
    }
  }
}

/** One run, groups in blocks of so many numbers. */
function run(memory: SymbolicMemory, groups: Made['groups'], block: number): void {
  for (const group of groups) {
    const length = group[0]!.node.shape[0]!;
    if (!group[0]!.elementwise) {
      // Such a kernel may write anything before it has read all.
      const [{ node, inputs }] = group as [Instruction];
      memory.spoil(node);
      for (const input of inputs) if (input !== node) memory.expectToHold(input);
      memory.write(node);
      continue;
    }
    for (let from = 0; from < length; from += block) {
      const to = Math.min(from + block, length);
      for (const { node, inputs } of group) {
        for (const input of inputs) {
          if (input.shape[0] === length) memory.expectToHold(input, from, to);
          else memory.expectToHold(input);
        }
        memory.write(node, from, to);
      }
    }
  }
}

describe('layOut', () => {
  test('everyone finds what they want to read, whether groups run in blocks or not, run after run', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 3, 8, 1000), (list, block) => {
        const { leaves, groups, storage } = made(list);
        const { offsets, length } = layOut(groups, storage);
        const memory = new SymbolicMemory(offsets);
        for (const leaf of leaves) memory.write(leaf);
        for (let time = 0; time < 2; time++) {
          run(memory, groups, block);
          for (const node of storage.pinned) memory.expectToHold(node);
        }
        for (const [node, offset] of offsets) {
          expect(offset % 8).toBe(0);
          expect(offset + node.shape[0]!).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('free parts are divided and joined', () => {
    // 64 numbers, then twice 32 where they lay, then 64 behind those, where e was too.
    const [x, a, b, c, d, e] = [8, 64, 32, 32, 64, 8].map(nodeOf) as Node[];
    const step = (node: Node | undefined, ...inputs: (Node | undefined)[]): Instruction[] => [
      { node: node!, inputs: inputs as Node[], elementwise: false, bind: () => () => {} },
    ];
    const groups = [step(a, x), step(e, a), step(b, e), step(c, e), step(d, b, c), step(x, d)];
    const nodes = [x, a, b, c, d, e] as Node[];
    const { length } = layOut(groups, {
      roots: new Map(nodes.map((node) => [node, node])),
      homes: new Map(),
      pinned: new Set([x!]),
      passing: new Set(nodes.slice(1)),
    });
    expect(length).toBe(8 + 64 + 64);
  });

  test('an elementwise result takes the place of an input that is no longer needed', () => {
    const [x, y, z] = [nodeOf(100), nodeOf(100), nodeOf(100)];
    const groups = [
      [{ node: y!, inputs: [x!], elementwise: true, bind: () => () => {} }],
      [{ node: z!, inputs: [y!, x!], elementwise: true, bind: () => () => {} }],
    ];
    const { offsets } = layOut(groups, {
      roots: new Map([x!, y!, z!].map((node) => [node, node])),
      homes: new Map(),
      pinned: new Set([x!]),
      passing: new Set([y!, z!]),
    });
    expect(offsets.get(z!)).toBe(offsets.get(y!));
    expect(offsets.get(y!)).not.toBe(offsets.get(x!));
  });

  /** Lengths of buffers, all but the first passing, and who is computed from whom, none elementwise. */
  const lengthOf = (lengths: readonly number[], list: readonly (readonly number[])[]): number => {
    const nodes = lengths.map(nodeOf);
    const groups = list.map(([node, ...inputs]) => [
      {
        node: nodes[node!]!,
        inputs: inputs.map((i) => nodes[i]!),
        elementwise: false,
        bind: () => () => {},
      },
    ]);
    const { length } = layOut(groups, {
      roots: new Map(nodes.map((node) => [node, node])),
      homes: new Map(),
      pinned: new Set([nodes[0]!]),
      passing: new Set(nodes.slice(1)),
    });
    return length;
  };

  test('nothing that lies between two free parts does not keep them apart', () => {
    const [x, a, b, c, nothing, d, e] = [0, 1, 2, 3, 4, 5, 6];
    const list = [
      [a, x], // 0 … 31
      [b, x], // 32 … 63
      [c, b], // 64 … 71
      [nothing, a], // at 32, for the smallest part is free there
      [d, nothing], // 0 … 63
      [x, d],
      [x, c],
      [e, x], // 0 … 71
    ];
    expect(lengthOf([0, 32, 32, 8, 0, 64, 72], list)).toBe(72);
  });

  test('the place of a result that nobody reads is free at once', () => {
    for (const elementwise of [true, false]) {
      const [x, unread, y] = [24, 24, 24].map(nodeOf) as [Node, Node, Node];
      const bind = () => () => {};
      const groups = [
        [{ node: unread, inputs: [x], elementwise, bind }],
        [{ node: y, inputs: [x], elementwise: false, bind }],
      ];
      const { offsets, length } = layOut(groups, {
        roots: new Map([x, unread, y].map((node) => [node, node])),
        homes: new Map(),
        pinned: new Set([x]),
        passing: new Set([unread, y]),
      });
      expect(offsets.get(y)).toBe(offsets.get(unread));
      expect(length).toBe(48);
    }
  });
});
