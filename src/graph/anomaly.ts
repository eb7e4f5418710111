import { finiteIn, type View } from '../linalg/index.js';
import type { Gradient } from './backward.js';
import { isConstant } from './leaves.js';
import type { Node } from './node.js';

/** Whether no value is NaN or infinite. */
export function allFinite(values: Float64Array): boolean {
  // The loss is looked at in every step, which binds nothing.
  if (values.length === 1) return Number.isFinite(values[0]);
  return finiteIn(values)(0, values.length);
}

/**
 * The first node whose value is not finite although its parents' values are: the place where a step went
 * wrong, rather than the loss where it showed. A constant may be −∞ on purpose, as a mask is; so may what
 * is made of it, until something is NaN.
 */
function culprit(order: readonly Node[], views: ReadonlyMap<Node, View>): Node | undefined {
  const bad = new Set(order.filter((node) => !allFinite(views.get(node)!.data)));
  const begins = (node: Node): boolean =>
    !isConstant(node.op) && !node.parents.some((parent) => bad.has(parent));
  const list = [...bad];
  return (
    list.find(begins) ?? list.find((node) => views.get(node)!.data.some(Number.isNaN)) ?? list[0]
  );
}

/** Names the node where a step went wrong, and what went into it. */
export function explainNotFinite(
  order: readonly Node[],
  views: ReadonlyMap<Node, View>,
  pass: ReadonlyMap<Node, Gradient>,
  step: number,
): string {
  const first = culprit(order, views);
  if (!first)
    return `step ${step}: the gradient is not finite, but every node is: it was changed after backward`;
  const { data } = views.get(first)!;
  const isWorst = data.some(Number.isNaN) ? Number.isNaN : isInfinite;
  const at = data.findIndex(isWorst);
  const where = data.length === 1 ? '' : ` at element ${at}`;
  const inputs = first.parents.map((parent) => `${parent} in ${range(views.get(parent)!.data)}`);
  const from = inputs.length > 0 ? `, from ${inputs.join(', ')}` : '';
  const origin = first.origin ? `; made ${first.origin}` : '';
  return (
    `step ${step}: ${data[at]} first appears${where} in ${first}${roleOf(first, pass)}, ${first.op.formula}` +
    `${from}${origin}. Usual causes: a learning rate that is too high, a log or division at 0, or input that is not finite`
  );
}

const isInfinite = (value: number): boolean => !Number.isFinite(value);

function roleOf(node: Node, pass: ReadonlyMap<Node, Gradient>): string {
  for (const [of, gradient] of pass) {
    if (gradient.node === node) return ` (the gradient of ${of})`;
    const edge = gradient.contributions.find(({ term }) => term === node);
    if (edge) return ` (a term of the gradient of ${of}, from its child ${edge.child})`;
  }
  return '';
}

function range(values: Float64Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return values.length === 0 ? '[]' : `[${low.toPrecision(6)}, ${high.toPrecision(6)}]`;
}
