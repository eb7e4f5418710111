// The frame that all pictures share: an SVG with a title, a key and a theme of its own.

import { columnsOf, cutTo, textWidth } from './characters.js';
import { mark } from './marks.js';
import { type Attributes, at, element, escapeMarkup } from './markup.js';
import { fill, THEME } from './theme.js';

export interface FrameOptions {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** For readers who cannot see the picture. */
  readonly description?: string;
  /** Whether the styles come along (default true). A page that has them once can leave them out. */
  readonly styled?: boolean | undefined;
}

/** A whole SVG. */
export function drawing(options: FrameOptions, ...content: string[]): string {
  const { width, height, title, description, styled = true } = options;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: at(0, 0, width, height),
      width,
      height,
      role: 'img',
      'aria-label': description ? `${title}. ${description}` : title,
    },
    styled ? element('style', {}, THEME) : '',
    styled ? element('rect', { width, height, ...fill('paper') }) : '',
    ...content,
  );
}

/** A line of text whose left end, or middle or right end, is at x, its baseline at y. */
export function text(
  content: string,
  x: number,
  y: number,
  { size, paint = 'ink', ...more }: { size: number; paint?: string } & Attributes,
): string {
  return element(
    'text',
    { x, y, 'font-size': size, ...fill(paint), ...more },
    escapeMarkup(content),
  );
}

/**
 * Text that takes the width that was measured, whatever font it is shown in: what was placed
 * without overlap stays without overlap.
 */
export function fittedText(
  content: string,
  x: number,
  y: number,
  attributes: { size: number; paint?: string } & Attributes,
): string {
  return text(content, x, y, {
    ...attributes,
    textLength: textWidth(content, attributes.size),
    lengthAdjust: 'spacingAndGlyphs',
  });
}

/** Longer names are cut in pictures. */
export function shortName(name: string): string {
  return columnsOf(name) > 28 ? cutTo(28, name) : name;
}

/** Something that takes room downwards. */
export interface Block {
  readonly markup: string;
  readonly height: number;
}

/** Space around everything. */
export const MARGIN = 14;

/** The title of a picture and the line under it. */
export function heading(title: string, subtitle: string | undefined): Block {
  const first = text(title, MARGIN, MARGIN + 12, { size: 15, 'font-weight': 600 });
  if (!subtitle) return { markup: first, height: MARGIN + 16 };
  const second = text(subtitle, MARGIN, MARGIN + 30, { size: 11.5, paint: 'soft' });
  return { markup: first + second, height: MARGIN + 34 };
}

/** Mark and name of each series, row by row. */
export function key(names: readonly string[], left: number, top: number, width: number): Block {
  const [size, row, gap] = [11, 18, 14];
  const entries: string[] = [];
  let x = left;
  let y = top;
  names.forEach((name, i) => {
    const shown = shortName(name);
    const needed = 12 + textWidth(shown, size);
    if (x > left && x + needed > left + width) {
      x = left;
      y += row;
    }
    entries.push(mark(i, x + 4, y + row / 2, 4));
    entries.push(fittedText(shown, x + 12, y + row / 2 + 4, { size, paint: 'soft' }));
    x += needed + gap;
  });
  return { markup: entries.join(''), height: names.length > 0 ? y + row - top : 0 };
}
