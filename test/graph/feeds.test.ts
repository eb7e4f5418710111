import { describe, expect, test } from 'vitest';
import { type Feeds, feed, inputsByName, sockets } from '../../src/graph/feeds.js';
import {
  ChainruleError,
  checkIndices,
  evaluateAll,
  Graph,
  indices,
  input,
  type Node,
  NotFiniteError,
  Parameters,
  ShapeError,
  slotNames,
} from '../../src/graph/index.js';
import { ones } from '../../src/graph/initializers.js';
import { add, mul } from '../../src/ops/index.js';

const x = input('x', [2]);
const y = input('y', [1]);
const i = indices('i', [2], { below: 3 });

/** Sockets for some inputs, and where the numbers go. */
function made(...nodes: Node[]) {
  const data = nodes.map(({ shape: [length] }) => new Float64Array(length!).fill(-1));
  const views = new Map(
    nodes.map((node, k) => [node, { data: data[k]!, shape: node.shape, strides: [1] }] as const),
  );
  return { list: sockets(inputsByName(nodes), views), data };
}

describe('feed', () => {
  test('goes to each input by its name', () => {
    const { list, data } = made(x, y, i);
    feed({ i: [2, 0], y: 5, x: [3, 4] }, list);
    expect(data.map((each) => [...each])).toEqual([[3, 4], [5], [2, 0]]);
    expect(list.map(({ name, what, below }) => [name, what, below])).toEqual([
      ['x', 'input [2] "x"', undefined],
      ['y', 'input [1] "y"', undefined],
      ['i', 'indices [2] "i"', 3],
    ]);
  });

  const inherited = (own: Feeds, more: Feeds): Feeds => Object.assign(Object.create(more), own);
  test.each<[string, Feeds, string]>([
    [
      'one name too many',
      { x: [1, 2], y: 1, z: 1 },
      'no input is called "z"; the inputs are: x, y',
    ],
    [
      'one name too few',
      { x: [1, 2] },
      'input [1] "y" is not fed: give it as forward({ y: … }); fed were: x',
    ],
    ['nothing', {}, 'input [2] "x" is not fed: give it as forward({ x: … }); fed were: none'],
    ['a wrong one for a right one', { x: [1, 2], z: 1 }, 'no input is called "z"'],
    ['undefined', { x: [1, 2], y: undefined as never }, 'input [1] "y" is not fed'],
    [
      'inherited, in place of its own',
      inherited({ x: [1, 2] }, { y: 1 }),
      'input [1] "y" is not fed',
    ],
    [
      'inherited, and a wrong one',
      inherited({ x: [1, 2], z: 1 }, { y: 1 }),
      'no input is called "z"',
    ],
    ['another length', { x: [1], y: 1 }, 'input [2] "x": got 1 numbers, but its shape is [2]'],
  ])('of %s is an error', (_, feeds, message) => {
    const { list } = made(x, y);
    expect(() => feed(feeds, list)).toThrow(ChainruleError);
    expect(() => feed(feeds, list)).toThrow(message);
  });

  test('more that is inherited is not looked at', () => {
    const { list, data } = made(x);
    feed(inherited({ x: [1, 2] }, { y: 1 }), list);
    expect([...data[0]!]).toEqual([1, 2]);
    expect(() => feed(inherited({ y: 1 }, { x: [1, 2] }), list)).toThrow('no input is called "y"');
  });

  test('of a graph without inputs', () => {
    feed({}, []);
    expect(() => feed({ x: 1 }, [])).toThrow('no input is called "x"; the inputs are: none');
  });

  test('names are unique', () => {
    const again = input('x', [3]);
    expect(inputsByName([x, y, i, add(x, 1)])).toEqual(
      new Map([
        ['x', x],
        ['y', y],
        ['i', i],
      ]),
    );
    expect(() => inputsByName([x, y, again])).toThrow(
      'two inputs of this graph are called "x": input [2] "x" and input [3] "x"; names are unique',
    );
  });
});

describe('indices are whole numbers in range', () => {
  test.each<[number[], number, string | undefined]>([
    [[0, 2], 3, undefined],
    [[-0], 1, undefined],
    [[], 0, undefined],
    [[0, 3], 3, 'k: element 1 is 3; an index is a whole number from 0 to 2'],
    [[-1, 0], 3, 'k: element 0 is -1; an index is a whole number from 0 to 2'],
    [[1.5], 3, 'k: element 0 is 1.5; an index is a whole number from 0 to 2'],
    [[0, 0, Number.NaN], 1, 'k: element 2 is NaN; an index is a whole number from 0 to 0'],
    [[Number.POSITIVE_INFINITY], 3, 'k: element 0 is Infinity'],
    [
      [0],
      0,
      'k: element 0 is 0; an index is a whole number below 0: there is nothing to choose from',
    ],
  ])('%j of %i', (values, below, message) => {
    const check = () => checkIndices(Float64Array.from(values), below, 'k');
    if (message === undefined) check();
    else {
      expect(check).toThrow(ChainruleError);
      expect(check).toThrow(message);
    }
  });

  test('those that are fed are looked at in every run, other inputs are not', () => {
    const graph = new Graph([mul(i, 1), mul(y, 1)], { wrt: [] });
    graph.forward({ i: [0, 2], y: 0.5 });
    expect([...graph.value(graph.outputs[1]!)]).toEqual([0.5]);
    expect(() => graph.forward({ i: [0, 2.5], y: 0.5 })).toThrow(
      'indices [2] "i": element 1 is 2.5',
    );
  });
});

describe('errors', () => {
  test('are known by their class and their name', () => {
    for (const [make, name] of [
      [ChainruleError, 'ChainruleError'],
      [ShapeError, 'ShapeError'],
      [NotFiniteError, 'NotFiniteError'],
    ] as const) {
      const error = new make('what is wrong');
      expect(error).toBeInstanceOf(Error);
      expect(error).toBeInstanceOf(ChainruleError);
      expect(error.name).toBe(name);
      expect(String(error)).toBe(`${name}: what is wrong`);
    }
  });

  test('begin at the line of the user', () => {
    const error = new ShapeError('what is wrong');
    expect(error.stack!.split('\n')[1]).toContain('feeds.test.ts');
  });
});

test('what the inputs of an op are called', () => {
  const { op } = add(x, 1);
  const { slots, ...bare } = op;
  expect(slotNames(bare, 0)).toEqual([]);
  expect(slotNames(bare, 1)).toEqual(['x']);
  expect(slotNames(bare, 2)).toEqual(['a', 'b']);
  expect(slotNames(bare, 3)).toEqual(['x1', 'x2', 'x3']);
  expect(slotNames({ ...bare, slots: ['p', 'q'] }, 2)).toEqual(['p', 'q']);
});

test('several nodes are evaluated as they are listed, parameters among them', () => {
  const w = new Parameters().add('w', ones([2]));
  const values = evaluateAll([add(w, x), w, x], { x: [1, 2] });
  expect(values.map((each) => [...each])).toEqual([
    [2, 3],
    [1, 1],
    [1, 2],
  ]);
});
