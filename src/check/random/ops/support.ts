import type { Node } from '../../../graph/index.js';
import { broadcastOf, type Definition } from '../../reference/index.js';
import type { Use } from '../../use.js';
import type { GraphOp } from '../graph-op.js';

/** How far values stay away from kinks and from the edges of domains, so that differences do not cross over. */
export const MARGIN: number = 1 / 16;

export function awayFrom(...places: number[]): (x: number) => boolean {
  return (x) => places.every((place) => Math.abs(x - place) >= MARGIN);
}

/** Takes settings from a number, one after the other: `next(n)` is one of 0 … n − 1. */
export function settings(choice: number): (n: number) => number {
  let rest = choice;
  return (n) => {
    const digit = rest % n;
    rest = Math.floor(rest / n);
    return digit;
  };
}

/** y = f(x), element by element, where each element fits. */
export function unary(
  name: string,
  f: (x: Node) => Node,
  definition: Definition,
  fits: (x: number) => boolean = () => true,
): GraphOp {
  const use: Use = { text: (x) => `${name}(${x})`, f: (x) => f(x!), definition };
  return { arity: 1, use: (_, x) => (x!.values.every(fits) ? use : undefined) };
}

/** y = f(a, b), element by element, broadcast, where each pair of elements fits. */
export function binary(
  name: string,
  f: (a: Node, b: Node) => Node,
  definition: Definition,
  fits?: (a: number, b: number) => boolean,
): GraphOp {
  const use: Use = { text: (a, b) => `${name}(${a}, ${b})`, f: (a, b) => f(a!, b!), definition };
  return {
    arity: 2,
    use: (_, a, b) => {
      if (!broadcastOf(a!.shape, b!.shape)) return undefined;
      return !fits || a!.values.every((p) => b!.values.every((q) => fits(p, q))) ? use : undefined;
    },
  };
}

/** TypeScript of an options object: `, { keepAxes: true }`, or nothing where none is set. */
export function optionsText(options: Readonly<Record<string, unknown>>): string {
  const set = Object.entries(options).filter(([, value]) => value !== undefined && value !== false);
  return set.length === 0
    ? ''
    : `, { ${set.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

/** TypeScript of nested lists of numbers. */
export const listText = (list: readonly unknown[]): string =>
  JSON.stringify(list).replaceAll(',', ', ');
