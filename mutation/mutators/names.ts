import * as t from '@babel/types';
import type { Mutator } from './mutator.js';

/** Functions that are taken for each other. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['exp', 'expm1'],
  ['ln', 'log1p'],
  ['log', 'log1p'],
  ['sin', 'cos'],
  ['sinh', 'cosh'],
  ['asin', 'acos'],
  ['tanh', 'sigmoid'],
  ['floor', 'ceil'],
  ['trunc', 'round'],
  ['sum', 'mean'],
  ['greater', 'greaterEqual'],
  ['less', 'lessEqual'],
  ['softmax', 'logSoftmax'],
  ['maximum', 'minimum'],
  ['log2', 'log'],
];

const OTHERS = new Map<string, string[]>();
for (const [a, b] of [...PAIRS, ...PAIRS.map(([a, b]) => [b, a] as const)]) {
  OTHERS.set(a, [...(OTHERS.get(a) ?? []), b]);
}

/** `exp(x)` → `expm1(x)`: another function that is within reach (of `Math`, or in scope). */
export const swappedName: Mutator = {
  name: 'SwappedName',
  *mutate({ node, scope }) {
    if (node.type !== 'CallExpression') return;
    const { callee } = node;
    if (callee.type === 'Identifier') {
      for (const other of OTHERS.get(callee.name) ?? []) {
        if (scope.hasBinding(other)) yield renamed(node, t.identifier(other));
      }
    } else if (
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      callee.property.type === 'Identifier' &&
      callee.object.name === 'Math'
    ) {
      for (const other of OTHERS.get(callee.property.name) ?? []) {
        yield renamed(node, t.memberExpression(t.identifier('Math'), t.identifier(other)));
      }
    }
  },
};

function renamed(call: t.CallExpression, callee: t.Expression): t.CallExpression {
  const copy = t.cloneNode(call);
  copy.callee = callee;
  return copy;
}
