import { mistakeAt, type Place } from './mistake.js';

export interface Token extends Place {
  readonly kind: 'number' | 'name' | 'symbol' | 'end of statement' | 'end';
  readonly text: string;
}

/** More than anyone types, and few enough that nested expressions cannot exhaust the stack. */
const MOST_TOKENS = 5000;

const SPACE = /[^\S\n]+|\\\n/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_′]*/uy;
const SYMBOL = /\*\*|[-+*/^()[\],=−–·×⋅÷]/y;
const BREAK = /[;\n]/y;

/** What a program of the explain command also understands, so that what it prints can be typed. */
const SYNONYMS: Readonly<Record<string, string>> = {
  '**': '^',
  '−': '-',
  '–': '-',
  '·': '*',
  '×': '*',
  '⋅': '*',
  '÷': '/',
};

/** The words of a program. Throws a Mistake with a caret under a character that begins none. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token['kind'], text: string, length = text.length): void => {
    tokens.push({ kind, text, start: at, end: at + length });
    at += length;
  };

  while (at < source.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const number = match(NUMBER);
    const name = match(NAME);
    const symbol = match(SYMBOL);
    const end = match(BREAK);
    if (number !== undefined) push('number', number);
    else if (name !== undefined) push('name', name);
    else if (symbol !== undefined) push('symbol', SYNONYMS[symbol] ?? symbol, symbol.length);
    else if (end !== undefined) push('end of statement', end);
    else {
      const character = String.fromCodePoint(source.codePointAt(at)!);
      const place = { start: at, end: at + character.length };
      throw mistakeAt(source, place, `"${character}" means nothing here`);
    }
    if (tokens.length > MOST_TOKENS) {
      throw mistakeAt(
        source,
        tokens.at(-1)!,
        `this is too long: at most ${MOST_TOKENS} names, numbers and signs`,
      );
    }
  }
  push('end', '', 0);
  return tokens;
}
