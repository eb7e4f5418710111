/**
 * Does something while what is written to the standard output goes to the standard error: what a user's module prints,
 * as it is loaded or when it is called, is no part of a report that programs read.
 */
export async function aside<T>(action: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  try {
    return await action();
  } finally {
    stdout.write = write;
  }
}
