// A strict little XML reader, so that what is drawn is judged by what a reader of the file sees.

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

/** @throws Error where the text is not a well-formed element */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  let at = 0;
  while (at < source.length) {
    const parent = open.at(-1)!;
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      parent.children.push(decoded(source.slice(at, end < 0 ? undefined : end)));
      at = end < 0 ? source.length : end;
      continue;
    }
    const closing = /^<\/([a-z][a-z0-9-]*)>/i.exec(source.slice(at, at + 100));
    if (closing) {
      if (open.length === 1 || parent.name !== closing[1]) throw new Error(`stray ${closing[0]}`);
      open.pop();
      at += closing[0].length;
      continue;
    }
    const opening = /<([a-z][a-z0-9-]*)((?:\s[a-z-]+="[^"<]*")*)(\/?)>/iy;
    opening.lastIndex = at;
    const match = opening.exec(source);
    if (!match) throw new Error(`no tag: ${source.slice(at, at + 60)}`);
    const attributes = new Map(
      [...match[2]!.matchAll(/([a-z-]+)="([^"]*)"/gi)].map((m) => [m[1]!, decoded(m[2]!)] as const),
    );
    const element: Element = { name: match[1]!, attributes, children: [] };
    parent.children.push(element);
    if (match[3] === '') open.push(element);
    at = opening.lastIndex;
  }
  const [element, ...others] = root.children;
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  if (others.length > 0 || typeof element !== 'object') throw new Error('not one element');
  return element;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text)) {
    throw new Error(`a character that XML forbids in ${JSON.stringify(text)}`);
  }
  return text.replace(/&([^;]*);?/g, (entity, name: string) => {
    if (/^#\d+$/.test(name)) return String.fromCodePoint(Number(name.slice(1)));
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`unknown entity ${entity}`);
    return character;
  });
}

export function* descendants(element: Element): Generator<Element> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* descendants(child);
  }
}

/** All elements of a name (and, if given, with a class). */
export function all(root: Element, name: string, className?: string): Element[] {
  return [...descendants(root)].filter(
    (element) =>
      element.name === name &&
      (className === undefined ||
        (element.attributes.get('class') ?? '').split(' ').includes(className)),
  );
}

export function textOf(element: Element): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : textOf(child)))
    .join('');
}

export function numberOf(element: Element, attribute: string): number {
  return Number(element.attributes.get(attribute));
}
