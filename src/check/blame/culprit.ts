import type { Node } from '../../graph/index.js';
import type { Blame } from '../verdict.js';

/** A node as a verdict names it. */
export function culprit(node: Node): Pick<Blame, 'node' | 'op' | 'label'> {
  const { op, label } = node;
  return { node: String(node), op: op.name, ...(label !== undefined && { label }) };
}
