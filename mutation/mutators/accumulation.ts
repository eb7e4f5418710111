import * as t from '@babel/types';
import type { Mutator } from './mutator.js';

const KEPT_APART = new Set(['=', '&&=', '||=', '??=']);

/** `y += x` → `y = x`: the last of several children wins, where their sum was due. */
export const overwrite: Mutator = {
  name: 'Overwrite',
  *mutate({ node }) {
    if (node.type !== 'AssignmentExpression' || KEPT_APART.has(node.operator)) return;
    yield t.assignmentExpression('=', t.cloneNode(node.left), t.cloneNode(node.right));
  },
};
