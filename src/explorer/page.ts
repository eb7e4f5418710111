import { createHash } from 'node:crypto';
import type { Trace } from '../graph/index.js';
import { escapeMarkup } from '../report/markup.js';
import { THEME } from '../report/theme.js';
import { CLIENT } from './client.js';
import { drawGraph } from './graph-drawing.js';
import { stepsOf } from './steps.js';
import { PAGE_STYLE } from './style.js';
import { parseTex } from './tex.js';
import { math, texToMathml } from './tex-mathml.js';

const MOST_NODES = 300;

export interface PageHeader {
  readonly title: string;
  /** What the graph computes, as it was typed. */
  readonly program: string;
  /** More about it, in TeX, after a word or two. */
  readonly remark?: { readonly text: string; readonly tex: string };
}

/**
 * One HTML page to step through both passes of a trace: the graph, the notes' two loops, and at each
 * step every number. It needs nothing else (no network, no fonts), and most of it works without its script.
 *
 * @throws RangeError for a graph that is too large to be looked at
 */
export function page(trace: Trace, { title, program, remark }: PageHeader): string {
  const count = trace.nodes.length;
  if (count > MOST_NODES) {
    throw new RangeError(
      `a page to step through draws at most ${MOST_NODES} nodes; this graph has ${count}`,
    );
  }
  const graph = drawGraph(trace, { title: `The graph of ${title}`, styled: false });
  // It fills the page, but is not blown up much, nor shrunk until its numbers cannot be read.
  const size = `min-width:${Math.round(0.62 * graph.width)}px;max-width:${Math.round(1.3 * graph.width)}px`;
  const csp = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash(CLIENT)}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<title>${escapeMarkup(title)} · chainrule</title>
<style>
${THEME}
${PAGE_STYLE}
.graph svg{${size}}
</style>
</head>
<body>
<header>
<h1>${escapeMarkup(title)}</h1>
<p><code>${escapeMarkup(program)}</code></p>
${remark ? `<p class="remark">${escapeMarkup(remark.text)} ${tex(remark.tex)}</p>` : ''}
</header>
<main>
<div class="graph">
${graph.svg}
</div>
<p class="key">${KEY} Step with → and ←, or choose a node.</p>
<div class="lower">
<div class="loops">
${LOOPS}
</div>
<div>
<div class="controls">
${controls(2 * count)}
</div>
<div aria-live="polite">
${stepsOf(trace).join('\n')}
</div>
</div>
</div>
</main>
<script>${CLIENT}</script>
</body>
</html>
`;
}

const tex = (source: string): string => math(texToMathml(parseTex(source)));

const KEY = [
  '<span class="forward-ink">Blue, above:</span> the value.',
  `<span class="backward-ink">Orange, below:</span> the gradient ${tex('\\partial ℒ/\\partial v_i')}.`,
  `<span class="backward-ink">×</span> on an edge: the local derivative ${tex('\\partial v_j/\\partial v_i')}, which a gradient is multiplied by on its way back.`,
].join(' ');

/** The two loops of the notes. */
const LOOPS = [
  `<div class="loop forward"><b>Forward:<span class="now">i = <span class="i"></span></span></b>`,
  `for ${tex('i')} in ${tex('\\{1, …, N\\}')}:`,
  `<span>compute ${tex('v_i')} from Parents(${tex('v_i')})</span></div>`,
  `<div class="loop backward"><b>Backward:<span class="now">i = <span class="i"></span></span></b>`,
  `for ${tex('i')} in ${tex('\\{N, …, 1\\}')}:`,
  `<span>compute ${tex('\\frac{\\partial ℒ}{\\partial v_i} = \\sum_{j∈\\text{children}(v_i)} \\frac{\\partial ℒ}{\\partial v_j} \\; \\frac{\\partial v_j}{\\partial v_i}')}</span></div>`,
].join('\n');

function controls(count: number): string {
  const button = (go: number, text: string, hint: string, kind = ''): string =>
    `<button type="button" data-go="${go}" title="${hint}"${kind && ` class="${kind}"`}>${text}</button>`;
  return [
    button(-2, 'First', 'First step (Home)'),
    button(-1, '← Back', 'One step back (←)'),
    `<input type="range" id="slider" min="0" max="${count - 1}" value="0" aria-label="Step">`,
    button(1, 'Step →', 'One step on (→)', 'next'),
    button(2, 'Last', 'Last step (End)'),
  ].join('\n');
}

/** What the content security policy knows the script by. */
function hash(script: string): string {
  return createHash('sha256').update(script).digest('base64');
}
