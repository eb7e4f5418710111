import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, cutTo, printable, textWidth, wrapped } from '../../src/report/characters.js';

describe('columns of a terminal', () => {
  test.each([
    ['', 0],
    ['chain rule', 10],
    ['café', 4],
    ['cafe\u0301', 4],
    ['日本語', 6],
    ['한국어', 6],
    ['ひらがな', 8],
    ['ｶﾀｶﾅ', 4],
    ['ＦＵＬＬ', 8],
    ['🙂', 2],
    ['עברית', 5],
    ['हिन्दी', 5],
    ['ελληνικά', 8],
  ])('%s takes %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test('a cut text fits and begins as the whole does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, n) => {
        const cut = cutTo(n, text);
        expect(columnsOf(cut)).toBeLessThanOrEqual(n);
        if (columnsOf(text) <= n) expect(cut).toBe(text);
        else expect(cut.endsWith('…') && text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });

  test('a wrapped text is the same words, in lines as long as they may be', () => {
    const words = fc.array(fc.stringMatching(/^[a-z日]{1,9}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (words, columns) => {
        const lines = wrapped(columns, words.join(' '));
        expect(lines.join(' ').split(' ')).toEqual(words);
        lines.forEach((line, i) => {
          if (line.includes(' ')) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
          const next = lines[i + 1]?.split(' ')[0];
          if (next) expect(columnsOf(`${line} ${next}`)).toBeGreaterThan(columns);
        });
      }),
    );
  });

  test('nothing printable moves the cursor, colours what follows or turns it round', () => {
    expect(printable('\x1b[2Jcat\r\n\u202edog\u2066\u0007')).toBe('�[2Jcat���dog��');
    expect(printable('don’t naïve 日本 שלום')).toBe('don’t naïve 日本 שלום');
    expect(printable('\ud800x')).toBe('�x');
  });
});

describe('width in Helvetica', () => {
  // Advance widths from Adobe's Helvetica metrics (Helvetica.afm), in thousandths.
  test.each([
    ['H', 722],
    ['i', 222],
    ['W', 944],
    ['Hello', 722 + 556 + 222 + 222 + 556],
    ['grandmother', 556 + 333 + 556 + 556 + 556 + 833 + 556 + 278 + 556 + 556 + 333],
    ['0123456789', 5560],
    ['f(x)', 278 + 333 + 500 + 333],
  ])('%s', (text, width) => {
    expect(textWidth(text, 1000)).toBeCloseTo(width, 9);
    expect(textWidth(text, 11)).toBeCloseTo((width * 11) / 1000, 9);
  });

  test('every printable ASCII character has a width of its own', () => {
    for (let code = 32; code < 127; code++) {
      const width = textWidth(String.fromCharCode(code), 1000);
      expect(width).not.toBe(620);
      expect(width).toBeGreaterThan(100);
    }
  });

  test('accents add nothing', () => {
    expect(textWidth('éàñ', 10)).toBeCloseTo(textWidth('ean', 10), 9);
  });
});
