import { element, escapeMarkup } from '../report/markup.js';
import { printNumber, printValue } from './names.js';
import { isInfix, needsParentheses, type Tex } from './tex.js';
import { splitSubscript } from './tex-text.js';

/** A formula as MathML, which browsers draw and screen readers read. */
export function texToMathml(tex: Tex): string {
  return print(tex);
}

export const math = (...content: string[]): string =>
  element('math', { displaystyle: 'true' }, row(...content));
export const row = (...content: string[]): string => element('mrow', {}, ...content);
export const fraction = (top: string, bottom: string): string => element('mfrac', {}, top, bottom);
export const number = (text: string): string => token('mn', text);
export const sign = (text: string): string => token('mo', text);

/** A name, with the digits and letters that hang below it: v₁₂, vᵢ, w. */
export function name(text: string): string {
  const [base, below] = splitSubscript(text);
  if (below === '') return token('mi', base);
  return element('msub', {}, token('mi', base), low(below));
}

/** Values: a number, a short list, a small matrix; larger ones as text, the middle left out. */
export function valueToMathml(values: readonly number[], shape: readonly number[]): string {
  const [rows = 0, columns = 0] = shape;
  if (shape.length === 0) return number(printNumber(values[0]!));
  if (shape.length !== 2 || rows > 6 || columns > 6 || values.length === 0) {
    return token('mtext', printValue(values, shape));
  }
  const cells = values.map((value) => element('mtd', {}, number(printNumber(value))));
  const lines = Array.from({ length: rows }, (_, k) =>
    element('mtr', {}, ...cells.slice(k * columns, (k + 1) * columns)),
  );
  return element('mtable', { class: 'matrix' }, ...lines);
}

function print(tex: Tex): string {
  switch (tex.kind) {
    case 'name':
      return name(tex.text);
    case 'number':
      return number(tex.text);
    case 'word':
      return token('mi', tex.text, { mathvariant: 'normal' });
    case 'sign':
      return sign(tex.text);
    case 'space':
      return element('mspace', { width: '0.3em' });
    case 'row':
      return printRow(tex.parts);
    case 'fraction':
      return fraction(print(tex.top), print(tex.bottom));
    case 'root':
      return element('msqrt', {}, print(tex.of));
    case 'scripts':
      return scripts(tex);
  }
}

function printRow(parts: readonly Tex[]): string {
  return row(
    ...parts.map((part, index) => {
      const before = parts[index - 1];
      if (needsParentheses(part, before)) return row(sign('('), print(part), sign(')'));
      if (part.kind === 'sign' && !isInfix(part, before)) {
        return token('mo', part.text, part.text === '−' ? { form: 'prefix' } : {});
      }
      // A function and its argument, or two factors, stand a little apart.
      const apart = before && isWord(before) && !(part.kind === 'sign');
      return apart ? element('mspace', { width: '0.17em' }) + print(part) : print(part);
    }),
  );
}

function isWord(tex: Tex): boolean {
  return tex.kind === 'word' || tex.kind === 'name' || (tex.kind === 'scripts' && isWord(tex.base));
}

function scripts({ base, sub, sup }: Tex & { kind: 'scripts' }): string {
  const [letters, below] = base.kind === 'name' ? splitSubscript(base.text) : ['', ''];
  // The square of v₅ has 5 and 2 above each other; an element of v₅ is (v₅)ᵢ.
  if (below !== '' && !sub)
    return element('msubsup', {}, token('mi', letters), low(below), print(sup!));
  const negative = base.kind === 'number' && base.text.startsWith('−');
  const inner = negative || below !== '' ? row(sign('('), print(base), sign(')')) : print(base);
  if (sub && sup) return element('msubsup', {}, inner, print(sub), print(sup));
  if (sup) return element('msup', {}, inner, print(sup));
  const big = base.kind === 'sign' && base.text === '∑';
  return element(big ? 'munder' : 'msub', {}, inner, print(sub!));
}

/** What hangs below a name: 12, or i. */
function low(below: string): string {
  return /^\d+$/.test(below) ? number(below) : token('mi', below);
}

function token(tag: string, text: string, attributes: Record<string, string> = {}): string {
  return element(tag, attributes, escapeMarkup(text));
}
