import { describe, expect, test } from 'vitest';
import { type Equivalent, judge } from '../../mutation/equivalents.js';
import type { MutantResult, SourceResult } from '../../mutation/results.js';

const source = `export function largest(x: Float64Array): number {
  let most = -Infinity;
  for (let i = 0; i < x.length; i++) {
    if (x[i]! > most) most = x[i]!;
  }
  return most;
}
`;

/** A mutant of the nth place where the text stands. */
function mutant(original: string, replacement: string, status: string, nth = 0): MutantResult {
  let from = -1;
  for (let k = 0; k <= nth; k++) from = source.indexOf(original, from + 1);
  const [start, end] = [from, from + original.length].map((offset) => {
    const lines = source.slice(0, offset).split('\n');
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  }) as [MutantResult['location']['start'], MutantResult['location']['end']];
  return {
    mutator: 'any',
    original,
    replacement,
    location: { start, end },
    status: status as MutantResult['status'],
  };
}

const survivor = mutant('x[i]! > most', 'x[i]! >= most', 'Survived');
const uncovered = mutant('-Infinity', '+Infinity', 'NoCoverage');
const killed = mutant('i < x.length', 'true', 'Killed');
const result: SourceResult = { source, mutants: [survivor, uncovered, killed], tests: {} };

const entry = (at: string, to: string | string[]): Equivalent => ({ at, to, why: 'because' });
const judged = (...entries: Equivalent[]) => judge('src/largest.ts', result, entries);

describe('a survivor', () => {
  test('is one that no test has failed for, or comes to', () => {
    expect(judged().survivors).toEqual([survivor, uncovered]);
  });

  test.each([
    'if («x[i]! > most») most',
    '«x[i]! > most»',
    'x.length; i++) { if («x[i]! > most»)',
    'i++) {\n    if («x[i]!   >\n most») most = x[i]!;\n  }',
  ])('is excused by its place: %s', (at) => {
    const { survivors, equivalent, errors } = judged(entry(at, 'x[i]! >= most'));
    expect(survivors).toEqual([uncovered]);
    expect([...equivalent.keys()]).toEqual([survivor]);
    expect(errors).toEqual([]);
  });
});

describe('the list cannot rot: an error is an entry', () => {
  test.each([
    ['of another replacement', entry('if («x[i]! > most»)', 'x[i]! < most')],
    ['of a text that has changed', entry('if («x[i]! > least»)', 'x[i]! >= most')],
    ['of another place', entry('while («x[i]! > most»)', 'x[i]! >= most')],
    ['of text behind it that is not there', entry('if («x[i]! > most») least', 'x[i]! >= most')],
  ])('%s', (_, wrong) => {
    const { survivors, errors } = judged(wrong);
    expect(survivors).toEqual([survivor, uncovered]);
    expect(errors).toEqual([expect.stringContaining('listed, but there is no such mutant')]);
  });

  test('of a mutant that is killed', () => {
    expect(judged(entry('«i < x.length»', 'true')).errors).toEqual([
      'src/largest.ts: «i < x.length» → true: listed, but it is no equivalent (Killed)',
    ]);
  });

  test('one of whose replacements is', () => {
    const { equivalent, errors } = judged(entry('= «-Infinity»', ['+Infinity', '0']));
    expect([...equivalent.keys()]).toEqual([uncovered]);
    expect(errors).toHaveLength(1);
  });
});
