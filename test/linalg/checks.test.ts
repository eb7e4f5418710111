/** What kernels ask of their arguments, asked directly: at the edge of what is allowed, and one step beyond. */
import { describe, expect, test } from 'vitest';
import {
  checkApart,
  checkAxis,
  checkIndices,
  checkInPlace,
  checkLength,
  checkRange,
  checkSize,
  checkStrided,
  checkWalk,
  checkWalkInPlace,
} from '../../src/linalg/arguments.js';
import { allocate } from '../../src/linalg/index.js';

const x = (length: number) => new Float64Array(length);
const allowed = (check: () => void): void => expect(check).not.toThrow();
const refused = (check: () => void, message: string): void => {
  expect(check).toThrow(RangeError);
  expect(check).toThrow(message);
};

test('sizes', () => {
  for (const size of [0, 1, Number.MAX_SAFE_INTEGER]) allowed(() => checkSize('f', 'n', size));
  allowed(() => checkSize('f', 'n', 2, 2));
  refused(() => checkSize('f', 'n', 1, 2), 'f: n is a whole number ≥ 2, not 1');
  for (const size of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
    refused(() => checkSize('f', 'n', size), `f: n is a whole number ≥ 0, not ${size}`);
  }
});

test('lengths', () => {
  allowed(() => checkLength('f', 'x', x(3), 3, 'k'));
  for (const length of [2, 4]) {
    refused(
      () => checkLength('f', 'x', x(length), 3, 'k'),
      `f: x needs k = 3 elements, but has ${length}`,
    );
  }
});

test('elements at a stride', () => {
  allowed(() => checkStrided('f', x(8), 1, 3, 3));
  allowed(() => checkStrided('f', x(7), 6, 1, 9));
  allowed(() => checkStrided('f', x(2), 9, 0, 1));
  allowed(() => checkStrided('f', x(2), 1, 5, 0));
  const needs = 'f: x needs offset + (n − 1)·stride + 1 =';
  refused(() => checkStrided('f', x(7), 2, 3, 3), `${needs} 9 elements, but has 7`);
  refused(() => checkStrided('f', x(7), 7, 1, 1), `${needs} 8 elements, but has 7`);
  refused(() => checkStrided('f', x(7), 0, 2.5, 1), 'f: n is a whole number ≥ 0, not 2.5');
  refused(() => checkStrided('f', x(7), -1, 2, 1), 'f: offset is a whole number ≥ 0, not -1');
  refused(() => checkStrided('f', x(7), 0, 2, 0.5), 'f: stride is a whole number ≥ 0, not 0.5');
});

test('ranges', () => {
  allowed(() => checkRange('f', 0, 5, 5));
  allowed(() => checkRange('f', 5, 5, 5));
  refused(() => checkRange('f', 0, 6, 5), 'f: to is at most the number of elements, 5, not 6');
  refused(() => checkRange('f', -1, 5, 5), 'f: from is a whole number ≥ 0, not -1');
  refused(() => checkRange('f', 0, 4.5, 5), 'f: to is a whole number ≥ 0, not 4.5');
});

test('walks through rows', () => {
  const walk = (length: number, row: number, step: number, rows: number, n: number) => () =>
    checkWalk('f', 'a', { data: x(length), row, step }, rows, n);
  allowed(walk(9, 4, 2, 2, 3));
  refused(
    walk(8, 4, 2, 2, 3),
    'f: a needs (rows − 1)·row + (n − 1)·step + 1 = 9 elements, but has 8',
  );
  allowed(walk(1, 0, 0, 5, 5));
  refused(walk(0, 0, 0, 1, 1), '= 1 elements, but has 0');
  refused(walk(4, 4, 1, 2, 1), '= 5 elements, but has 4');
  refused(walk(2, 1, 1, 1, 3), '= 3 elements, but has 2');
  // Of no rows, and of rows of nothing, nothing is read.
  allowed(walk(0, 0, 1, 0, 3));
  allowed(walk(0, 5, 1, 3, 0));
  refused(walk(9, -1, 1, 1, 1), 'f: a.row is a whole number ≥ 0, not -1');
  refused(walk(9, 0.5, 1, 1, 1), 'f: a.row is a whole number ≥ 0, not 0.5');
  refused(walk(9, 1, -1, 1, 1), 'f: a.step is a whole number ≥ 0, not -1');
  refused(walk(9, 1, 1.5, 1, 1), 'f: a.step is a whole number ≥ 0, not 1.5');
});

describe.each([
  ['in the memory', (length: number) => allocate(length)],
  ['outside of it', (length: number) => new Float64Array(length)],
])('overlaps, %s', (_, make) => {
  const [a, b] = [make(8), make(8)];
  const apart = 'f: out and a share memory; give out a buffer of its own';
  const within = 'f: the result and a share a part of their memory; they are one array, or apart';

  test('apart from each other', () => {
    const check = (out: Float64Array, input: Float64Array) => () =>
      checkApart('f', out, 'a', input);
    allowed(check(a, b));
    allowed(check(a.subarray(0, 4), a.subarray(4)));
    allowed(check(a.subarray(4), a.subarray(0, 4)));
    refused(check(a.subarray(0, 5), a.subarray(4)), apart);
    refused(check(a.subarray(4), a.subarray(0, 5)), apart);
    refused(check(a.subarray(0, 1), a), apart);
    refused(check(a, a.subarray(7)), apart);
    refused(check(a, a), apart);
    allowed(check(a, a.subarray(3, 3)));
    allowed(check(a.subarray(3, 3), a));
  });

  test('one array, or apart', () => {
    const check = (out: Float64Array, input: Float64Array) => () =>
      checkInPlace('f', out, 'a', input);
    allowed(check(a, b));
    allowed(check(a, a));
    allowed(check(a.subarray(2, 4), a.subarray(2, 8)));
    refused(check(a.subarray(1), a), within);
    refused(check(a, a.subarray(1)), within);
    allowed(check(a.subarray(1, 1), a));
  });

  test('a walk goes over what is written in its place, or apart', () => {
    const check =
      (y: Float64Array, data: Float64Array, row: number, step: number, n: number) => () =>
        checkWalkInPlace('f', y, 'a', { data, row, step }, n);
    allowed(check(a, a, 4, 1, 4));
    allowed(check(a, b, 0, 1, 4));
    // One row of n: how far it is to the next does not matter.
    allowed(check(a, a, 0, 1, 8));
    refused(check(a, a, 0, 1, 4), apart);
    refused(check(a, a, 4, 0, 4), apart);
    refused(check(a, a, 4, 2, 4), apart);
    refused(check(a.subarray(1), a, 7, 1, 7), within);
    // A single number is read before it is written over.
    const one = a.subarray(2, 3);
    allowed(check(one, one, 0, 0, 1));
    refused(check(a.subarray(2, 4), one, 0, 0, 2), apart);
  });
});

test('indices', () => {
  const check =
    (...numbers: number[]) =>
    () =>
      checkIndices('f', 'rows', Float64Array.from(numbers), 3);
  allowed(check());
  allowed(check(0, 2, 1, -0));
  for (const bad of [3, -1, 0.5, Number.NaN, Infinity]) {
    refused(check(bad), `f: rows holds whole numbers from 0 to 2, not ${bad} (at 0)`);
    refused(check(1, 2, bad), `f: rows holds whole numbers from 0 to 2, not ${bad} (at 2)`);
  }
});

test('a reduction along the middle axis', () => {
  const check =
    (out: Float64Array, from: Float64Array, outer: number, n: number, inner: number) => () =>
      checkAxis('f', out, from, outer, n, inner);
  allowed(check(x(6), x(24), 2, 4, 3));
  allowed(check(x(6), x(0), 2, 0, 3));
  refused(check(x(6), x(23), 2, 4, 3), 'f: x needs outer·n·inner = 24 elements, but has 23');
  refused(check(x(5), x(24), 2, 4, 3), 'f: out needs outer·inner = 6 elements, but has 5');
  refused(check(x(0), x(2), -1, -2, 1), 'f: outer is a whole number ≥ 0, not -1');
  refused(check(x(2), x(1), 1, 0.5, 2), 'f: n is a whole number ≥ 0, not 0.5');
  refused(check(x(1), x(1), 2, 1, 0.5), 'f: inner is a whole number ≥ 0, not 0.5');
  const both = x(4);
  refused(check(both.subarray(0, 1), both, 1, 4, 1), 'f: out and x share memory');
});
