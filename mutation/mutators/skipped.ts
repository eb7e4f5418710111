import * as t from '@babel/types';
import { functionOf, isExpression, type Mutator } from './mutator.js';

/** `sumTo(x, shape)` → `x`: what a broadcast has repeated is not summed again. */
export const skippedReduction: Mutator = {
  name: 'SkippedReduction',
  mutate: ({ node }) => firstArgument(node, /^(sum|sumTo|mean|sumOfTerms|logSumExp|max|min)$/),
};

/** `transpose(x)` → `x`: a function of a node (or number) that was forgotten. */
export const skippedOp: Mutator = {
  name: 'SkippedOp',
  mutate: ({ node }) =>
    firstArgument(
      node,
      /^(neg|transpose|permute|reshape|broadcastTo|alongAxes|stopGradient|square|reciprocal|sqrt|abs|sign|exp|expm1|ln|log1p|tanh|sigmoid|softmax|logSoftmax|softplus|erf|sin|cos|slice|pad|gather|scatterRows|relu|where)$/,
    ),
};

function* firstArgument(node: t.Node, names: RegExp): Iterable<t.Node> {
  if (node.type !== 'CallExpression' || !names.test(functionOf(node) ?? '')) return;
  const [first] = node.arguments;
  if (isExpression(first)) yield t.cloneNode(first);
}

/** `x.slice()`, `[...x]`, `{ ...x }`, `Float64Array.from(x)` → `x`: two owners of one memory. */
export const droppedCopy: Mutator = {
  name: 'DroppedCopy',
  *mutate({ node }) {
    const copied = copiedBy(node);
    if (copied) yield t.cloneNode(copied);
  },
};

function copiedBy(node: t.Node): t.Node | undefined {
  if (node.type === 'ArrayExpression' && node.elements.length === 1) {
    const [only] = node.elements;
    return only?.type === 'SpreadElement' ? only.argument : undefined;
  }
  if (node.type === 'ObjectExpression' && node.properties.length === 1) {
    const [only] = node.properties;
    return only?.type === 'SpreadElement' ? only.argument : undefined;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = node.callee;
  if (property.type !== 'Identifier') return undefined;
  if (property.name === 'slice' && node.arguments.length === 0) return object;
  const isArray = object.type === 'Identifier' && /Array$/.test(object.name);
  return property.name === 'from' && isArray && node.arguments.length === 1
    ? node.arguments[0]
    : undefined;
}

/** `f(x);` → nothing: a statement of its own is there for what it does (`out.set(x)`, `sums.fill(0)`, a check). */
export const droppedCall: Mutator = {
  name: 'DroppedCall',
  *mutate({ node }) {
    if (node.type !== 'ExpressionStatement') return;
    const expression =
      node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression;
    const called =
      expression.type === 'CallExpression' || expression.type === 'OptionalCallExpression';
    const isSuper = expression.type === 'CallExpression' && expression.callee.type === 'Super';
    if (called && !isSuper) yield t.emptyStatement();
  },
};
