import type { Op } from '../../graph/index.js';

/** Whether a value is an op, of whatever copy of this package. */
export function isOp(value: unknown): value is Op {
  if (typeof value !== 'object' || value === null) return false;
  const { name, shape, kernel, vjp } = value as Partial<Record<keyof Op, unknown>>;
  const functions = [shape, kernel, vjp].every((member) => typeof member === 'function');
  return functions && typeof name === 'string';
}
