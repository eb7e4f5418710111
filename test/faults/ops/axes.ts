import type { Node } from '../../../src/graph/index.js';
import { broadcastTo, reshape } from '../../../src/ops/index.js';

/** The axes that an op was made for. */
export const axesOf = (
  settings: Readonly<Record<string, unknown>> | undefined,
): readonly number[] => {
  const { axes, axis } = settings ?? {};
  return (axes as readonly number[] | undefined) ?? [Number(axis)];
};

/** What has lost some axes, repeated along them to x's shape. */
export const along = (reduced: Node, x: Node, axes: readonly number[]): Node =>
  broadcastTo(
    reshape(
      reduced,
      x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
    ),
    x.shape,
  );
