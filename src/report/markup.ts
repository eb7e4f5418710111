// SVG and HTML as text. Words come from users' files: nothing is printed that has not been escaped.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What XML forbids: control characters, halves of a surrogate pair, and two non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that may stand between tags and inside quoted attributes, in HTML and in XML. */
export function escapeMarkup(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * `<name a="…">…</name>`. Attribute values are escaped, numbers printed to a hundredth, undefined
 * ones left out; `content` is markup already.
 */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
  const inside = content.join('');
  const tag = name + Object.entries(attributes).map(printed).join('');
  return inside === '' && EMPTY.has(name) ? `<${tag}/>` : `<${tag}>${inside}</${name}>`;
}

/** Coordinates in a drawing, to a hundredth of a pixel: `12.5 3`. */
export function at(...coordinates: number[]): string {
  return coordinates.map((x) => Math.round(x * 100) / 100).join(' ');
}

/** The elements that end where they begin. (HTML would read `<p/>` as a paragraph left open.) */
const EMPTY: ReadonlySet<string> = new Set(['path', 'rect']);

function printed([name, value]: readonly [string, string | number | undefined]): string {
  if (value === undefined) return '';
  return ` ${name}="${typeof value === 'number' ? at(value) : escapeMarkup(value)}"`;
}
