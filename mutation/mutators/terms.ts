import * as t from '@babel/types';
import { functionOf, isExpression, isText, type Mutator } from './mutator.js';

/** `a + b` → `a`, `b`, and `a − b` → `a`, `−b`; of nodes too: `add(a, b)`, `sub(a, b)`. */
export const droppedTerm: Mutator = {
  name: 'DroppedTerm',
  *mutate({ node }) {
    if (node.type === 'BinaryExpression' && !isText(node) && isExpression(node.left)) {
      if (node.operator !== '+' && node.operator !== '-') return;
      yield t.cloneNode(node.left);
      const right = t.cloneNode(node.right);
      yield node.operator === '+' ? right : t.unaryExpression('-', right);
    }
    if (node.type !== 'CallExpression') return;
    const name = functionOf(node);
    const [a, b] = node.arguments;
    if (!isExpression(a) || !isExpression(b)) return;
    if (name === 'add' || name === 'sub') yield t.cloneNode(a);
    if (name === 'add') yield t.cloneNode(b);
  },
};

/** `a·b` → `a`, `b`, and `a/b` → `a`; of nodes too: `mul(a, b)`, `div(a, b)`. */
export const droppedFactor: Mutator = {
  name: 'DroppedFactor',
  *mutate({ node }) {
    if (node.type === 'BinaryExpression' && isExpression(node.left)) {
      if (node.operator !== '*' && node.operator !== '/') return;
      yield t.cloneNode(node.left);
      if (node.operator === '*') yield t.cloneNode(node.right);
    }
    if (node.type !== 'CallExpression') return;
    const name = functionOf(node);
    const [a, b] = node.arguments;
    if (!isExpression(a) || !isExpression(b)) return;
    if (name === 'mul' || name === 'div') yield t.cloneNode(a);
    if (name === 'mul') yield t.cloneNode(b);
  },
};
