import * as t from '@babel/types';
import { calleeOf, isExpression, type Mutator } from './mutator.js';

const NOT_SYMMETRIC = new Set(['-', '/', '%', '**']);

/** f(a, b) = f(b, a): to swap these is no fault. */
const SYMMETRIC =
  /^(add|mul|multiply|max|min|maximum|minimum|equal|dot|hypot|imul|sameShape|gcd|is|overlap\w*|sumError|productError)$/;

/** `a − b` → `b − a`, and `f(…, a, b, …)` → `f(…, b, a, …)` for neighbours that look alike. */
export const swappedOperands: Mutator = {
  name: 'SwappedOperands',
  *mutate({ node }) {
    if (node.type === 'BinaryExpression' && isExpression(node.left)) {
      if (!NOT_SYMMETRIC.has(node.operator)) return;
      yield t.binaryExpression(node.operator, t.cloneNode(node.right), t.cloneNode(node.left));
    }
    if (node.type !== 'CallExpression' || SYMMETRIC.test(calleeOf(node) ?? '')) return;
    for (let i = 1; i < node.arguments.length; i++) {
      const [a, b] = [node.arguments[i - 1]!, node.arguments[i]!];
      if (!isOperandPair(a, b, calleeOf(node)) || t.isNodesEquivalent(a, b)) continue;
      const swapped = t.cloneNode(node);
      swapped.arguments[i - 1] = t.cloneNode(b);
      swapped.arguments[i] = t.cloneNode(a);
      yield swapped;
    }
  },
};

/** Functions of nodes whose two operands may be any expressions. */
const OF_TWO = /^(sub|div|pow|atan2|matmul|greater|less|greaterEqual|lessEqual|outer)$/;

function isOperandPair(a: t.Node, b: t.Node, callee: string | undefined): boolean {
  if (callee !== undefined && OF_TWO.test(callee)) return isExpression(a) && isExpression(b);
  if (a.type === 'Identifier' && b.type === 'Identifier') {
    return a.name !== b.name && isQuantity(a.name) && isQuantity(b.name);
  }
  return (
    a.type === 'MemberExpression' &&
    b.type === 'MemberExpression' &&
    a.property.type === 'Identifier' &&
    b.property.type === 'Identifier' &&
    a.property.name === b.property.name
  );
}

/** The notes' letters, and the words for lengths and limits. */
function isQuantity(name: string): boolean {
  return (
    name.length <= 2 ||
    /^(rows|columns|outer|inner|length|width|height|stride|step|low|high|left|right|first|second|start|end|from|to)$/.test(
      name,
    )
  );
}

/** `[m, n]` → `[n, m]`, and `[…, m, n]` → `[…, n, m]`: the wrong axis, or the rule of the wrong operand. */
export const swappedAxes: Mutator = {
  name: 'SwappedAxes',
  *mutate({ node }) {
    if (node.type !== 'ArrayExpression' || node.elements.length < 2) return;
    const [a, b] = node.elements.slice(-2);
    if (!isExpression(a) || !isExpression(b) || isText(a) || isText(b)) return;
    if (t.isNodesEquivalent(a, b)) return;
    const elements = node.elements.slice(0, -2).map((element) => element && t.cloneNode(element));
    yield t.arrayExpression([...elements, t.cloneNode(b), t.cloneNode(a)]);
  },
};

const isText = (node: t.Node): boolean =>
  node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
