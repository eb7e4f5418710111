import { describe, expect, test } from 'vitest';
import { constant, from, input, Parameters, scratch } from '../../src/graph/index.js';
import { Node, type Op } from '../../src/graph/node.js';
import { type Plan, plan } from '../../src/graph/plan.js';
import type { Program } from '../../src/graph/program.js';
import { storage } from '../../src/graph/storage.js';
import { elementwise, rowMajor, size, type View } from '../../src/linalg/index.js';

const opOf = (more: Partial<Op> = {}): Op => ({
  name: 'op',
  formula: '',
  shape: (x) => x,
  kernel: () => () => {},
  vjp: () => [],
  ...more,
});

/** y = 2x, by a kernel that needs its input without gaps. */
const doubled = (x: Node): Node => {
  const kernel = ({ data: y }: View, { data }: View) => {
    return () => {
      for (let i = 0; i < y.length; i++) y[i] = 2 * data[i]!;
    };
  };
  return new Node(opOf({ kernel }), [x], x.shape);
};
/** One that reads any strides. */
const reader = (x: Node): Node => new Node(opOf({ readsStrides: true }), [x], []);
/** The same numbers in another shape. */
const reshaped = (x: Node, shape: number[]): Node =>
  new Node(opOf({ alias: ({ data }) => ({ data, shape, strides: rowMajor(shape) }) }), [x], shape);
/** So many rows, each of them x. */
const repeated = (x: Node, rows: number): Node => {
  const shape = [rows, ...x.shape];
  const alias = ({ data, strides }: View): View => ({ data, shape, strides: [0, ...strides] });
  const kernel = ({ data: y }: View, { data }: View) => {
    return () => {
      for (let row = 0; row < rows; row++) y.set(data, row * data.length);
    };
  };
  return new Node(opOf({ alias, kernel, readsStrides: true }), [x], shape);
};
/** The first numbers of x. */
const front = (x: Node, length: number): Node =>
  new Node(
    opOf({
      alias: ({ data }) => ({ data: data.subarray(0, length), shape: [length], strides: [1] }),
    }),
    [x],
    [length],
  );

const programOf = (program: Partial<Program>): Program => ({
  forward: [],
  backward: [],
  keep: new Set(),
  parameter: (name) => {
    throw new Error(name);
  },
  deliveries: [],
  ...program,
});

const run = ({ forward, backward }: Plan): void => {
  for (const kernel of [...forward, ...backward]) kernel(1);
};

describe('whose buffer a node looks at', () => {
  const x = input('x', [3]);

  test('an alias at that of its parent, whose own may be another', () => {
    const y = doubled(x);
    const chain = [y, reshaped(y, [3, 1])];
    chain.push(reshaped(chain[1]!, [1, 3]), doubled(chain[1]!));
    const { roots, pinned, passing } = storage(programOf({ forward: [x, ...chain] }));
    expect([x, ...chain].map((node) => roots.get(node))).toEqual([x, y, y, y, chain[3]]);
    expect([...pinned]).toEqual([x]);
    expect([...passing]).toEqual([y, chain[3]]);
  });

  test('an alias that repeats, if whoever reads it can and nobody outside looks', () => {
    const rows = repeated(x, 2);
    const again = reshaped(rows, [6]);
    const cases: [boolean, Partial<Program>][] = [
      [true, { forward: [x, rows] }],
      [true, { forward: [x, rows, reader(rows)] }],
      [false, { forward: [x, rows, doubled(rows)] }],
      [false, { forward: [x, rows, reader(rows)], backward: [doubled(rows)] }],
      [false, { forward: [x, rows], keep: new Set([rows]) }],
      [false, { forward: [x, rows, again] }],
      [false, { forward: [x, rows], keep: 'all' }],
      [false, { forward: [x], backward: [rows], deliveries: [[rows, new Float64Array(6)]] }],
    ];
    for (const [shared, program] of cases) {
      expect(storage(programOf(program)).roots.get(rows)).toBe(shared ? x : rows);
    }
    // Of what is written out, for it is looked at, an alias has the strides that it was written in: no gaps.
    const kept = repeated(x, 2);
    const same = repeated(kept, 1);
    const program = { forward: [x, kept, same, doubled(same)], keep: new Set([kept]) };
    expect(storage(programOf(program)).roots.get(same)).toBe(kept);
    // What is repeated twice has gaps, though the second time by itself would have none.
    const once = repeated(x, 2);
    const twice = repeated(once, 1);
    const { roots } = storage(programOf({ forward: [x, once, twice], keep: new Set([twice]) }));
    expect(roots.get(twice)).toBe(twice);
  });
});

describe('where values lie, and which are overwritten', () => {
  const parameters = new Parameters();
  const w = parameters.add('w', from([1, 2, 3]));
  const parameter = (name: string): Float64Array => parameters.get(name);
  const x = input('x', [3]);
  const few = constant([1, 2, 3]);
  const many = constant(new Float64Array(5000).fill(7));

  test('leaves: parameters and large constants have a home, the others are pinned', () => {
    const { homes, pinned, passing } = storage(
      programOf({ forward: [w, x, few], backward: [many], parameter }),
    );
    expect(homes.get(w)).toEqual(parameters.get('w'));
    expect(homes.get(w)!.buffer).toBe(parameters.values.buffer);
    expect([...homes.keys()]).toEqual([w, many]);
    expect([...homes.get(many)!]).toEqual(new Array(5000).fill(7));
    expect([...pinned]).toEqual([x, few]);
    expect([...passing]).toEqual([]);
  });

  test('what is read from outside or by the backward pass is not overwritten', () => {
    const [a, b, c] = [doubled(x), doubled(x), doubled(x)];
    const seen = reshaped(c, [1, 3]);
    const d = doubled(a);
    const e = doubled(d);
    const { pinned, passing } = storage(
      programOf({ forward: [x, a, b, c, seen], backward: [d, e], keep: new Set([seen]) }),
    );
    expect([...pinned]).toEqual([x, a, c]);
    expect([...passing]).toEqual([b, d, e]);
  });

  test('a gradient is computed where it is delivered, if it can be', () => {
    const place = new Float64Array(3);
    const other = new Float64Array(3);
    const seed = doubled(few);
    const dy = doubled(seed);
    const flat = reshaped(dy, [3, 1]);
    const of = (
      deliveries: Program['deliveries'],
      more: Partial<Program> = { backward: [few, seed, dy, flat] },
    ) => storage(programOf({ forward: [w, x], parameter, ...more, deliveries }));

    const direct = of([[flat, place]]);
    expect(direct.homes.get(dy)).toBe(place);
    expect(direct.homes.has(flat)).toBe(false);
    expect([...direct.passing]).toEqual([seed]);
    // Two for one: the second is a copy.
    expect(
      of([
        [dy, place],
        [flat, other],
      ]).homes.get(dy),
    ).toBe(place);

    // A node of the forward pass would be delivered too early; leaves are not computed at all.
    const early = of([[dy, place]], { forward: [w, x, few, seed, dy] });
    expect(early.homes.has(dy)).toBe(false);
    expect([...early.pinned]).toEqual([x, few, dy]);
    const leaf = of([[few, place]]);
    expect(leaf.homes.has(few)).toBe(false);
    expect(of([[x, place]]).homes.has(x)).toBe(false);
    expect(of([[w, place]]).homes.get(w)).toEqual(parameters.get('w'));

    // What looks at a part of a buffer leaves the rest no room.
    const part = front(dy, 2);
    const short = of([[part, new Float64Array(2)]], { backward: [few, seed, dy, part] });
    expect(short.homes.has(dy)).toBe(false);
    expect([...short.pinned]).toEqual([x, few, dy]);
  });
});

describe('a plan', () => {
  const parameters = new Parameters();
  const w = parameters.add('w', from([1, 2, 3]));
  const parameter = (name: string): Float64Array => parameters.get(name);

  test('copies just those gradients that are not computed in their place', () => {
    const [first, second, third] = [0, 1, 2].map(() => new Float64Array(3)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const early = doubled(w);
    const late = doubled(early);
    const cases: [Program['deliveries'], number][] = [
      [[], 0],
      [[[late, first]], 0],
      [
        [
          [late, first],
          [late, second],
        ],
        1,
      ],
      [
        [
          [late, first],
          [reshaped(late, [3, 1]), second],
          [early, third],
        ],
        2,
      ],
    ];
    for (const [deliveries, copies] of cases) {
      for (const place of [first, second, third]) place.fill(Number.NaN);
      const aliases = deliveries.map(([node]) => node).filter(({ op }) => op.alias);
      const made = plan(
        programOf({ forward: [w, early], backward: [late, ...aliases], parameter, deliveries }),
      );
      expect(made.forward.length).toBe(1);
      expect(made.backward.length).toBe(1 + copies);
      run(made);
      for (const [node, place] of deliveries) {
        expect([...place]).toEqual(node === early ? [2, 4, 6] : [4, 8, 12]);
      }
    }
  });

  test('shows what is kept and what is to be fed, nothing else', () => {
    const x = input('x', [3]);
    const y = doubled(x);
    const z = doubled(y);
    const dz = doubled(z);
    const program = { forward: [w, x, y, z], backward: [dz], parameter };
    const shown = (keep: Program['keep']): Node[] => [
      ...plan(programOf({ ...program, keep })).views.keys(),
    ];
    expect(shown(new Set())).toEqual([x]);
    expect(shown(new Set([z, dz]))).toEqual([x, z, dz]);
    expect(shown('all')).toEqual([w, x, y, z, dz]);
  });

  test('is bound to its buffers, and to the scratch that kernels ask for', () => {
    const kernel = (): (() => void) => {
      scratch(5);
      return () => {};
    };
    const y = new Node(opOf({ kernel }), [], [8]);
    const z = doubled(y);
    const { buffers } = plan(programOf({ forward: [y], backward: [z], keep: 'all' }));
    expect(buffers.map(({ length }) => length)).toEqual([16, 5]);
    // What is asked for elsewhere belongs to nobody.
    scratch(7);
    expect(buffers.length).toBe(2);
  });

  test('does neighbours in blocks, but where every value is looked at', () => {
    const x = new Node(opOf(), [], [750_000]);
    const negated = (parent: Node): Node =>
      new Node(
        opOf({
          elementwise: true,
          kernel: ({ data: y }, { data }) => {
            const stretch = elementwise.negate.on(y, data);
            return Object.assign(() => stretch(0, y.length), {
              work: { stretch, pieces: size(parent.shape), cost: 1 },
            });
          },
        }),
        [parent],
        parent.shape,
      );
    const y = negated(x);
    const z = negated(y);
    const kernels = (keep: Program['keep']): number =>
      plan(programOf({ forward: [x, y, z], keep })).forward.length;
    expect(kernels(new Set())).toBe(2);
    expect(kernels('all')).toBe(3);
  });
});
