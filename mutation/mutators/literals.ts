import * as t from '@babel/types';
import { calleeOf, type Mutator, type Path } from './mutator.js';

/** `c` → `0`: a term or a factor that was forgotten. Of 0 it is 1. */
export const literalZero: Mutator = {
  name: 'LiteralZero',
  *mutate(path) {
    const value = numberAt(path);
    if (value !== undefined) yield t.numericLiteral(value === 0 ? 1 : 0);
  },
};

/** `c` → `-c`: a wrong sign. (Stryker itself takes the minus from −c.) */
export const literalSign: Mutator = {
  name: 'LiteralSign',
  *mutate(path) {
    const { node, parentPath } = path;
    const value = numberAt(path);
    if (value && parentPath?.node.type !== 'UnaryExpression') {
      yield t.unaryExpression('-', t.numericLiteral(value));
    }
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return;
    const other = INFINITIES.get(node.property.name);
    if (other) yield t.memberExpression(t.cloneNode(node.object), t.identifier(other));
  },
};

const INFINITIES = new Map([
  ['POSITIVE_INFINITY', 'NEGATIVE_INFINITY'],
  ['NEGATIVE_INFINITY', 'POSITIVE_INFINITY'],
]);

/**
 * `c` → `c·(1 + 10⁻⁷)`: a wrong digit, far below the tolerance of the usual gradient checks. Not where only
 * integers make sense (an index, a comparison, a shift): there it means nothing new.
 */
export const literalNudge: Mutator = {
  name: 'LiteralNudge',
  *mutate(path) {
    const value = numberAt(path);
    if (!value || (Number.isInteger(value) && countsSomething(path))) return;
    yield t.numericLiteral(value * (1 + 1e-7));
  },
};

function numberAt({ node, parentPath }: Path): number | undefined {
  if (node.type !== 'NumericLiteral') return undefined;
  const parent = parentPath?.node;
  const isKey = parent?.type === 'ObjectProperty' && parent.key === node;
  return isKey ? undefined : node.value;
}

const ARITHMETIC = new Set(['+', '-', '*', '/', '**']);
/** Methods whose numbers are positions or lengths. */
const COUNTING =
  /^(slice|subarray|at|with|splice|fill|copyWithin|set|grow|from|push|repeat|padStart|padEnd|toFixed|toPrecision|imul)$/;

/** Whether an integer stands for a position, a length or a case, not for a quantity. */
function countsSomething(path: Path): boolean {
  let child = path;
  let parent = path.parentPath;
  let computed = false;
  while (parent !== null && (isArithmetic(parent.node) || isBranch(child.node, parent.node))) {
    computed ||= parent.node.type === 'BinaryExpression';
    [child, parent] = [parent, parent.parentPath];
  }
  switch (parent?.node.type) {
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
    case 'AssignmentExpression':
      return !computed; // return 1, y = 0
    case 'VariableDeclarator':
      return !computed || parent.parentPath?.parentPath?.node.type === 'ForStatement';
    case 'CallExpression': {
      const name = calleeOf(parent.node);
      return name !== undefined && COUNTING.test(name);
    }
    default:
      return true;
  }
}

/** x or y, but not the condition, in c ? x : y. */
function isBranch(child: t.Node, parent: t.Node): boolean {
  return parent.type === 'ConditionalExpression' && parent.test !== child;
}

function isArithmetic(node: t.Node): boolean {
  if (node.type === 'BinaryExpression') return ARITHMETIC.has(node.operator);
  return node.type === 'UnaryExpression' || node.type === 'ParenthesizedExpression';
}
