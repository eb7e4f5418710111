/**
 * The little TeX that the ops' formulas are written in, as a tree: enough to print them in a terminal
 * and as MathML, with the names of real nodes put in the place of y, x, a and b.
 */
export type Tex =
  | { readonly kind: 'name' | 'number' | 'word' | 'sign' | 'space'; readonly text: string }
  | { readonly kind: 'row'; readonly parts: readonly Tex[] }
  | { readonly kind: 'fraction'; readonly top: Tex; readonly bottom: Tex }
  | { readonly kind: 'root'; readonly of: Tex }
  | { readonly kind: 'scripts'; readonly base: Tex; readonly sub?: Tex; readonly sup?: Tex };

const NAMES: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ϵ',
  varepsilon: 'ε',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  Phi: 'Φ',
  top: '⊤',
  infty: '∞',
};

const SIGNS: Readonly<Record<string, string>> = {
  cdot: '·',
  ge: '≥',
  in: '∈',
  int: '∫',
  ldots: '…',
  le: '≤',
  ne: '≠',
  odot: '⊙',
  partial: '∂',
  sim: '∼',
  sum: '∑',
  times: '×',
  to: '→',
  '|': '‖',
  // A thin space between two factors is a product.
  ',': '·',
  '{': '{',
  '}': '}',
};

const SPACES: ReadonlySet<string> = new Set([';', ':', '!', ' ', 'quad']);
const IGNORED: ReadonlySet<string> = new Set(['left', 'right', 'textstyle', 'displaystyle']);
/** Commands whose argument is set upright, or in letters that a terminal does not have. */
const UPRIGHT: ReadonlySet<string> = new Set(['text', 'operatorname', 'mathrm']);
const ALPHABETS: ReadonlySet<string> = new Set(['mathcal', 'mathbf', 'mathbb']);
const FRACTIONS: ReadonlySet<string> = new Set(['frac', 'tfrac', 'dfrac']);

const TOKEN = /\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|:=|\s+|./gsu;

/** Reads a formula. What is not known is left as it is typed; nothing is thrown. */
export function parseTex(source: string): Tex {
  const tokens = (source.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  let next = 0;

  const row = (): Tex => {
    const parts: Tex[] = [];
    while (next < tokens.length && tokens[next] !== '}') {
      const part = scripts();
      if (part) parts.push(part);
    }
    return parts.length === 1 ? parts[0]! : { kind: 'row', parts };
  };

  /** An atom with what is above and below it; nothing for commands that print nothing. */
  const scripts = (): Tex | undefined => {
    const base = atom();
    let sub: Tex | undefined;
    let sup: Tex | undefined;
    for (let sign = tokens[next]; sign === '_' || sign === '^'; sign = tokens[next]) {
      next += 1;
      if (sign === '_') sub = argument();
      else sup = argument();
    }
    if (!sub && !sup) return base;
    return {
      kind: 'scripts',
      base: base ?? { kind: 'row', parts: [] },
      ...(sub && { sub }),
      ...(sup && { sup }),
    };
  };

  const argument = (): Tex => atom() ?? { kind: 'row', parts: [] };

  const atom = (): Tex | undefined => {
    const token = tokens[next++];
    if (token === undefined) return undefined;
    if (token === '{') {
      const inside = row();
      next += 1;
      return inside;
    }
    if (!token.startsWith('\\')) return { kind: kindOf(token), text: token === '-' ? '−' : token };
    const command = token.slice(1);
    if (IGNORED.has(command)) return undefined;
    if (SPACES.has(command)) return { kind: 'space', text: ' ' };
    if (FRACTIONS.has(command)) return { kind: 'fraction', top: argument(), bottom: argument() };
    if (command === 'sqrt') return { kind: 'root', of: argument() };
    if (ALPHABETS.has(command)) return argument();
    if (UPRIGHT.has(command)) return { kind: 'word', text: letters(argument()) };
    if (SIGNS[command]) return { kind: 'sign', text: SIGNS[command] };
    if (NAMES[command]) return { kind: 'name', text: NAMES[command] };
    return { kind: 'word', text: command };
  };

  return row();
}

/** The formula with other things in the place of some of its one-letter names. */
export function substitute(tex: Tex, names: ReadonlyMap<string, Tex>): Tex {
  const inside = (part: Tex): Tex => substitute(part, names);
  switch (tex.kind) {
    case 'name':
      return names.get(tex.text) ?? tex;
    case 'row':
      return { kind: 'row', parts: tex.parts.map(inside) };
    case 'fraction':
      return { kind: 'fraction', top: inside(tex.top), bottom: inside(tex.bottom) };
    case 'root':
      return { kind: 'root', of: inside(tex.of) };
    case 'scripts':
      return {
        kind: 'scripts',
        base: inside(tex.base),
        ...(tex.sub && { sub: inside(tex.sub) }),
        ...(tex.sup && { sup: inside(tex.sup) }),
      };
    default:
      return tex;
  }
}

/** Every name that a formula mentions. */
export function namesOf(tex: Tex): string[] {
  switch (tex.kind) {
    case 'name':
      return [tex.text];
    case 'row':
      return tex.parts.flatMap(namesOf);
    case 'fraction':
      return [tex.top, tex.bottom].flatMap(namesOf);
    case 'root':
      return namesOf(tex.of);
    case 'scripts':
      return [tex.base, tex.sub, tex.sup].flatMap((part) => (part ? namesOf(part) : []));
    default:
      return [];
  }
}

function kindOf(token: string): 'name' | 'number' | 'sign' {
  if (/^\d/.test(token)) return 'number';
  return /^\p{L}/u.test(token) ? 'name' : 'sign';
}

function letters(tex: Tex): string {
  if (tex.kind === 'row') return tex.parts.map(letters).join('');
  return 'text' in tex ? tex.text : '';
}

/** Whether a number with a minus needs parentheses where it stands: not at the beginning, nor after (. */
export function needsParentheses(part: Tex, before: Tex | undefined): boolean {
  if (part.kind !== 'number' || !part.text.startsWith('−') || !before) return false;
  return !(before.kind === 'sign' && OPENING.has(before.text));
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', ',', '|', '=']);

/** Whether a sign stands between two operands: − in a − b, but not in −a. */
export function isInfix(part: Tex, before: Tex | undefined): boolean {
  if (part.kind !== 'sign' || !INFIX.has(part.text)) return false;
  if (!before) return false;
  return before.kind !== 'sign' || CLOSING.has(before.text);
}

const INFIX: ReadonlySet<string> = new Set([...'+−·=><≥≤≠∼∈⊙×/?:→', ':=']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '|', '…']);
