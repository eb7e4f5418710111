import type { TracedNode } from '../graph/index.js';
import { namesOf, parseTex, substitute, type Tex } from './tex.js';

/**
 * A node's formula with the nodes' own names in it: `y = \tanh x` becomes v₆ = tanh v₅. Where a
 * formula does not mention every input, its name and inputs: v₅ = where(v₂, v₃, v₄). Nothing for
 * leaves, which are given and not computed.
 *
 * @param inputs what to call the parents, or their values to see the formula with its numbers
 */
export function formulaOf(
  node: TracedNode,
  name: string,
  inputs: readonly Tex[],
): { readonly result: Tex; readonly value: readonly Tex[] } | undefined {
  if (node.parents.length === 0) return undefined;
  const [left, ...right] = split(parseTex(node.formula));
  const mentioned = new Set(right.flatMap(namesOf));
  if (right.length === 0 || !node.slots.every((slot) => mentioned.has(slot))) {
    return { result: { kind: 'name', text: name }, value: [call(node.op, inputs)] };
  }
  const names = new Map(node.slots.map((slot, index) => [slot, inputs[index]!]));
  const [y = 'y'] = namesOf(left!);
  return {
    result: substitute(left!, new Map([[y, { kind: 'name', text: name }]])),
    value: right.map((part) => substitute(part, names)),
  };
}

/** The parts of a formula between its equality signs, those in brackets apart. */
function split(tex: Tex): Tex[] {
  if (tex.kind !== 'row') return [tex];
  const parts: Tex[][] = [[]];
  let depth = 0;
  for (const part of tex.parts) {
    const sign = part.kind === 'sign' ? part.text : '';
    if (sign === '(' || sign === '[') depth += 1;
    if (sign === ')' || sign === ']') depth -= 1;
    if (sign === '=' && depth === 0) parts.push([]);
    else parts.at(-1)!.push(part);
  }
  return parts.map((group) => (group.length === 1 ? group[0]! : { kind: 'row', parts: group }));
}

function call(op: string, inputs: readonly Tex[]): Tex {
  const parts: Tex[] = [
    { kind: 'word', text: op },
    { kind: 'sign', text: '(' },
  ];
  for (const [index, input] of inputs.entries()) {
    if (index > 0) parts.push({ kind: 'sign', text: ',' });
    parts.push(input);
  }
  return { kind: 'row', parts: [...parts, { kind: 'sign', text: ')' }] };
}
