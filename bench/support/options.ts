// What every bench can be told on the command line.

import { parseArgs } from 'node:util';

export interface Options {
  /** What is asked for by name. */
  readonly names: readonly string[];
  /** A look, not a measurement. */
  readonly quick: boolean;
  /** Also what takes minutes. */
  readonly slow: boolean;
  readonly help: boolean;
  /** Where the figures go. */
  readonly json?: string;
}

export const options: Options = given();

function given(): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        slow: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { ...values, names: positionals };
  } catch (error) {
    const known = '--quick (a look), --slow (also what takes minutes) and --json FILE';
    console.error(`${(error as Error).message}. There are ${known}.`);
    process.exit(1);
  }
}

/** The options as they were given, for another process. */
export function flags({ quick, slow, json }: Omit<Options, 'names' | 'help'>): readonly string[] {
  const figures = json === undefined ? [] : ['--json', json];
  return [...(quick ? ['--quick'] : []), ...(slow ? ['--slow'] : []), ...figures];
}

/** What was asked for by name, or `all`. Ends the process, with a list, where there is no such name. */
export function chosen(command: string, known: readonly string[], all = known): readonly string[] {
  const { names, help } = options;
  if (help) {
    console.log(`${command} [${known.join(' | ')}] -- [--quick] [--slow] [--json FILE]`);
    process.exit();
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`${command}: there is no "${unknown}". There are: ${known.join(', ')}.`);
    process.exit(1);
  }
  return names.length > 0 ? names : all;
}
