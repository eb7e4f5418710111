import { checkNode, type Node, ShapeError } from '../graph/index.js';
import type { Shape } from '../linalg/index.js';

/** One axis or several, counted from the end where negative. */
export type Axes = number | readonly number[];

/** The axes meant, each once; all of them where `axes` is undefined. */
export function axesOf(name: string, x: Node, axes: Axes | undefined): number[] {
  checkNode(name, 'x', x);
  if (axes === undefined) return [...x.shape.keys()];
  const list = typeof axes === 'number' ? [axes] : axes;
  const found = list.map((axis) => axisOf(name, x, axis));
  if (new Set(found).size !== found.length) {
    throw new ShapeError(`${name}(${x}): the axes [${list.join(', ')}] name one axis twice`);
  }
  return found;
}

/** The axis meant, 0 … rank − 1. */
export function axisOf(name: string, x: Node, axis: number): number {
  checkNode(name, 'x', x);
  const rank = x.shape.length;
  const found = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && found >= 0 && found < rank) return found;
  const range =
    rank === 0 ? 'it has none' : `its axes are 0 … ${rank - 1}, or −${rank} … −1 from the end`;
  throw new ShapeError(`${name}(${x}): there is no axis ${axis}; ${range}`);
}

/** A shape after a reduction: the axes gone, or of length 1. */
export function without(shape: Shape, axes: readonly number[], keepAxes: boolean): Shape {
  return keepAxes
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}
