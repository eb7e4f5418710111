// One work, in a process of its own: what the compiler learned from one does not colour the next.

import { options } from '../support/options.js';
import { type Contest, hold } from './contest.js';
import { Python } from './python.js';

interface Work {
  readonly contests: (python: Python) => AsyncIterable<Contest>;
}

const python = new Python();
try {
  const [name] = options.names;
  const { contests }: Work = await import(`./works/${name}.js`);
  for await (const contest of contests(python)) await hold(`peers/${name}`, contest);
} catch (error) {
  console.error((error as Error).stack);
  process.exitCode = 1;
} finally {
  python.close();
}
