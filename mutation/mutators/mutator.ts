import type * as t from '@babel/types';

/** What a mutator sees: a node of the syntax tree, and what is around it. */
export interface Path {
  readonly node: t.Node;
  readonly parentPath: Path | null;
  readonly scope: { hasBinding(name: string): boolean };
}

/** The form of Stryker's mutators: for a node, all that it could wrongly have been. */
export interface Mutator {
  readonly name: string;
  mutate(path: Path): Iterable<t.Node>;
}

/** The name of the function that is called: `f` in f(x), `g` in x.g(y). */
export function calleeOf(call: t.CallExpression): string | undefined {
  const { callee } = call;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}

/** The name in f(x), but not in x.f(y). */
export function functionOf(call: t.CallExpression): string | undefined {
  return call.callee.type === 'Identifier' ? call.callee.name : undefined;
}

export function isExpression(node: t.Node | null | undefined): node is t.Expression {
  return (
    node !== null &&
    node !== undefined &&
    node.type !== 'SpreadElement' &&
    node.type !== 'ArgumentPlaceholder'
  );
}

/** Whether a + could join texts here. */
export function isText(node: t.Node): boolean {
  if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') return true;
  return (
    node.type === 'BinaryExpression' &&
    node.operator === '+' &&
    (isText(node.left) || isText(node.right))
  );
}
