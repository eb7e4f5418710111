import { mistakeAt, type Place } from './mistake.js';
import { type Token, tokenise } from './tokens.js';

/** What was typed, as a tree; each part knows its place in the source, for carets. */
export type Expression = Place &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'negative'; readonly of: Expression }
    | {
        readonly kind: 'binary';
        readonly op: BinarySign;
        readonly a: Expression;
        readonly b: Expression;
      }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  );

export type BinarySign = '+' | '-' | '*' | '/' | '^';

/** `name = value`, or a value alone. */
export interface Statement extends Place {
  readonly name?: string;
  readonly value: Expression;
}

/** How tightly a sign binds. A minus in front stands between * and ^: −x^2 is −(x^2), and −x*y is (−x)*y. */
const BINDING: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };
const NEGATION = 3;

const DEEPEST = 200;

/**
 * Statements, separated by `;` or line breaks:
 *
 *     statement  =  [ name "=" ] sum
 *     sum        =  product { ("+" | "-") product }
 *     product    =  negation { ("*" | "/") negation }
 *     negation   =  "-" negation  |  power
 *     power      =  atom [ "^" negation ]                       (so 2^-x, and a^b^c is a^(b^c))
 *     atom       =  number | name | name "(" list ")" | "[" list "]" | "(" sum ")"
 *
 * @throws Mistake with a caret under the first place that does not fit
 */
export function parse(source: string): Statement[] {
  return new Parser(source).program();
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenise(source);
  }

  program(): Statement[] {
    const statements: Statement[] = [];
    while (this.#token.kind !== 'end') {
      if (this.#token.kind === 'end of statement') this.#next += 1;
      else statements.push(this.#statement());
    }
    if (statements.length === 0) this.#fail('there is nothing to compute here');
    return statements;
  }

  #statement(): Statement {
    const first = this.#token;
    const named = first.kind === 'name' && this.#tokens[this.#next + 1]!.text === '=';
    if (named) this.#next += 2;
    const value = this.#binary(1);
    if (!this.#token.kind.startsWith('end')) this.#failAfterValue();
    return { ...(named && { name: first.text }), value, start: first.start, end: value.end };
  }

  /** Precedence climbing: signs that bind at least this tightly. */
  #binary(least: number): Expression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.#fail(`this is nested more than ${DEEPEST} deep`);
    let a = this.#prefix(least);
    for (;;) {
      const { text } = this.#token;
      const binding = this.#token.kind === 'symbol' ? (BINDING[text] ?? 0) : 0;
      if (binding < least || binding === 0) break;
      this.#next += 1;
      const b = this.#binary(text === '^' ? NEGATION : binding + 1);
      a = { kind: 'binary', op: text as BinarySign, a, b, start: a.start, end: b.end };
    }
    this.#depth -= 1;
    return a;
  }

  #prefix(least: number): Expression {
    const { start } = this.#token;
    if (this.#is('-')) {
      this.#next += 1;
      const of = this.#binary(Math.max(least, NEGATION));
      return { kind: 'negative', of, start, end: of.end };
    }
    if (this.#is('+')) this.#fail('a + needs something on its left');
    return this.#atom();
  }

  #atom(): Expression {
    const token = this.#token;
    this.#next += 1;
    const { start, end } = token;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), start, end };
    if (token.kind === 'name') {
      if (!this.#is('(')) return { kind: 'name', name: token.text, start, end };
      const { items, end: close } = this.#list('(', ')');
      return { kind: 'call', name: token.text, args: items, start, end: close };
    }
    this.#next -= 1;
    if (this.#is('(')) {
      const { items, end: close } = this.#list('(', ')');
      const [inside, second] = items;
      if (!inside)
        throw mistakeAt(
          this.#source,
          { start, end: close },
          'there is nothing between these parentheses',
        );
      if (second)
        throw mistakeAt(
          this.#source,
          second,
          'a comma only separates the inputs of a function, or the numbers of a [list]',
        );
      return { ...inside, start, end: close };
    }
    if (this.#is('[')) return { kind: 'list', start, ...this.#list('[', ']') };
    return this.#fail(`a number, a name or a parenthesis is missing ${this.#here()}`);
  }

  #list(open: string, close: string): { items: Expression[]; end: number } {
    const opening = this.#token;
    const items: Expression[] = [];
    this.#next += 1;
    if (!this.#is(close)) {
      items.push(this.#binary(1));
      while (this.#is(',')) {
        this.#next += 1;
        items.push(this.#binary(1));
      }
    }
    const { end, kind } = this.#token;
    if (!this.#is(close)) {
      if (!kind.startsWith('end')) this.#failAfterValue();
      throw mistakeAt(this.#source, opening, `this ${open} is never closed`);
    }
    this.#next += 1;
    return { items, end };
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #is(symbol: string): boolean {
    return this.#token.kind === 'symbol' && this.#token.text === symbol;
  }

  #here(): string {
    const { kind, text } = this.#token;
    if (kind === 'end') return 'at the end';
    return kind === 'end of statement' ? 'at the end of the statement' : `before "${text}"`;
  }

  #fail(message: string): never {
    throw mistakeAt(this.#source, this.#token, message);
  }

  /** A value is complete, and what follows cannot stand there. */
  #failAfterValue(): never {
    const { text } = this.#token;
    if (text === ')' || text === ']') this.#fail(`there is no opening bracket for this ${text}`);
    if (text === '=') this.#fail('only a single name can stand to the left of an =');
    if (text === ',')
      this.#fail('a comma only separates the inputs of a function, or the numbers of a [list]');
    this.#fail(`a sign is missing before "${text}"; a product is written with *`);
  }
}
