import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { report } from '../../src/cli/errors.js';
import { Mistake, mistakeAt } from '../../src/cli/mistake.js';
import { ShapeError } from '../../src/graph/index.js';

function reported(error: unknown): { code: number; text: string } {
  let text = '';
  const code = report(error, (part) => {
    text += part;
  });
  return { code, text };
}

const thrown = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('what a user can put right is one line and exit code 1', () => {
  test.each([
    [new Mistake('no such word'), 'chainrule: no such word\n'],
    [new ShapeError('shapes differ'), 'chainrule: shapes differ\n'],
    [new RangeError('the text has one word'), 'chainrule: the text has one word\n'],
    [new Error('a.txt is empty'), 'chainrule: a.txt is empty\n'],
    [
      thrown(() => readFileSync('/no/such/file')),
      'chainrule: /no/such/file: there is no such file or directory\n',
    ],
  ])('%s', (error, text) => {
    expect(reported(error)).toEqual({ code: 1, text });
  });
});

describe('a fault of ours comes with its stack', () => {
  test.each([
    thrown(() => (undefined as unknown as { x: number }).x),
    thrown(() => new Float64Array(-1)),
    thrown(function endless(): unknown {
      return endless();
    }),
    thrown(() => JSON.parse('{')),
  ])('%s', (error) => {
    const { code, text } = reported(error);
    expect(code).toBe(1);
    expect(text).toMatch(/fault of the program.*\n\w*Error: .*\n +at /);
  });

  test('even what is no error', () => {
    expect(reported('oops')).toEqual({ code: 1, text: expect.stringContaining('oops') });
  });
});

test('misuse has exit code 2, help and version 0; commander has said the rest', () => {
  expect(reported(new CommanderError(1, 'commander.unknownOption', 'x'))).toEqual({
    code: 2,
    text: '',
  });
  expect(reported(new CommanderError(0, 'commander.version', '1'))).toEqual({ code: 0, text: '' });
});

test('carets stand under the place, in long lines too', () => {
  expect(mistakeAt('ab\ncd ef\ngh', { start: 6, end: 8 }, 'm').message).toBe('m\n  cd ef\n     ^^');
  const source = `${'x+'.repeat(100)}?${'+y'.repeat(100)}`;
  const [, line, carets] = mistakeAt(source, { start: 200, end: 201 }, 'm').message.split('\n');
  expect(line!.length).toBeLessThan(130);
  expect(line![carets!.indexOf('^')]).toBe('?');
  expect(mistakeAt('x', { start: 1, end: 1 }, 'm').message).toBe('m\n  x\n   ^');
});
