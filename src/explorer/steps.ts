import type { Trace, TracedGradient, TracedNode, TracedTerm } from '../graph/index.js';
import { element, escapeMarkup } from '../report/markup.js';
import { formulaOf } from './formulas.js';
import { htmlText } from './lettering.js';
import { namesOfNodes, printNumber, printRule, settingsOf } from './names.js';
import { parseTex, type Tex } from './tex.js';
import {
  fraction,
  math,
  name,
  number,
  row,
  sign,
  texToMathml,
  valueToMathml,
} from './tex-mathml.js';

const GAP = element('mspace', { width: '0.15em' });

/** More terms of a sum than these are left to the table. */
const MOST_TERMS = 4;

/** What happens at each step, i = 1 … N and then i = N … 1, as sections of a page. */
export function stepsOf(trace: Trace): string[] {
  const writer = new StepWriter(trace);
  return [
    ...trace.nodes.map((node) => writer.forward(node)),
    ...trace.gradients.map((gradient) => writer.backward(gradient)),
  ];
}

class StepWriter {
  readonly #trace: Trace;
  readonly #names: ReadonlyMap<number, string>;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#names = namesOfNodes(trace);
  }

  /** vᵢ from its parents: in symbols, in numbers, and what comes of it. */
  forward(node: TracedNode): string {
    const own = this.#name(node.i);
    const parents = node.parents.map((i) => this.#node(i));
    const symbols = parents.map(({ i }): Tex => ({ kind: 'name', text: this.#name(i) }));
    const formula = formulaOf(node, own, symbols);
    const result = formula ? texToMathml(formula.result) : name(own);
    const steps = formula?.value.map(texToMathml) ?? [];
    if (formula && [node, ...parents].every(isScalar)) {
      const numbers = parents.map(
        ({ value }): Tex => ({ kind: 'number', text: printNumber(value[0]!) }),
      );
      steps.push(texToMathml(formulaOf(node, own, numbers)!.value[0]!));
    }
    steps.push(valueToMathml(node.value, node.shape));
    return this.#step('forward', node.i, equation(result, steps), this.#opNote(node));
  }

  /** ∂L/∂vᵢ as the sum over children, and where each of its terms comes from. */
  backward({ i, value, terms }: TracedGradient): string {
    const left = partial('ℒ', this.#name(i));
    const shape = this.#node(i).shape;
    if (value === null) {
      const note = 'Nothing that leads to ℒ passes a gradient on to this node.';
      return this.#step('backward', i, equation(left, [number('0')]), paragraph(note));
    }
    const total = valueToMathml(value, shape);
    if (terms.length === 0) {
      return this.#step(
        'backward',
        i,
        equation(left, [total]),
        paragraph('The loss itself: this is where the pass begins.'),
      );
    }
    const steps = [this.#inSymbols(i, terms)];
    const scalar = terms.every(({ child }) => isScalar(this.#node(child))) && shape.length === 0;
    if (scalar) {
      steps.push(sumOf(terms, (term, position) => product(term, position)));
      if (terms.length > 1) {
        steps.push(sumOf(terms, ({ value: [x] }, position) => signed(x!, position)));
      }
    }
    return this.#step(
      'backward',
      i,
      equation(left, [...steps, total]),
      this.#table(i, terms, scalar),
    );
  }

  #inSymbols(i: number, terms: readonly TracedTerm[]): string {
    return sumOf(terms, ({ child }) =>
      row(partial('ℒ', this.#name(child)), GAP, partial(this.#name(child), this.#name(i))),
    );
  }

  /** Every term of the sum: which child, through which of its inputs, by which rule, how much. */
  #table(i: number, terms: readonly TracedTerm[], scalar: boolean): string {
    const heads = [
      'child',
      math(partial('ℒ', 'vⱼ')),
      ...(scalar ? [math(partial('vⱼ', 'vᵢ'))] : []),
      'what its backward rule wrote',
      'term',
    ];
    const rows = terms.map((term) => {
      const child = this.#node(term.child);
      const uses = child.parents.filter((parent) => parent === i).length;
      const slot = uses > 1 ? escapeMarkup(` (as ${child.slots[term.slot]})`) : '';
      const cells = [
        math(name(this.#name(term.child))) + slot,
        math(valueToMathml(term.upstream, child.shape)),
        ...(scalar ? [math(valueToMathml(term.local, []))] : []),
        htmlText(term.rule ? printRule(term.rule, this.#names) : `the rule of ${child.op}`),
        math(valueToMathml(term.value, this.#node(i).shape)),
      ];
      return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
    });
    const head = element('tr', {}, ...heads.map((cell) => element('th', { scope: 'col' }, cell)));
    const table = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
    return element('div', { class: 'table' }, table);
  }

  #opNote({ op, formula, settings, shape, parents }: TracedNode): string {
    const kind = escapeMarkup([op, ...settingsOf(settings)].join(', '));
    const rule =
      parents.length > 0 ? ` ${math(texToMathml(parseTex(formula)))}` : ': given, not computed';
    const size = shape.length > 0 ? `, of shape [${shape.join(', ')}]` : '';
    return element('p', {}, element('b', {}, kind), rule, size);
  }

  #step(phase: 'forward' | 'backward', i: number, formula: string, more: string): string {
    const heading = `${phase === 'forward' ? 'Forward' : 'Backward'}, i = ${i}`;
    return element(
      'section',
      { class: 'step', 'data-phase': phase, 'data-i': String(i) },
      element('h2', {}, heading),
      element('div', { class: 'formula' }, formula),
      more,
    );
  }

  #name(i: number): string {
    return this.#names.get(i)!;
  }

  #node(i: number): TracedNode {
    return this.#trace.nodes[i - 1]!;
  }
}

/** left = step = step …, a line each, the equality signs below each other. */
function equation(left: string, steps: readonly string[]): string {
  const cell = (content: string): string => element('mtd', {}, content);
  const lines = steps.map((step, k) =>
    element('mtr', {}, cell(k === 0 ? left : ''), cell(sign('=')), cell(step)),
  );
  return element(
    'math',
    { display: 'block' },
    element('mtable', { class: 'equation', displaystyle: 'true' }, ...lines),
  );
}

/** ∂top/∂bottom */
function partial(top: string, bottom: string): string {
  return fraction(row(sign('∂'), name(top)), row(sign('∂'), name(bottom)));
}

function sumOf(
  terms: readonly TracedTerm[],
  print: (term: TracedTerm, position: number) => string,
): string {
  const shown = terms.length > MOST_TERMS ? terms.slice(0, MOST_TERMS - 1) : terms;
  const parts = shown.map(print);
  if (shown !== terms) parts.push(sign('⋯'));
  return row(parts.join(sign('+')));
}

function product({ upstream: [a], local: [b] }: TracedTerm, position: number): string {
  return row(signed(a!, position), sign('·'), signed(b!, 1));
}

/** A number within a sum or product: a negative one in parentheses, unless it comes first. */
function signed(x: number, position: number): string {
  const text = printNumber(x);
  const plain = number(text);
  return position > 0 && text.startsWith('−') ? row(sign('('), plain, sign(')')) : plain;
}

function isScalar({ shape }: TracedNode): boolean {
  return shape.length === 0;
}

function paragraph(text: string): string {
  return element('p', {}, escapeMarkup(text));
}
