import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkKink,
  checkKinkPoint,
  checkMisfit,
  checkPoint,
  explain,
  Tensor,
} from '../../src/check/index.js';
import { apply, type Node, type Op } from '../../src/graph/index.js';
import {
  abs,
  add,
  clamp,
  concatenate,
  greater,
  max,
  maximum,
  mul,
  neg,
  relu,
  reshape,
  sqrt,
  square,
  sub,
} from '../../src/ops/index.js';

/** max(x, 0) with the given slope, at 0 or everywhere. */
const bent = (slope: number | ((x: Node) => Node)): Build => {
  const op: Op = {
    name: 'bent',
    formula: 'y = \\max(x, 0)',
    shape: (x) => x,
    kernel:
      ({ data: y }, { data: x }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.max(x[i]!, 0);
      },
    vjp: (dy, _y, x) => [() => mul(dy, typeof slope === 'number' ? slope : slope(x!))],
  };
  return (x) => apply(op, x);
};

describe('checkKink', () => {
  test('slopes between those on the two sides are right', () => {
    for (const slope of [0, 0.5, 1]) expect(checkKink(bent(slope), [0]).outcome).toBe('passed');
    for (const slope of [-1e-6, 1 + 1e-6, 2, Number.NaN]) {
      const verdict = checkKink(bent(slope), [0]);
      expect(verdict).toMatchObject({
        outcome: 'failed',
        law: 'kinks',
        worst: { slot: 0, at: [] },
      });
      expect(explain(verdict)).toMatch(
        /the slopes on its two sides go from -?0 to 1\n {2}backward gives/,
      );
    }
  });

  test('elements may bend either way, up and down', () => {
    const f: Build = (x) => concatenate([reshape(abs(x), [1]), reshape(neg(abs(x)), [1])]);
    expect(checkKink(f, [0]).outcome).toBe('passed');
    const wrong: Build = (x) =>
      concatenate([reshape(abs(x), [1]), reshape(neg(bent(1.5)(x)), [1])]);
    // The sum of the two elements bends by ½ to one side and ½ to the other, which would hide it.
    expect(checkKink(wrong, [0]).outcome).toBe('failed');
  });

  test('next to a kink, where there is none, the slope is that of differences', () => {
    const nearly = bent((x) => add(greater(x, 0), 1e-6));
    expect(checkKink(relu, [[0, 1, -1]]).outcome).toBe('passed');
    expect(checkKink(nearly, [[1, -1]]).outcome).toBe('failed');
    expect(checkKink((x) => clamp(x, -1, 1), [[-1, 0.5, 1]]).outcome).toBe('passed');
    expect(
      checkKink(maximum, [
        [1, 2],
        [1, 3],
      ]).outcome,
    ).toBe('passed');
  });

  test('a tie of maxima: each within its slopes, also if one gets all', () => {
    expect(checkKink((x) => max(x), [[2, 2, 1]]).outcome).toBe('passed');
    const twice: Build = (x) => mul(2, max(x));
    expect(checkKink((x) => sub(twice(x), max(x)), [[2, 2, 1]]).outcome).toBe('passed');
  });

  test('where f ends and is vertical, the slope is infinite', () => {
    expect(checkKink(sqrt, [0]).outcome).toBe('passed');
    const finite: Op = { ...(sqrt(0).op as Op), vjp: (dy) => [() => mul(dy, 1e9)] };
    expect(checkKink((x) => apply(finite, x), [0]).outcome).toBe('failed');
  });

  test('at a jump and outside of the domain, nothing is told', () => {
    const outside = checkKink(sqrt, [-1]);
    expect(outside).toMatchObject({ outcome: 'inconclusive', reason: 'rough' });
    expect(checkKink((x) => x, [[]])).toMatchObject({ outcome: 'inconclusive', reason: 'zero' });
    // A step is flat on the side where it is continuous, and that is what counts.
    expect(checkKink((x) => greater(x, 0), [0]).outcome).toBe('passed');
  });
});

describe('points', () => {
  const at = { text: 'x = 3', f: square, inputs: [new Tensor([], [3])] };

  test('value and gradient, to some units in the last place', () => {
    expect(checkPoint({ ...at, value: [9], gradient: [[6]] })).toMatchObject({
      outcome: 'passed',
      entries: 2,
    });
    expect(checkPoint({ ...at, value: [9 * (1 + 8e-16)], gradient: [null] }).outcome).toBe(
      'passed',
    );
    const wrong = checkPoint({ ...at, value: [9], gradient: [[6 + 1e-14]] });
    expect(wrong).toMatchObject({ outcome: 'failed', law: 'special points' });
    expect(explain(wrong)).toMatch(/∂Σy\/∂x1 at x = 3: it is 6, and should be 6\.00000000000001/);
    expect(checkPoint({ ...at, value: [9, 9] }).outcome).toBe('failed');
    expect(checkPoint({ ...at, value: [10], tolerance: 0.2 }).outcome).toBe('passed');
  });

  test('zeros, infinities and NaN are what they are', () => {
    const zero = { text: '0', f: (x: Node) => mul(x, 0), inputs: [new Tensor([], [3])] };
    expect(checkPoint({ ...zero, value: [-0] }).outcome).toBe('passed');
    expect(checkPoint({ ...zero, value: [5e-324] }).outcome).toBe('failed');
    const root = { text: '√0', f: sqrt, inputs: [new Tensor([], [0])] };
    expect(checkPoint({ ...root, gradient: [[Number.POSITIVE_INFINITY]] }).outcome).toBe('passed');
    for (const other of [1e308, Number.NEGATIVE_INFINITY, Number.NaN]) {
      expect(checkPoint({ ...root, gradient: [[other]] }).outcome).toBe('failed');
    }
    const none = { text: '√−1', f: sqrt, inputs: [new Tensor([], [-1])] };
    expect(checkPoint({ ...none, value: [Number.NaN] }).outcome).toBe('passed');
    expect(checkPoint({ ...none, value: [0] }).outcome).toBe('failed');
  });

  test('at a kink both are looked at: the table, and the slopes', () => {
    const kink = (slope: number, listed: number) => ({
      text: '0',
      f: bent(slope),
      inputs: [new Tensor([], [0])],
      value: [0],
      gradient: [[listed]],
    });
    expect(checkKinkPoint(kink(0.5, 0.5)).outcome).toBe('passed');
    expect(checkKinkPoint(kink(0.5, 0)).outcome).toBe('failed');
    expect(checkKinkPoint(kink(2, 2)).outcome).toBe('failed');
  });
});

describe('misfits', () => {
  const make = (error: unknown) => () => {
    throw error;
  };
  const message = /no shape/;

  test('are refused with a message that says so', () => {
    expect(checkMisfit({ make: make(new RangeError('no shape')), message }).outcome).toBe('passed');
    const cases: [string, () => unknown, RegExp][] = [
      ['no error', () => 1, /nothing is thrown/],
      [
        'another message',
        make(new RangeError('oh')),
        /it says RangeError: oh; that does not match/,
      ],
      [
        'a TypeError from inside',
        make(new TypeError('no shape of undefined')),
        /no error of a wrong use/,
      ],
      ['a string', make('no shape'), /which is no error/],
    ];
    for (const [what, wrong, said] of cases) {
      const verdict = checkMisfit({ make: wrong, message });
      expect(verdict, what).toMatchObject({ outcome: 'failed', law: 'misfits' });
      expect(explain(verdict)).toMatch(said);
    }
  });
});
