import { expect, test } from 'vitest';
import { atUserLine, placesOf, rangeError, userFrames } from '../../src/linalg/errors.js';

const library = new URL('../../src/', import.meta.url);
const inside = [
  `    at kernel (${library.href}linalg/kernels/reduce.ts:1:2)`,
  `    at run (${library.pathname}graph/graph.ts:3:4)`,
];
const outside = ['    at user (/home/user/model.ts:5:6)', '    at node:internal/modules:7:8'];
const head = 'RangeError: of two\nlines';

test('a stack begins at the first line that is not of this library', () => {
  expect(userFrames([head, ...inside, ...outside].join('\n'))).toEqual(outside);
  expect(userFrames([head, ...inside, outside[0], ...inside, outside[1]].join('\n'))).toEqual(
    outside,
  );
});

test('a compiled library is left out under the names of its sources, too', () => {
  const places = placesOf('file:///a%20b/node_modules/chainrule/dist/');
  const compiled = [
    '    at sum (file:///a%20b/node_modules/chainrule/dist/ops/sum.js:1:2)',
    '    at add (/a b/node_modules/chainrule/src/ops/add.ts:3:4)',
  ];
  expect(userFrames([head, ...compiled, ...outside].join('\n'), places)).toEqual(outside);
  // What lies in a folder of that name is not compiled by that.
  expect(placesOf('file:///dist/chainrule/src/')).not.toContain('/src/chainrule/src/');
});

test('a message is no line of the stack, even if it says where', () => {
  expect(userFrames(['RangeError: 2 at 1', ...outside].join('\n'))).toEqual(outside);
});

test('what the library called a function of the engine with is nobody’s line', () => {
  const anonymous = '    at Array.map (<anonymous>)';
  expect(userFrames([head, ...inside, anonymous, ...outside].join('\n'))).toEqual(outside);
  const [first, second] = outside;
  expect(userFrames([head, first, anonymous, second].join('\n'))).toEqual([
    first,
    anonymous,
    second,
  ]);
});

test('where all of it is of this library, all of it stays', () => {
  expect(userFrames([head, ...inside].join('\n'))).toEqual(inside);
  expect(userFrames('')).toEqual([]);
});

test('an error says what it is, and then where', () => {
  const error = atUserLine(new TypeError('what is wrong'));
  expect(error.stack).toMatch(/^TypeError: what is wrong\n\s+at .*errors\.test\.ts/);
  expect(rangeError('too far')).toBeInstanceOf(RangeError);
  const silent = new Error('no stack');
  Object.defineProperty(silent, 'stack', { value: undefined, writable: true });
  expect(atUserLine(silent).stack).toBe('Error: no stack');
});
