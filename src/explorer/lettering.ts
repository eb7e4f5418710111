// Text with something below the line, set in lowered letters of its font: they read better than
// Unicode's tiny ones.

import { element, escapeMarkup } from '../report/markup.js';
import { splitSubscript } from './tex-text.js';

/** Text in a page. */
export function htmlText(content: string): string {
  return withSubscripts(content, (below) => element('sub', {}, below));
}

/** Centred text in a drawing. */
export function svgText(content: string, x: number, y: number, size: number, kind: string): string {
  const text = withSubscripts(content, (below) => {
    const lowered = element('tspan', { dy: 0.25 * size, 'font-size': 0.75 * size }, below);
    return lowered + element('tspan', { dy: -0.25 * size }, ZERO_WIDTH_SPACE);
  });
  const attributes = { x, y, class: kind, 'font-size': size, 'text-anchor': 'middle' };
  return element('text', attributes, text);
}

function withSubscripts(content: string, lower: (below: string) => string): string {
  const runs = content.split(SUBSCRIPTS);
  return runs
    .map((run, k) =>
      k % 2 === 0 ? escapeMarkup(run) : lower(escapeMarkup(splitSubscript(`v${run}`)[1])),
    )
    .join('');
}

const SUBSCRIPTS = /([₀-₉ₐ-ₜᵢ-ᵥⱼ]+)/u;
/** Something for the way back up to stand on. */
const ZERO_WIDTH_SPACE = '\u200b';
