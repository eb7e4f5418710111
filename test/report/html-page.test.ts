import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlPage, htmlTable, pictures, scatter, wordSearch } from '../../src/report/index.js';
import { escapeMarkup } from '../../src/report/markup.js';
import { HUES, INK, PAPER, SOFT } from '../../src/report/theme.js';
import { all, parseXml, textOf } from './support/xml.js';

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"onmouseover="x',
    "'",
    '&amp;',
    ']]>',
    '\u0000',
    '-->',
  ),
);

/** What a reader of the file should see: XML has no place for some characters. */
const legible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '�');

function page(word: string): string {
  const map = scatter([{ label: word, x: 0, y: 0, group: word }], { title: word, styled: false });
  return htmlPage({
    title: word,
    lead: [word],
    footer: word,
    sections: [
      {
        heading: word,
        text: word,
        content:
          wordSearch() +
          htmlTable(
            [{ head: word }, { head: 'n', align: 'right' }],
            [[word, [{ word, note: word }]]],
          ) +
          pictures([map]),
      },
    ],
  });
}

describe('words from anywhere', () => {
  test('come out as they went in, as text and as attributes', () => {
    fc.assert(
      fc.property(anything, (word) => {
        const { children, attributes } = parseXml(
          `<a b="${escapeMarkup(word)}">${escapeMarkup(word)}</a>`,
        );
        expect(children.join('')).toBe(legible(word));
        expect(attributes.get('b')).toBe(legible(word));
      }),
      { numRuns: 300 },
    );
  });

  test('cannot change what a page is made of', () => {
    const bones = (html: string): string =>
      html
        .replace(/<script>[\s\S]*?<\/script>/, '<script/>')
        .replace(/="[^"]*"/g, '')
        .replace(/>[^<]*</g, '><');
    const harmless = bones(page('word'));
    fc.assert(
      fc.property(
        anything.filter((word) => word !== ''),
        (word) => {
          expect(bones(page(word))).toBe(harmless);
        },
      ),
    );
  });

  test('a script is shown, not run', () => {
    const html = page('<script>alert(1)</script>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('the page', () => {
  test('asks nothing of the network, and runs no script but its own', () => {
    const html = page('word');
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|\/\/[a-z]|url\(|@import|src=/,
    );
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)![1]!;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'"`,
    );
  });

  test('is well formed from header to footer', () => {
    const html = page('word');
    const body = /<body>([\s\S]*)<script>/.exec(html)![1]!.replace(/<(input)([^>]*)>/, '<$1$2/>');
    const root = parseXml(`<body>${body.trim()}</body>`);
    expect(all(root, 'h1').map(textOf)).toEqual(['word']);
    expect(all(root, 'td', 'figure').map(textOf)).toEqual(['word']);
    expect(all(root, 'figure')).toHaveLength(1);
  });

  test('its script is valid, and a drawing inside brings no styles of its own', () => {
    const html = page('word');
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)![1]!;
    expect(() => new Function(script)).not.toThrow();
    expect(html.match(/<style>/g)).toHaveLength(1);
  });
});

/** Contrast of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test('every colour that text is written in can be read on its background (WCAG AA)', () => {
  for (const hue of [...HUES, INK, SOFT]) {
    expect(contrast(hue.light, PAPER.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(hue.dark, PAPER.dark)).toBeGreaterThanOrEqual(4.5);
  }
});
