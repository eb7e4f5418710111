// How wide a text will be, where no font can be asked.

/** Takes two columns of a terminal, and a full square of a line of text. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const HALF_WIDTH = /[\uff61-\uffdc]/u;
/** Stands on the character before it, or is not seen at all. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;
/** Would move the cursor, change the colours or the direction of what follows, or cannot be encoded. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with every character that could play tricks on a terminal replaced by �. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}

/** Columns of a terminal that a printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

function columnsOfCharacter(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1;
}

/** The text, cut to so many columns, the last of them an ellipsis when something was cut. */
export function cutTo(columns: number, text: string): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += columnsOfCharacter(character);
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text, broken between words so that no line is wider than `columns` (but a word that is alone). */
export function wrapped(columns: number, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && columnsOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Advance widths of Helvetica, Arial and Liberation Sans (one set of metrics) in thousandths of the
 * font size, by width.
 */
const ADVANCES: readonly (readonly [number, string])[] = [
  [191, "'"],
  [222, 'ijl'],
  [260, '|'],
  [278, ' !,./:;I[\\]ft'],
  [333, '()-`r'],
  [334, '{}'],
  [355, '"'],
  [389, '*'],
  [469, '^'],
  [500, 'Jcksvxyz'],
  [556, '#$0123456789?L_abdeghnopqu'],
  [584, '+<=>~'],
  [611, 'FTZ'],
  [667, '&ABEKPSVXY'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'Mm'],
  [889, '%'],
  [944, 'W'],
  [1015, '@'],
];

const ADVANCE: ReadonlyMap<string, number> = new Map(
  ADVANCES.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const)),
);

/** What a letter of another script takes, about. */
const OTHER_ADVANCE = 620;

/**
 * The width of a text in a sans-serif font of the given size. Exact for ASCII in Arial and its
 * metric twins (kerning aside); elsewhere an estimate, which is why whoever prints the text also
 * says `textLength`.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text.normalize('NFD')) {
    width += ADVANCE.get(character) ?? otherAdvance(character);
  }
  return (width / 1000) * fontSize;
}

function otherAdvance(character: string): number {
  const columns = columnsOfCharacter(character);
  return columns === 2 ? 1000 : columns * OTHER_ADVANCE;
}
