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

/** The lines of a stack from the user's own line on, without those of this library; all where none is left. */
export function userFrames(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const outside = frames.filter((line) => !line.includes(library) && !line.includes(libraryPath));
  // What the library called `map` with stands before the user's line, and is nobody's.
  const own = outside.findIndex((line) => !line.endsWith('(<anonymous>)'));
  return own >= 0 ? outside.slice(own) : frames;
}
