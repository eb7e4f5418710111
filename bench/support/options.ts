// What every bench can be told on the command line.

import { parseArgs } from 'node:util';

export interface Options {
  /** A look, not a measurement. */
  readonly quick: boolean;
  /** Also what takes minutes. */
  readonly slow: boolean;
  /** Where the figures go. */
  readonly json?: string;
}

export const options: Options = given();

function given(): Options {
  try {
    return parseArgs({
      options: {
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        slow: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const known = '--quick (a look), --slow (also what takes minutes) and --json FILE';
    console.error(`${(error as Error).message}. There are ${known}.`);
    process.exit(1);
  }
}
