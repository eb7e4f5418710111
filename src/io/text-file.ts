import { type OnReadProgress, readBytes } from './bytes.js';

/**
 * A text file, plain or gzipped, as UTF-8. A byte order mark is skipped. What is not UTF-8 becomes
 * U+FFFD (�), which separates words like a space, and is counted; a file that is no text is refused.
 */
export class TextFile {
  readonly path: string;
  readonly #onProgress: OnReadProgress | undefined;
  #unreadable = 0;

  constructor(path: string, onProgress?: OnReadProgress) {
    this.path = path;
    this.#onProgress = onProgress;
  }

  /** How many characters so far could not be read (or were � in the file already). */
  get unreadable(): number {
    return this.#unreadable;
  }

  /**
   * The text, chunk by chunk, cut anywhere but within a character.
   * @throws Error for a file that is missing, a folder, empty, damaged or binary
   */
  async *chunks(): AsyncGenerator<string> {
    this.#unreadable = 0;
    const decoder = new TextDecoder();
    let first = true;
    for await (const bytes of readBytes(this.path, this.#onProgress)) {
      if (first) refuseUtf16(this.path, bytes);
      first = false;
      if (bytes.includes(0)) {
        throw new Error(`${this.path} is not a text file: it has zero bytes.`);
      }
      yield this.#counted(decoder.decode(bytes, { stream: true }));
    }
    yield this.#counted(decoder.decode());
  }

  /** The lines, without their ends (\n or \r\n). */
  async *lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of this.chunks()) {
      const lines = chunk.split('\n');
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!;
      for (const line of lines) yield withoutReturn(line);
    }
    if (rest !== '') yield withoutReturn(rest);
  }

  #counted(text: string): string {
    for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
      this.#unreadable++;
    }
    return text;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function refuseUtf16(path: string, bytes: Uint8Array): void {
  const mark = (bytes[0]! << 8) | bytes[1]!;
  if (mark === 0xfffe || mark === 0xfeff) {
    throw new Error(
      `${path} is UTF-16; convert it first: iconv -f utf-16 -t utf-8 ${path} > utf8.txt`,
    );
  }
}
