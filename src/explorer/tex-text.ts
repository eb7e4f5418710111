import { isInfix, needsParentheses, type Tex } from './tex.js';

const SUBSCRIPTS = scriptTable(
  '0123456789+−=()aehijklmnoprstuvx',
  '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ',
);
const SUPERSCRIPTS = scriptTable(
  '0123456789+−=()abcdefghijklmnoprstuvwxyz⊤',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ',
);

/** A formula for the terminal: `v₆ = σ(v₅) = 1 / (1 + e^(−v₅))`. */
export function texToText(tex: Tex): string {
  return print(tex).replace(/ {2,}/g, ' ').trim();
}

/** A whole number as a subscript: 12 → ₁₂. */
export function subscript(n: number): string {
  return inScript(String(n), SUBSCRIPTS)!;
}

/** The letters and digits of a name, apart from those that hang below it: x₁₂ → [x, 12]. */
export function splitSubscript(name: string): [string, string] {
  const characters = [...name];
  let start = characters.length;
  while (start > 1 && LOWERED.has(characters[start - 1]!)) start -= 1;
  const below = characters.slice(start).map((character) => LOWERED.get(character)!);
  return [characters.slice(0, start).join(''), below.join('')];
}

function print(tex: Tex): string {
  switch (tex.kind) {
    case 'row':
      return printRow(tex.parts);
    case 'fraction':
      return `${grouped(tex.top)}/${grouped(tex.bottom)}`;
    case 'root':
      return `√${grouped(tex.of)}`;
    case 'scripts': {
      const negative = tex.base.kind === 'number' && tex.base.text.startsWith('−');
      const base = negative ? `(${tex.base.text})` : print(tex.base);
      const lowered = tex.sub ? script('_', tex.sub, SUBSCRIPTS) : '';
      const raised = tex.sup ? script('^', tex.sup, SUPERSCRIPTS) : '';
      const apart = lowered !== '' && splitSubscript(base)[1] !== '';
      return (apart ? `(${base})` : base) + lowered + raised;
    }
    default:
      return tex.text;
  }
}

function printRow(parts: readonly Tex[]): string {
  let out = '';
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const text = print(part);
    if (isInfix(part, before)) out += ` ${text} `;
    else if (part.kind === 'sign' && text === ',') out += ', ';
    else if (needsParentheses(part, before)) out += `(${text})`;
    else out += before && isOperand(before) && isOperand(part) ? ` ${text}` : text;
  }
  return out;
}

/** Two of these next to each other need a space between them: ln x, W x, ∑ x. */
function isOperand(tex: Tex): boolean {
  return tex.kind === 'sign' ? tex.text === '∑' || tex.text === '∫' : tex.kind !== 'space';
}

/** In parentheses, unless it is a single thing. */
function grouped(tex: Tex): string {
  const text = print(tex);
  return tex.kind === 'row' || tex.kind === 'fraction' ? `(${text})` : text;
}

function script(sign: string, tex: Tex, table: ReadonlyMap<string, string>): string {
  const text = print(tex).replaceAll(' ', '');
  const raised = inScript(text, table);
  if (raised !== undefined) return raised;
  return tex.kind === 'row' ? `${sign}(${text})` : `${sign}${text}`;
}

function inScript(text: string, table: ReadonlyMap<string, string>): string | undefined {
  const characters = [...text].map((character) => table.get(character));
  return characters.every((character) => character !== undefined) ? characters.join('') : undefined;
}

function scriptTable(from: string, to: string): ReadonlyMap<string, string> {
  const scripts = [...to];
  return new Map([...from].map((character, index) => [character, scripts[index]!]));
}

const LOWERED: ReadonlyMap<string, string> = new Map(
  [...SUBSCRIPTS].map(([character, below]) => [below, character]),
);
