import { describe, expect, test } from 'vitest';
import { assertPassed, checkKinkPoint, checkMisfit, checkPoint } from '../../src/check/index.js';
import { input } from '../../src/graph/index.js';
import * as ops from '../../src/ops/index.js';
import { catalogue } from './catalogue/index.js';

const entries = Object.entries(catalogue);
const points = (field: 'kinks' | 'special') =>
  entries.flatMap(([name, entry]) =>
    (entry[field] ?? []).map((point) => [name, point.text, point] as const),
  );

describe('special points: where a function saturates, at the edge of its domain, of nothing', () => {
  test.each(points('special'))('%s: %s', (_name, _text, point) => {
    assertPassed(checkPoint(point));
  });
});

describe('kinks: the table, and that each value lies between the slopes on the two sides', () => {
  test.each(points('kinks'))('%s: %s', (_name, _text, point) => {
    expect(point.value).toBeDefined();
    expect(point.gradient).toBeDefined();
    assertPassed(checkKinkPoint(point));
  });
});

describe('misuse is an error that names the op, its inputs and their shapes', () => {
  const misfits = entries.flatMap(([name, { misfits = [] }]) =>
    misfits.map((misfit, i) => [name, i + 1, misfit] as const),
  );
  test.each(misfits)('%s, %i', (_name, _i, misfit) => {
    assertPassed(checkMisfit(misfit));
  });

  test.each<[string, (x: never) => unknown]>([
    ['add', (x) => ops.add(x, 1)],
    ['sum', (x) => ops.sum(x)],
    ['max', (x) => ops.max(x, 0)],
    ['softmax', (x) => ops.softmax(x)],
    ['broadcastTo', (x) => ops.broadcastTo(x, [2])],
    ['reshape', (x) => ops.reshape(x, [2])],
    ['transpose', (x) => ops.transpose(x)],
    ['slice', (x) => ops.slice(x, [])],
    ['pad', (x) => ops.pad(x, [])],
    ['stack', (x) => ops.stack([1, x])],
    ['concatenate', (x) => ops.concatenate([input('y', [2]), x])],
    ['matmul', (x) => ops.matmul(x, 1)],
    ['gather', (x) => ops.gather(x, [0])],
    ['scatter', (x) => ops.scatter(x, [0], 1)],
    ['pick', (x) => ops.pick(x, [0])],
    ['place', (x) => ops.place(x, [0], 1)],
  ])('%s of undefined', (name, make) => {
    expect(() => make(undefined as never)).toThrow(
      new RegExp(`^${name}: input \\w+ is undefined; a node or a number is needed`),
    );
  });

  test('arrays are not written out: they may be long', () => {
    for (const list of [[1, 2], new Float64Array(1e6)]) {
      expect(() => ops.tanh(list as never)).toThrow(
        'tanh: input x is an array; a node or a number is needed, such as constant(…) makes of an array',
      );
    }
    expect(() => ops.add(1, 'x' as never)).toThrow('add: input b is "x"; a node or a number is');
  });

  test('every op has one', () => {
    for (const [name, { misfits = [] }] of entries) expect(misfits.length, name).toBeGreaterThan(0);
  });
});
