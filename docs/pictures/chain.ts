/**
 * The notes' worked chain 𝓛 ← z ← (v, w) ← vᵢ with its numbers, drawn from a trace of both passes, so
 * that it shows what the engine computes. `npx tsx docs/pictures/chain.ts` writes it.
 */
import { drawGraph, notesChain, notesFactored, svgText } from '../../src/explorer/index.js';
import { drawing } from '../../src/report/drawing.js';

const CAPTION = 74;

export function drawChain(): string {
  const chain = notesChain();
  const title = 'The worked chain of the notes';
  const graph = drawGraph(chain, { title, styled: false });
  const { numbers, value } = notesFactored(chain);
  const width = Math.max(graph.width, 620);
  const height = graph.height + CAPTION;
  const centred = graph.svg.replace('<svg ', `<svg x="${(width - graph.width) / 2}" `);
  const line = (content: string, below: number, paint: string): string =>
    svgText(content, width / 2, graph.height + below, 13.5, `fill-${paint}`);
  return drawing(
    {
      width,
      height,
      title,
      description: 'Values above the nodes, gradients below them, local derivatives on the edges',
    },
    centred,
    line('forward, above: each value from its parents', 18, 'hue0'),
    line('backward, below: ∂L/∂vᵢ = ∂L/∂z · (∂z/∂v · ∂v/∂vᵢ + ∂z/∂w · ∂w/∂vᵢ)', 40, 'hue1'),
    line(`= ${numbers} = ${value}`, 60, 'hue1'),
  );
}
