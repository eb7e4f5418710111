import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as ours from '../../src/linalg/elementary/index.js';
import { big, ulpError } from './bigfloat.js';
import { CASES, worst } from './elementary-cases.js';
import { hardAngles } from './elementary-points.js';
import reference from './reference-values.json' with { type: 'json' };

describe('accuracy against 250-bit arithmetic', () => {
  test.each(CASES)('$name ≤ $bound ulp', (c) => {
    const { ulp, at } = worst(c, 1500, 1);
    expect(ulp, `at ${at.join(', ')}`).toBeLessThanOrEqual(c.bound);
  });

  test.each(CASES.filter((c) => ['sin', 'cos', 'tan'].includes(c.name)))(
    '$name at the doubles nearest to multiples of π/2 in every binade',
    (c) => {
      for (const x of hardAngles.filter((_, i) => i % 4 === 0))
        expect(ulpError(c.f(x), c.oracle(x)), `at ${x}`).toBeLessThanOrEqual(c.bound);
    },
  );
});

test('docs/elementary.md states these bounds', () => {
  const page = readFileSync(new URL('../../docs/elementary.md', import.meta.url), 'utf8');
  const stated = [...page.matchAll(/^\| (\w+) +\| (\d\.\d\d) +\| (\d\.\d{3}) /gm)];
  expect(stated.map(([, name, bound]) => [name, Number(bound)])).toEqual(
    CASES.map(({ name, bound }) => [name, bound]),
  );
  for (const [, name, bound, measured] of stated)
    expect(Number(measured), name).toBeLessThanOrEqual(Number(bound));
});

describe('reference values', () => {
  const { expm1, log1p, logsigmoid, sigmoid, softplus } = ours;
  const functions: Record<string, (x: number) => number> = {
    expm1,
    log1p,
    logsigmoid,
    sigmoid,
    softplus,
    "sigmoid'": (x) => sigmoid(x) * sigmoid(-x),
  };
  const rows = Object.entries(reference).flatMap(([name, [value]]) => {
    const [, f = '', x = ''] = /^([\w']+)\((.+)\)$/.exec(name) ?? [];
    return f in functions ? [{ name, f: functions[f]!, x: Number(x), value: Number(value) }] : [];
  });

  test('are read from the file', () => expect(rows).toHaveLength(78));
  test.each(rows)('$name', ({ name, f, x, value }) => {
    // a product of two functions and one more rounding
    const bound = name.startsWith("sigmoid'") ? 2.5 : 1;
    expect(ulpError(f(x), big(value))).toBeLessThanOrEqual(bound);
    expect(Object.is(f(x), -0)).toBe(Object.is(value, -0));
  });
});

test('the source uses exact operations only', () => {
  const folder = new URL('../../src/linalg/elementary/', import.meta.url);
  const exact = ['abs', 'floor', 'max', 'min', 'sign', 'sqrt', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'];
  for (const file of readdirSync(folder)) {
    const code = readFileSync(new URL(file, folder), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|\/\/.*/g,
      '',
    );
    for (const [, name] of code.matchAll(/Math\.(\w+)/g)) expect(exact, file).toContain(name);
    expect(code, `${file}: ** is not exact`).not.toContain('**');
  }
});
