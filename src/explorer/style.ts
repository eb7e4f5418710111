import { SANS_SERIF, withFallbacks } from '../report/theme.js';

/** The graph. What goes forward is blue (`--hue0`), what comes back orange (`--hue1`). */
export const GRAPH_STYLE: string = withFallbacks(
  `
.node rect{fill:var(--paper);stroke:var(--soft);stroke-width:1.5}
.node.leaf rect{fill:var(--faint);stroke:var(--faint)}
.node .name{fill:var(--ink);font-weight:600}
.node .formula{fill:var(--soft)}
.node .value{fill:var(--hue0);font-weight:600}
.node .gradient{fill:var(--hue1);font-weight:600}
.edge{fill:none;stroke:var(--soft);stroke-width:1.5}
.local .gradient{fill:var(--hue1)}
.local .back{fill:var(--paper)}
.head{fill:var(--soft);fill:context-stroke}
`.trim(),
);

/** The page around it. Without the script every step is shown, one below the other. */
export const PAGE_STYLE: string = `
*{box-sizing:border-box}
body{margin:0 auto;padding:1.25rem clamp(1rem,4vw,3rem) 3rem;max-width:84rem;background:var(--paper);color:var(--ink);font:16px/1.5 ${SANS_SERIF}}
h1{margin:0;font-size:1.35rem;line-height:1.3}
header code{white-space:pre-wrap;font:1rem/1.5 ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
header p{margin:.35rem 0 0;color:var(--soft)}
header .remark{color:var(--ink);margin-top:.6rem}
math{font-size:1.1em}
sub{font-size:.75em}
.graph{margin:1.25rem 0;overflow-x:auto;border:1px solid var(--faint);border-radius:.75rem;text-align:center}
.graph svg{display:block;margin:auto;width:100%;height:auto}
.key{margin:-.75rem 0 1.25rem;font-size:.85rem;color:var(--soft)}
.forward-ink{color:var(--hue0);font-weight:600}
.backward-ink{color:var(--hue1);font-weight:600}
.controls{display:none;gap:.5rem;align-items:center;position:sticky;top:0;padding:.5rem 0;background:var(--paper);z-index:1}
.stepping .controls{display:flex}
button{font:inherit;white-space:nowrap;min-width:2.6rem;padding:.35rem .8rem;border:1px solid var(--faint);border-radius:.5rem;background:var(--paper);color:var(--ink);cursor:pointer}
button:hover:enabled{border-color:var(--soft)}
button:disabled{opacity:.4;cursor:default}
button.next{background:var(--ink);border-color:var(--ink);color:var(--paper);font-weight:600}
input[type=range]{flex:1;min-width:4rem;accent-color:var(--hue0)}
[data-phase=backward] input[type=range]{accent-color:var(--hue1)}
:focus-visible{outline:2px solid var(--hue0);outline-offset:2px}
.lower{display:grid;gap:1.5rem 3rem;grid-template-columns:minmax(0,1fr)}
@media(max-width:59.99rem){.loops{order:1}}
@media(max-width:40rem){button[data-go='2'],button[data-go='-2']{display:none}}
@media(min-width:60rem){.lower{grid-template-columns:21rem minmax(0,1fr)}}
.loop{margin:0 0 .75rem;padding:.7rem 1rem;border-left:3px solid var(--faint);border-radius:0 .5rem .5rem 0;line-height:1.9}
.loop b{display:block}
.loop>span{display:block;padding-left:1.25rem}
.stepping .loop{opacity:.45}
.stepping[data-phase=forward] .loop.forward,.stepping[data-phase=backward] .loop.backward{opacity:1;background:color-mix(in srgb,currentColor 4%,transparent)}
.stepping[data-phase=forward] .loop.forward{border-color:var(--hue0)}
.stepping[data-phase=backward] .loop.backward{border-color:var(--hue1)}
.now{display:none;float:right;font-variant-numeric:tabular-nums}
.stepping[data-phase=forward] .forward .now,.stepping[data-phase=backward] .backward .now{display:inline}
.step{margin-bottom:2rem}
.step h2{margin:0 0 .5rem;font-size:1rem;color:var(--hue0)}
.step[data-phase=backward] h2{color:var(--hue1)}
.formula{overflow-x:auto;padding:.25rem 0}
.formula math{font-size:1.35rem;width:max-content;margin:0}
.equation mtd{padding:.3em .2em;text-align:left}
.equation mtd:first-child{text-align:right}
.matrix{border-collapse:separate;border:solid currentColor;border-width:0 1.5px;border-radius:.4em;padding:0 .25em}
.table{overflow-x:auto;margin-top:1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:.4rem 1.1rem .4rem 0;text-align:left;border-bottom:1px solid var(--faint)}
th{font-weight:400;color:var(--soft);font-size:.85rem;vertical-align:bottom}
.step p{color:var(--soft);margin:.6rem 0}
.step p b{color:var(--ink);margin-right:.4em}
.stepping .node{cursor:pointer;transition:opacity .2s}
.stepping .node:not(.known){opacity:.35}
.stepping .node:not(.known) .value,.stepping .node:not(.graded) .gradient,.stepping .local:not(.graded){visibility:hidden}
.stepping .local:not(.flow) .gradient{opacity:.6}
.stepping .node.current rect{stroke:var(--hue0);stroke-width:3}
.stepping[data-phase=backward] .node.current rect{stroke:var(--hue1)}
.stepping .edge.flow{stroke:var(--hue0);stroke-width:2.5}
.stepping[data-phase=backward] .edge.flow{stroke:var(--hue1);stroke-dasharray:7 5;animation:back .7s linear infinite}
@keyframes back{to{stroke-dashoffset:12}}
@media(prefers-reduced-motion:reduce){.stepping .edge.flow,.stepping .node{animation:none;transition:none}}
@media print{.step{display:block!important;break-inside:avoid}.controls{display:none!important}}
`.trim();
