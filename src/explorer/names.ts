import type { Trace, Written } from '../graph/index.js';
import { sixDigits } from '../report/numbers.js';
import { subscript } from './tex-text.js';

/** What each node is called: its label where it has one that no other node has, else vᵢ. */
export function namesOfNodes(trace: Trace): ReadonlyMap<number, string> {
  const count = new Map<string, number>();
  for (const { label } of trace.nodes) {
    if (label !== undefined) count.set(label, (count.get(label) ?? 0) + 1);
  }
  return new Map(
    trace.nodes.map(({ i, label }) => {
      const own = label !== undefined && count.get(label) === 1 ? label : undefined;
      return [i, own ?? `v${subscript(i)}`];
    }),
  );
}

/** A number for the eye: six significant digits and a true minus sign. */
export function printNumber(x: number): string {
  return sixDigits(x).replaceAll('-', '−');
}

/** Values for the eye, row by row, the middle left out where there are many: `[1, 2, … 7 more …, 10]`. */
export function printValue(values: readonly number[], shape: readonly number[], most = 6): string {
  if (shape.length === 0) return printNumber(values[0]!);
  const [length = 0, ...inner] = shape;
  const stride = inner.reduce((product, n) => product * n, 1);
  const part = (k: number): string =>
    printValue(values.slice(k * stride, (k + 1) * stride), inner, most);
  const indices = [...Array(length).keys()];
  if (length <= most) return `[${indices.map(part).join(', ')}]`;
  const first = indices.slice(0, most - 2).map(part);
  return `[${first.join(', ')}, … ${length - most + 1} more …, ${part(length - 1)}]`;
}

/** How tightly the signs of a rule bind. */
const INFIX: Readonly<Record<string, readonly [string, number]>> = {
  add: [' + ', 1],
  sub: [' − ', 1],
  mul: [' · ', 2],
  div: [' / ', 2],
  greater: [' > ', 0],
  equal: [' = ', 0],
};
const TIGHTEST = 4;

/** What a backward rule wrote, as one line: `∂L/∂v₆ · 4 · σ(2 · v₅) · σ(−2 · v₅)`. */
export function printRule(rule: Written, names: ReadonlyMap<number, string>): string {
  return print(rule, names).text;
}

interface Printed {
  readonly text: string;
  readonly binding: number;
}

function print(rule: Written, names: ReadonlyMap<number, string>): Printed {
  if ('gradient' in rule) return { text: `∂L/∂${names.get(rule.gradient)}`, binding: TIGHTEST };
  if ('node' in rule) return { text: names.get(rule.node)!, binding: TIGHTEST };
  if ('constant' in rule) {
    const same = rule.constant.every((value) => Object.is(value, rule.constant[0]));
    const text = same
      ? printNumber(rule.constant[0] ?? 0)
      : printValue(rule.constant, [rule.constant.length]);
    return { text, binding: text.startsWith('−') ? 3 : TIGHTEST };
  }
  const inputs = rule.inputs.map((input) => print(input, names));
  if (rule.op === 'broadcast' && 'constant' in rule.inputs[0]!) return inputs[0]!;
  const within = (input: Printed, least: number): string =>
    input.binding < least ? `(${input.text})` : input.text;
  const [a, b] = inputs;
  const infix = INFIX[rule.op];
  if (infix && a && b) {
    const [sign, binding] = infix;
    // A product of products needs no parentheses for the reader; a difference or a quotient does.
    const right = rule.op === 'add' || rule.op === 'mul' ? binding : binding + 1;
    return { text: within(a, binding) + sign + within(b, right), binding };
  }
  if (rule.op === 'neg' && a) return { text: `−${within(a, 2)}`, binding: 1 };
  if (rule.op === 'square' && a) return { text: `${within(a, TIGHTEST)}²`, binding: 3 };
  if (rule.op === 'sigmoid' && a) return { text: `σ(${a.text})`, binding: TIGHTEST };
  const args = [...inputs.map(({ text }) => text), ...settingsOf(rule.settings)];
  return { text: `${rule.op}(${args.join(', ')})`, binding: TIGHTEST };
}

/** The settings of an op that differ from nothing: `transposeB`, `axes = 0`. */
export function settingsOf(settings: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.entries(settings ?? {}).flatMap(([name, value]) => {
    if (value === false || value === undefined) return [];
    return value === true ? name : `${name} ${JSON.stringify(value)}`;
  });
}
