/**
 * A mistake in how the library is used. Its message says what is wrong and what would fit, and its
 * stack starts at the user's own line: the frames inside this library say nothing about the mistake.
 */
export class ChainruleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    this.stack = [`${this.name}: ${message}`, ...userFrames(this.stack ?? '')].join('\n');
  }
}

/** Shapes, lengths or axes that do not fit together. */
export class ShapeError extends ChainruleError {}

/** A value that is not finite where training needs one that is. */
export class NotFiniteError extends ChainruleError {}

const library = new URL('..', import.meta.url).href;
const libraryPath = decodeURIComponent(library.replace(/^file:\/\//, ''));

/** The lines of a stack that lie outside this library; all of them where none would be left. */
export function userFrames(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const outside = frames.filter((line) => !line.includes(library) && !line.includes(libraryPath));
  return outside.length > 0 ? outside : frames;
}
