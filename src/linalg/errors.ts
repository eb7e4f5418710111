/**
 * How the places of a library begin in a stack, as URLs and as paths: those of its files, and those of the sources
 * that source maps lead to where it is compiled.
 */
export function placesOf(library: string): string[] {
  const folders = [library, library.replace(/\/dist\/$/, '/src/')];
  return folders.flatMap((each) => [each, decodeURIComponent(each.replace('file://', ''))]);
}

const ours = placesOf(new URL('..', import.meta.url).href);

/** The lines of a stack from the user's own line on, without those of this library; all where none is left. */
export function userFrames(stack: string, library: readonly string[] = ours): string[] {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const outside = frames.filter((line) => !library.some((place) => line.includes(place)));
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
