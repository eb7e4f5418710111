import { type Contest, hold } from './contest.js';
import { Python } from './python.js';

/** Holds the contests of one work, one after the other. */
export async function holdAll(
  name: string,
  contests: (python: Python) => AsyncIterable<Contest>,
): Promise<void> {
  const python = new Python();
  try {
    for await (const contest of contests(python)) await hold(`peers/${name}`, contest);
  } catch (error) {
    console.error((error as Error).stack);
    process.exitCode = 1;
  } finally {
    python.close();
  }
}
