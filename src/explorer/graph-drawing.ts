import type { Trace, TracedNode } from '../graph/index.js';
import { columnsOf, cutTo, textWidth } from '../report/characters.js';
import { drawing } from '../report/drawing.js';
import { element } from '../report/markup.js';
import { arrowHead, edgesOf } from './edge-drawing.js';
import { formulaOf } from './formulas.js';
import { layout, type Point } from './layout.js';
import { svgText } from './lettering.js';
import { namesOfNodes, printValue } from './names.js';
import { GRAPH_STYLE } from './style.js';
import { texToText } from './tex-text.js';

/** What stands in a box, and beside it. */
interface Box {
  readonly node: TracedNode;
  readonly name: string;
  /** `v · w`, or what kind of leaf it is. */
  readonly formula: string;
  readonly value: string;
  readonly gradient: string;
  readonly width: number;
}

const NAME_SIZE = 16;
const SMALL_SIZE = 12.5;
const NUMBER_SIZE = 13;
const HEIGHT = 48;
const MARGIN = 16;
const LONGEST = 24;

export interface GraphDrawingOptions {
  readonly title: string;
  /** Whether the styles of the theme come along, for a picture that stands alone (default true). */
  readonly styled?: boolean;
}

export interface GraphDrawing {
  readonly svg: string;
  /** In pixels, at the size it is meant to be seen in. */
  readonly width: number;
  readonly height: number;
}

/**
 * The graph of a trace as SVG, from leaves to loss: above each box the value, below it the gradient,
 * on each edge the local derivative. Everything carries its number (`data-i`, `data-from`, `data-to`),
 * so that a script can light it up.
 */
export function drawGraph(
  trace: Trace,
  { title, styled = true }: GraphDrawingOptions,
): GraphDrawing {
  const boxes = boxesOf(trace);
  const placed = layout({
    widths: boxes.map(({ width }) => width),
    parents: trace.nodes.map(({ parents }) => parents),
    pitch: HEIGHT + 52,
    gap: 92,
  });
  const edges = edgesOf(
    trace,
    placed,
    boxes.map(({ width }) => width),
  );
  const nodes = boxes.map((box, index) => nodeMarkup(box, placed.nodes[index]!));
  const width = placed.width + 2 * MARGIN;
  const height = placed.height + 2 * MARGIN;
  const svg = drawing(
    {
      width,
      height,
      title,
      description: 'Values in blue above the nodes, gradients in orange below them',
      styled,
    },
    element('style', {}, GRAPH_STYLE),
    arrowHead(),
    element('g', { transform: `translate(${MARGIN} ${MARGIN})` }, ...edges, ...nodes),
  );
  return { svg, width, height };
}

function boxesOf(trace: Trace): Box[] {
  const names = namesOfNodes(trace);
  const gradients = new Map(trace.gradients.map((gradient) => [gradient.i, gradient.value]));
  return trace.nodes.map((node) => {
    const name = short(names.get(node.i)!);
    const inputs = node.parents.map((i) => ({ kind: 'name', text: names.get(i)! }) as const);
    const tex = formulaOf(node, name, inputs);
    const formula = short(tex ? texToText(tex.value[0]!) : node.op);
    const value = shortValue(node.value, node.shape);
    const backward = gradients.get(node.i);
    const gradient = backward ? shortValue(backward, node.shape) : '0';
    const width = Math.max(
      64,
      textWidth(name, NAME_SIZE) + 36,
      textWidth(formula, SMALL_SIZE) + 20,
      ...[value, gradient].map((text) => textWidth(text, NUMBER_SIZE) + 6),
    );
    return { node, name, formula, value, gradient, width };
  });
}

function nodeMarkup({ node, name, formula, value, gradient, width }: Box, { x, y }: Point): string {
  const leaf = node.parents.length === 0;
  const box = {
    x: x - width / 2,
    y: y - HEIGHT / 2,
    width,
    height: HEIGHT,
    rx: leaf ? HEIGHT / 2 : 9,
  };
  return element(
    'g',
    { class: leaf ? 'node leaf' : 'node', 'data-i': String(node.i) },
    element('rect', box),
    svgText(name, x, y - 2, NAME_SIZE, 'name'),
    svgText(formula, x, y + 16, SMALL_SIZE, 'formula'),
    svgText(value, x, y - HEIGHT / 2 - 7, NUMBER_SIZE, 'value'),
    svgText(gradient, x, y + HEIGHT / 2 + 17, NUMBER_SIZE, 'gradient'),
  );
}

function short(text: string): string {
  return columnsOf(text) > LONGEST ? cutTo(LONGEST, text) : text;
}

function shortValue(values: readonly number[], shape: readonly number[]): string {
  const whole = printValue(values, shape);
  return columnsOf(whole) <= LONGEST ? whole : `[${shape.join(' × ')}]`;
}
