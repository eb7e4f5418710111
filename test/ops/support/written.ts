import fc from 'fast-check';
import { Tensor } from '../../../src/check/reference/index.js';
import type { Case } from '../../../src/check/use.js';

/** A call as it would be written; settings that are left out at its end are not. */
export function call(name: string, ...operands: unknown[]): string {
  const last = operands.findLastIndex((operand) => operand !== undefined);
  return `${name}(${operands
    .slice(0, last + 1)
    .map(literal)
    .join(', ')})`;
}

/** An operand as it would be written. Text is code already, and tensors are arrays of arrays. */
function literal(operand: unknown): string {
  if (typeof operand === 'string') return operand;
  if (Object.is(operand, -0)) return '-0';
  if (operand instanceof Tensor) return literal(nested(operand.values, operand.shape));
  if (Array.isArray(operand)) return `[${operand.map(literal).join(', ')}]`;
  if (typeof operand !== 'object' || operand === null) return String(operand);
  const entries = Object.entries(operand).filter(([, value]) => value !== undefined);
  return `{ ${entries.map(([key, value]) => `${key}: ${literal(value)}`).join(', ')} }`;
}

/** Arrays of arrays: what `constant` takes. */
export function nested(values: readonly number[], [length, ...rest]: readonly number[]): unknown {
  if (length === undefined) return values[0];
  const inner = values.length / Math.max(length, 1);
  return Array.from({ length }, (_, i) => nested(values.slice(i * inner, (i + 1) * inner), rest));
}

/** A case that prints itself when fast-check finds it guilty. */
export function shown(made: Case): Case {
  const names = made.inputs.map((_, slot) => `x${slot + 1}`);
  const text = `${made.text(...names)} at ${made.inputs.map((x, slot) => `${names[slot]} = ${x}`).join(', ')}`;
  return { ...made, [fc.toStringMethod]: () => text } as Case;
}
