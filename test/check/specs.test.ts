// Types do not hold who writes JavaScript, or runs TypeScript unchecked: what a spec must not say is refused in words.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkGradient,
  checkLaw,
  checkOp,
  checkSpec,
  completed,
  spec,
  Tensor,
  UnfitError,
} from '../../src/check/index.js';
import { add, exp, log } from '../../src/ops/index.js';

const point = { text: 'exp(0)', f: exp, inputs: [new Tensor([], [0])] };
const misfit = { make: () => exp('one' as never), message: /number/ };
const domain = { text: 'x > 0', has: () => true };
const { spec: drawn } = completed('exp', { f: exp });
const { smooth } = drawn;

/** One thing of every kind. */
const THINGS = {
  number: 1.5,
  nothing: null,
  text: 'x',
  list: ['x'],
  empty: [],
  object: {},
  yes: true,
  function: () => 0,
  regexp: /x/,
  symbol: Symbol('x'),
  bigint: 1n,
};
type Thing = keyof typeof THINGS;

/** A spec in which one place holds a value, the place as messages call it, and what may stand there. */
const PLACES: [place: string, with_: (value: unknown) => object, right: Thing[]][] = [
  ['f', (value) => ({ f: value }), ['function']],
  ['inputs', (value) => ({ f: exp, inputs: value }), []],
  ['shapes', (value) => ({ f: exp, shapes: value }), []],
  ['shapes[1]', (value) => ({ f: exp, shapes: [[2], value] }), ['empty']],
  ['range', (value) => ({ f: exp, range: value }), []],
  ['definition', (value) => ({ f: exp, definition: value }), ['function']],
  ['smooth', (value) => ({ f: exp, smooth: value }), []],
  ['flat', (value) => ({ f: exp, flat: value }), ['yes']],
  ['cut', (value) => ({ f: exp, cut: value }), ['yes']],
  ['once', (value) => ({ f: exp, once: value }), ['yes']],
  ['domain', (value) => ({ f: exp, domain: value }), []],
  ['domain.text', (value) => ({ f: exp, domain: { ...domain, text: value } }), ['text']],
  ['domain.has', (value) => ({ f: exp, domain: { ...domain, has: value } }), ['function']],
  ['misfits', (value) => ({ f: exp, misfits: value }), ['empty']],
  ['misfits[0]', (value) => ({ f: exp, misfits: [value] }), []],
  ['misfits[0].make', (value) => ({ f: exp, misfits: [{ ...misfit, make: value }] }), ['function']],
  [
    'misfits[0].message',
    (value) => ({ f: exp, misfits: [{ ...misfit, message: value }] }),
    ['regexp'],
  ],
  ...(['kinks', 'special'] as const).flatMap((key): typeof PLACES => {
    const at = (value: object): object => ({ f: exp, [key]: [point, { ...point, ...value }] });
    return [
      [key, (value) => ({ f: exp, [key]: value }), ['empty']],
      [`${key}[0]`, (value) => ({ f: exp, [key]: [value] }), []],
      [`${key}[1].text`, (text) => at({ text }), ['text']],
      [`${key}[1].f`, (f) => at({ f }), ['function']],
      [`${key}[1].inputs`, (inputs) => at({ inputs }), ['empty']],
      [`${key}[1].inputs[0]`, (input) => at({ inputs: [input] }), []],
      [`${key}[1].value`, (value) => at({ value }), ['empty']],
      [`${key}[1].gradient`, (gradient) => at({ gradient }), ['empty']],
      [`${key}[1].gradient[0]`, (gradient) => at({ gradient: [gradient] }), ['nothing', 'empty']],
      [`${key}[1].tolerance`, (tolerance) => at({ tolerance }), ['number']],
    ];
  }),
];

/** What is thrown; the message alone, if it is for people. */
function refusal(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnfitError) return error.message;
    throw error;
  }
}

describe('a value of another kind', () => {
  test.each(PLACES)('%s', (place, with_, right) => {
    const known = place.replace(/^.*\./, '').replace(/\[.*/, '');
    for (const [thing, value] of Object.entries(THINGS)) {
      const given = with_(value) as never;
      if (right.includes(thing as Thing)) {
        expect(refusal(() => spec(given))).toBeUndefined();
        continue;
      }
      const said = refusal(() => completed('mine', given));
      const missing = `mine: ${place}: \\w+ is missing, which a (point|misfit|domain) needs`;
      const wrong = `mine: ${place.replaceAll(/[[\].]/g, '\\$&')}(\\[0\\])? is to be .*, not `;
      expect(said, thing).toMatch(
        new RegExp(`^(${wrong}|${missing.replaceAll(/[[\]]/g, '\\$&')})`),
      );
      expect(said, thing).toContain(known);
      expect(refusal(() => spec(given))).toMatch(/^spec: /);
    }
  });

  test('whatever it is, there is a report or a message', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 2 });
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), anything, ([place, with_], value) => {
        const [key] = /^\w+/.exec(place)!;
        const { f, ...rest } = with_(value) as { f: never };
        const said = refusal(() => checkOp(f, rest, { name: 'mine', runs: 1 }));
        if (said !== undefined)
          expect(said).toMatch(new RegExp(`^(mine|f|options).*${key}|takes none|names no inputs`));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('what is said', () => {
  test.each<[object, string]>([
    [{ domian: domain }, 'mine: no key is called "domian"; did you mean domain?'],
    [
      { runs: 100 },
      'mine: no key is called "runs"; there are f, inputs, shapes, range, definition, domain, smooth, graphs, kinks, special, misfits, flat, cut, once',
    ],
    [{ kinks: [{}] }, 'mine: kinks[0]: text is missing, which a point needs'],
    [
      { kinks: [{ ...point, gradeint: [[1]] }] },
      'mine: kinks[0]: no key is called "gradeint"; did you mean gradient?',
    ],
    [
      { special: [{ ...point, inputs: [0.5] }] },
      'mine: special[0].inputs[0] is to be a tensor, new Tensor([2], [0.5, 1.5]), not 0.5',
    ],
    [{ special: point }, 'mine: special is to be a list of points, not an object'],
    [
      { misfits: ['too long'] },
      'mine: misfits[0] is to be a misfit: { make, message }, not "too long"',
    ],
    [
      { range: 3 },
      'mine: range is to be [above, below], or a list of such pairs, one for each input, not 3',
    ],
    [{ range: [1, 1 + 2 ** -52] }, /^range \[1, 1.0000000000000002\] is too narrow/.source],
    [{ range: [0, 5e-324] }, /^range \[0, 5e-324\] is too narrow/.source],
    [
      { inputs: 0 },
      'mine: inputs is to be a whole number from 1 to 64, or an arbitrary of fast-check, not 0',
    ],
    [{ inputs: 2, shapes: [[3]] }, 'mine: inputs is 2, and shapes has ways to call it with 1'],
    [
      { shapes: [3] },
      'mine: shapes[0] is to be a shape, as [2, 3]; of several inputs, a list of shapes, not 3',
    ],
    [
      { shapes: [[2 ** 20]] },
      'mine: shapes[0] has more than 100000 elements, and each of them is looked at',
    ],
    [
      { smooth, range: [0, 1] },
      'mine: smooth draws the inputs, so range says nothing; leave one out',
    ],
    [
      { smooth: fc.constant(-1) },
      'mine: a draw of smooth is to be a case: { text, f, inputs }, not -1',
    ],
    [
      { inputs: fc.constant([0.5]) },
      'mine: a draw of inputs[0] is to be a tensor, new Tensor([2], [0.5, 1.5]), not 0.5',
    ],
  ])('%o', (given, message) => {
    const said = refusal(() => completed('mine', { f: exp, ...given }));
    if (message.startsWith('^')) expect(said).toMatch(new RegExp(message));
    else expect(said).toBe(message);
  });

  test('of options, and of a spec that is whole', () => {
    const options = (given: object) => refusal(() => checkOp(exp, {}, given));
    expect(options({ run: 5 })).toBe('options: no key is called "run"; did you mean runs?');
    expect(options({ laws: ['gradeint'] })).toBe(
      'options: laws[0]: there is no law "gradeint"; did you mean gradient?',
    );
    expect(options({ runs: 0 })).toBe('options: runs is to be a whole number, 1 or more, not 0');
    expect(options(null as never)).toBe('options is to be an object, not null');
    expect(refusal(() => checkOp(undefined as never))).toBe('f: f is missing, which a spec needs');
    expect(refusal(() => checkSpec('mine', {} as never))).toBe(
      'mine: smooth is missing, which a spec needs',
    );
    expect(refusal(() => checkSpec('mine', { ...drawn, f: exp } as never))).toMatch(
      /^mine: no key is called "f"; /,
    );
  });

  test('what is left out may be undefined', () => {
    const left = { range: undefined, kinks: undefined, flat: undefined } as object;
    expect(refusal(() => checkOp(log, left, { runs: 1, laws: ['gradient'] }))).toBeUndefined();
    expect(completed('add', { f: add, shapes: [[[2], []]], inputs: 2 }).fitting!.shapes).toEqual([
      [[2], []],
    ]);
  });
});

test('what a check at a point is asked for', () => {
  const said = (...given: unknown[]) =>
    refusal(() => checkGradient(...(given as Parameters<typeof checkGradient>)));
  expect(said(exp, [0.5], { ordr: 2 })).toBe(
    'options: no key is called "ordr"; did you mean order?',
  );
  expect(said(exp, [0.5], { slots: [1] })).toBe(
    'options: slots[0] is to be the number of an input, from 0 to 0, not 1',
  );
  expect(said(exp, 0.5)).toBe('inputs is to be a list of values, one for each input of f, not 0.5');
  expect(said(exp, [null])).toBe(
    'inputs[0] is to be a number, numbers, or { shape, values }, not null',
  );
  expect(said('exp', [0.5])).toBe('f is to be a function of nodes, not "exp"');
  expect(said(exp, [0.5], { seed: 1.5 })).toBe('options: seed is to be a whole number, not 1.5');
  expect(refusal(() => checkLaw('order', exp, [0.5], { seeds: 1 } as never))).toMatch(
    /mean seed\?$/,
  );
  expect(refusal(() => checkLaw('ordre' as never, exp, [0.5]))).toBe(
    'law: there is no law "ordre"; did you mean order?',
  );
});

test('an async function is no function of nodes, and does not end the program', async () => {
  const later = async (): Promise<never> => {
    throw new Error('later');
  };
  expect(() => completed('later', { f: later as never, inputs: 1 })).toThrow(
    'later gives an object of class Promise and no node',
  );
  await new Promise((resolve) => setImmediate(resolve));
});
