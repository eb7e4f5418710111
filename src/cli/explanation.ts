import { styleText } from 'node:util';
import {
  formulaOf,
  namesOfNodes,
  printNumber,
  printRule,
  printValue,
  texToText,
} from '../explorer/index.js';
import type { Trace, TracedGradient, TracedNode, TracedTerm } from '../graph/index.js';
import { columnsOf } from '../report/characters.js';

export interface ExplanationOptions {
  /** Also print what each op's backward rule wrote. */
  readonly rules?: boolean;
  /** Terms of a sum stand in one line as long as they fit in this many columns (default 80). */
  readonly columns?: number;
}

/** Both passes of a trace for the terminal: the numbered values, then every term of every sum. */
export function explanation(trace: Trace, options: ExplanationOptions = {}): string {
  const writer = new Writer(trace, options);
  return [...writer.forward(), '', ...writer.backward()].join('\n');
}

const forwardPaint = (text: string): string => styleText('cyan', text);
const backwardPaint = (text: string): string => styleText('yellow', text);
const strong = (text: string): string => styleText('bold', text);
const faint = (text: string): string => styleText('dim', text);

class Writer {
  readonly #trace: Trace;
  readonly #options: ExplanationOptions;
  readonly #names: ReadonlyMap<number, string>;
  /** How wide the column of node numbers is. */
  readonly #margin: number;

  constructor(trace: Trace, options: ExplanationOptions) {
    this.#trace = trace;
    this.#options = options;
    this.#names = namesOfNodes(trace);
    this.#margin = String(trace.nodes.length).length + 2;
  }

  forward(): string[] {
    const { nodes } = this.#trace;
    const definitions = nodes.map((node) => this.#definition(node.i));
    const width = maxColumns(definitions);
    const title = `Forward: for i = 1 … ${nodes.length}, compute vᵢ from its parents`;
    const lines = nodes.map((node, index) => {
      const definition = padEnd(definitions[index]!, width);
      return `${this.#number(node.i)}  ${definition}   ${forwardPaint(printValue(node.value, node.shape))}`;
    });
    return [strong(title), '', ...lines];
  }

  backward(): string[] {
    const { nodes, gradients } = this.#trace;
    const title = `Backward: for i = ${nodes.length} … 1, ∂L/∂vᵢ = Σ over children j of ∂L/∂vⱼ · ∂vⱼ/∂vᵢ`;
    return [strong(title), ...gradients.flatMap((gradient) => ['', ...this.#gradient(gradient)])];
  }

  /** `v₆ = tanh v₅`, or just the name of what is given. */
  #definition(i: number): string {
    const node = this.#node(i);
    const name = this.#names.get(i)!;
    const inputs = node.parents.map(
      (parent) => ({ kind: 'name', text: this.#names.get(parent)! }) as const,
    );
    const formula = formulaOf(node, name, inputs);
    return formula ? `${texToText(formula.result)} = ${texToText(formula.value[0]!)}` : name;
  }

  #gradient(gradient: TracedGradient): string[] {
    const { i, value, terms } = gradient;
    const head = `∂L/∂${this.#names.get(i)}`;
    const lines = this.#sum(gradient);
    if (value === null)
      lines.push(`= 0   ${faint('nothing that leads to L passes a gradient on')}`);
    else if (terms.length === 0)
      lines.push(`= ${backwardPaint('1')}   ${faint('where the pass begins')}`);
    else lines.push(`= ${backwardPaint(strong(printValue(value, this.#node(i).shape)))}`);
    const indent = ' '.repeat(this.#margin + 2 + columnsOf(head));
    return lines.map((line, index) =>
      index === 0 ? `${this.#number(i)}  ${head} ${line}` : `${indent} ${line}`,
    );
  }

  /** The sum over children in symbols and in numbers: side by side where that fits, else a line a term. */
  #sum({ i, terms }: TracedGradient): string[] {
    const cells = terms.map((term, position) => this.#term(i, term, position));
    const [first = []] = cells;
    const rows = first.map(
      (_, row) =>
        `= ${cells
          .map((cell) => cell[row]!)
          .join(' + ')
          .trimEnd()}`,
    );
    const indent = this.#margin + columnsOf(`  ∂L/∂${this.#names.get(i)} `);
    const fits = indent + maxColumns(rows) <= (this.#options.columns ?? 80);
    if (fits && terms.every((term) => this.#isScalar(i, term))) {
      return terms.length > 1 ? rows : rows.slice(0, -1);
    }
    const lines = terms.map((term) => this.#term(i, term, 0).map((step) => step.trim()));
    if (terms.length === 1) return lines[0]!.slice(0, -1).map((step) => `= ${step}`);
    return lines.map((steps, position) => `${position === 0 ? '=' : '+'} ${steps.join(' = ')}`);
  }

  /** One term, of equal widths: in symbols, perhaps as its rule, as a product of numbers, and their product. */
  #term(i: number, term: TracedTerm, position: number): string[] {
    const child = this.#node(term.child);
    const childName = this.#names.get(term.child)!;
    const uses = child.parents.filter((parent) => parent === i).length;
    const slot = uses > 1 ? ` (as ${child.slots[term.slot]})` : '';
    const upstream = `∂L/∂${childName}`;
    const local = `∂${childName}/∂${this.#names.get(i)}${slot}`;
    const value = inSum(printValue(term.value, this.#node(i).shape), position);
    const rule = term.rule ? printRule(term.rule, this.#names) : `the rule of ${child.op}`;
    if (!this.#isScalar(i, term)) return [`${upstream} · ${local}`, rule, value];

    const factors = [
      [upstream, local],
      [inSum(printNumber(term.upstream[0]!), position), inSum(printNumber(term.local[0]!), 1)],
    ] as const;
    const left = maxColumns(factors.map(([factor]) => factor));
    const products = factors.map(([a, b]) => `${' '.repeat(left - columnsOf(a))}${a} · ${b}`);
    const [symbols, numbers] = products;
    const lines = [symbols!, ...(this.#options.rules ? [rule] : []), numbers!];
    const width = maxColumns([...lines, value]);
    const centred = ' '.repeat(Math.floor((width - columnsOf(value)) / 2)) + value;
    return [...lines, centred].map((line) => padEnd(line, width));
  }

  #isScalar(i: number, term: TracedTerm): boolean {
    return [i, term.child].every((number) => this.#node(number).shape.length === 0);
  }

  #node(i: number): TracedNode {
    return this.#trace.nodes[i - 1]!;
  }

  #number(i: number): string {
    return faint(String(i).padStart(this.#margin));
  }
}

/** A number within a sum or product: a negative one in parentheses, unless it comes first. */
function inSum(text: string, position: number): string {
  return position > 0 && text.startsWith('−') ? `(${text})` : text;
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

function maxColumns(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf));
}
