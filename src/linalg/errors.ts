const library = new URL('..', import.meta.url).href;
const libraryPath = decodeURIComponent(library.replace('file://', ''));

/** The lines of a stack from the user's own line on, without those of this library; all where none is left. */
export function userFrames(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const outside = frames.filter((line) => !line.includes(library) && !line.includes(libraryPath));
  // What the library called `map` with stands before the user's line, and is nobody's.
  const own = outside.findIndex((line) => !line.endsWith('(<anonymous>)'));
  return own >= 0 ? outside.slice(own) : frames;
}

/** The error with a stack that starts at the user's own line: the frames inside this library say nothing. */
export function atUserLine<E extends Error>(error: E): E {
  const frames = userFrames(error.stack ?? '');
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

/** A RangeError of an argument that does not fit, at the user's own line. */
export function rangeError(message: string): RangeError {
  return atUserLine(new RangeError(message));
}
