/** Something the user can put right. It is printed as one line (or a few), without a stack. */
export class Mistake extends Error {
  override name = 'Mistake';
}

/** Where something stands in a source text: characters `start` … `end` − 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A mistake at a place of a text, shown with carets under it:
 *
 *     there is no function "tahn"; did you mean tanh?
 *       tahn(w*x + b)
 *       ^^^^
 */
export function mistakeAt(source: string, { start, end }: Place, message: string): Mistake {
  if (source.trim() === '') return new Mistake(message);
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = source.indexOf('\n', start);
  const lineEnd = nextBreak === -1 ? source.length : nextBreak;
  const before = [...source.slice(lineStart, start).replaceAll('\t', ' ')];
  const marked = [...source.slice(start, Math.min(end, lineEnd))];
  const after = [...source.slice(Math.min(end, lineEnd), lineEnd)];
  const shown = [cutLeft(before), cutRight(marked), cutRight(after)].map((part) => part.join(''));
  const [left, middle] = shown as [string, string];
  const carets = '^'.repeat(Math.max([...middle].length, 1));
  return new Mistake(`${message}\n  ${shown.join('')}\n  ${' '.repeat([...left].length)}${carets}`);
}

/** Of a long line, only what is around the place is shown. */
const MOST = 60;
const cutLeft = (text: string[]): string[] =>
  text.length > MOST ? ['…', ...text.slice(-MOST)] : text;
const cutRight = (text: string[]): string[] =>
  text.length > MOST ? [...text.slice(0, MOST), '…'] : text;
