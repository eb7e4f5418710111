import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Tokeniser, words } from '../../src/text/index.js';

/** The lines that have words, put together again from the stretches. */
function lines(chunks: readonly string[], lowerCase = true): string[][] {
  const tokeniser = new Tokeniser({ lowerCase });
  const stretches = chunks.flatMap((chunk) => [...tokeniser.push(chunk)]);
  stretches.push(...tokeniser.end());
  const lines: string[][] = [[]];
  for (const stretch of stretches) {
    lines.at(-1)!.push(...stretch.words);
    if (stretch.endsLine) lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

describe('words', () => {
  test.each([
    ['The cat sat.', ['the', 'cat', 'sat']],
    ["don't 'quote' rock 'n' roll", ["don't", 'quote', 'rock', 'n', 'roll']],
    ['l’eau d’été', ["l'eau", "d'été"]],
    ['well-known e-mail_address', ['well', 'known', 'e', 'mail', 'address']],
    ['in 1984, 3.14', ['in', '1984', '3', '14']],
    ['Москва 東京 עברית हिन्दी', ['москва', '東京', 'עברית', 'हिन्दी']],
    ['𝒳𐐀 ok', ['𝒳𐐨', 'ok']],
    ['ΟΔΟΣ', ['οδος'.replace(/σ$/, 'ς')]],
    ['…—!?', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('one accent written in two ways is one word', () => {
    expect(words('cafe\u0301')).toEqual(words('caf\u00e9'));
    expect(words('cafe\u0301')).toEqual(['caf\u00e9']);
  });

  test('capitals can be kept', () => {
    expect(words('The Cat', { lowerCase: false })).toEqual(['The', 'Cat']);
  });
});

describe('Tokeniser', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      'É',
      'e\u0301',
      '𝒳',
      '’',
      "'",
      ' ',
      '\t',
      '\n',
      '\r',
      '\r\n',
      '.',
      '\u00a0',
    ),
    maxLength: 60,
  });

  test('what comes out does not depend on where the text is cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 60 })), (whole, cuts) => {
        const places = [0, ...cuts.map((c) => c % (whole.length + 1)), whole.length];
        places.sort((a, b) => a - b);
        const chunks = places.slice(1).map((to, i) => whole.slice(places[i], to));
        const expected = whole
          .split(/\r\n|\r|\n/)
          .map((line) => words(line))
          .filter((line) => line.length > 0);
        expect(lines(chunks)).toEqual(expected);
      }),
    );
  });

  test('a line may be much longer than a stretch', () => {
    const count = 50_000;
    const [line, ...others] = lines(['word '.repeat(count) + '\nend']);
    expect(line).toHaveLength(count);
    expect(new Set(line)).toEqual(new Set(['word']));
    expect(others).toEqual([['end']]);
  });

  test('without any white space it goes on all the same, and keeps surrogate pairs whole', () => {
    const found = lines(['a' + '𝒳'.repeat(100_000)])
      .flat()
      .join('');
    expect(found).toBe('a' + '𝒳'.repeat(100_000));
  });
});
