// One HTML page that needs nothing else: no network, no fonts, no files beside it.

import { HIGHLIGHT, HIGHLIGHT_HASH } from './highlight.js';
import { element, escapeMarkup } from './markup.js';
import type { Column } from './table.js';
import { SANS_SERIF, THEME } from './theme.js';

export interface Section {
  readonly heading: string;
  /** Plain text under the heading. */
  readonly text?: string;
  /** Markup, as `htmlTable`, `pictures` and the drawing functions return it. */
  readonly content: string;
}

export interface HtmlPage {
  readonly title: string;
  /** Plain text, a paragraph each. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
  /** Plain text at the foot. */
  readonly footer?: string;
}

/** The whole page. Pictures inside are best drawn with `styled: false`: the page has the styles. */
export function htmlPage({ title, lead, sections, footer }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${HIGHLIGHT_HASH}'">
<title>${escapeMarkup(title)}</title>
<style>
${THEME}
${STYLE}
</style>
</head>
<body>
<header>
<h1>${escapeMarkup(title)}</h1>
${lead.map(paragraph).join('\n')}
</header>
<main>
${sections.map(section).join('\n')}
</main>
${footer ? element('footer', {}, escapeMarkup(footer)) : ''}
<script>${HIGHLIGHT}</script>
</body>
</html>
`;
}

/** A plain-text cell, or words that light up on the maps. */
export type HtmlCell = string | readonly HtmlWord[];

export interface HtmlWord {
  readonly word: string;
  /** Shown when the pointer rests on the word. */
  readonly note?: string;
}

/** A table; the first cell of each row is its heading. */
export function htmlTable(
  columns: readonly Column[],
  rows: readonly (readonly HtmlCell[])[],
): string {
  const classOf = (j: number): string | undefined =>
    columns[j]?.align === 'right' ? 'figure' : undefined;
  const head = columns.map(({ head }, j) =>
    element('th', { scope: 'col', class: classOf(j) }, escapeMarkup(head)),
  );
  const body = rows.map((row) =>
    row.map((cell, j) =>
      j === 0
        ? element('th', { scope: 'row' }, cellContent(cell))
        : element('td', { class: classOf(j) }, cellContent(cell)),
    ),
  );
  const tableRow = (cells: readonly string[]): string => element('tr', {}, ...cells);
  return element(
    'div',
    { class: 'table' },
    element(
      'table',
      {},
      element('thead', {}, tableRow(head)),
      element('tbody', {}, ...body.map(tableRow)),
    ),
  );
}

/** Remarks, one under the other: plain text. */
export function htmlNotes(lines: readonly string[]): string {
  const items = lines.map((line) => element('li', {}, escapeMarkup(line)));
  return element('ul', {}, ...items);
}

/** Drawings side by side, as many as the window is wide. */
export function pictures(drawings: readonly string[], size: 'large' | 'small' = 'large'): string {
  const figures = drawings.map((one) => element('figure', {}, one));
  return element('div', { class: `pictures ${size}` }, ...figures);
}

/** A field in which a reader can type a word to find it on every map. */
export function wordSearch(): string {
  return '<p><label>Find a word on every map: <input type="search" id="search" autocomplete="off" spellcheck="false"></label></p>';
}

function section({ heading, text, content }: Section): string {
  return `<section>\n<h2>${escapeMarkup(heading)}</h2>\n${text ? paragraph(text) : ''}\n${content}\n</section>`;
}

function paragraph(text: string): string {
  return element('p', {}, escapeMarkup(text));
}

function cellContent(cell: HtmlCell): string {
  if (typeof cell === 'string') return escapeMarkup(cell);
  return cell
    .map(({ word, note }) =>
      element('span', { class: 'word', 'data-word': word, title: note }, escapeMarkup(word)),
    )
    .join(' ');
}

const STYLE = `
body{margin:0 auto;padding:1.5rem clamp(1rem,3vw,3rem) 3rem;max-width:110rem;background:var(--paper);color:var(--ink);font:16px/1.5 ${SANS_SERIF}}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 .75rem}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem}
p{margin:.4rem 0;max-width:50rem;color:var(--soft)}
header p:first-of-type{color:var(--ink)}
ul{margin:.4rem 0;padding-left:1.1rem;max-width:60rem;color:var(--soft);font-size:.9rem}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
.table{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .9rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--faint)}
th:first-child{padding-left:0}
thead th{color:var(--soft);font-weight:600;font-size:.85rem;vertical-align:bottom}
tbody th{font-weight:600;white-space:nowrap}
.figure{text-align:right;white-space:nowrap}
.word{cursor:default;border-radius:.25rem;padding:0 .15rem}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,38rem),1fr));gap:1.25rem;margin-top:1rem}
.small{grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
figure{margin:0}
figure svg{width:100%;height:auto;display:block}
input{font:inherit;color:inherit;background:transparent;border:1px solid var(--faint);border-radius:.35rem;padding:.2rem .5rem}
.dot path{transform-box:fill-box;transform-origin:center}
.chosen .dot:not(.hit){opacity:.35}
.dot.hit{opacity:1}
.dot.hit path{transform:scale(2);stroke:var(--ink);stroke-width:1}
.word.hit{background:var(--faint)}
text.hit,text.hover{font-weight:700}
text.hover{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
@media print{.chosen .dot{opacity:1}}
`.trim();
