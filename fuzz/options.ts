import { parseArgs } from 'node:util';
import { graphOps } from '../src/check/random/index.js';
import { didYouMean } from '../src/text/suggest.js';
import { checkedOps } from './uses.js';

export const USAGE = `npm run check:gradients -- [options]

Checks the gradients of random graphs, and of random uses of single ops. Exits with 1 if one is wrong: it is printed as a
program to paste, and saved to be replayed by \`npm test\`. Exits with 2 if it is used the wrong way.

  --graphs N       how many graphs are checked to first order (1e5); each other lane has 1 in 25 of them
  --second-order   as many to second order
  --only OP,OP     of these ops only
  --ops N          how many uses of the library's ops are checked (0); alone, no graphs are
  --seed S         a whole number; the same seed draws the same (the time of day)
  --out FOLDER     where failures are saved (test/replays)
`;

export interface Options {
  readonly graphs: number;
  readonly ops: number;
  readonly secondOrder: boolean;
  readonly only: readonly string[] | undefined;
  readonly seed: number;
  readonly out: string;
}

/** What was asked for is not understood: told in one line. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError; returns undefined where help is asked for */
export function optionsOf(args: readonly string[]): Options | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const ops = values.ops === undefined ? 0 : count('--ops', values.ops);
  const graphs =
    values.graphs === undefined ? defaultGraphs(ops) : count('--graphs', values.graphs);
  if (graphs + ops === 0) throw new UsageError('--graphs 0: there is nothing to do');
  const only = values.only === undefined ? undefined : named(values.only);
  if (ops > 0 && only && !checkedOps.some(([op]) => only.includes(op))) {
    throw new UsageError(`--only ${only}: of single ops, there are no uses of it; leave out --ops`);
  }
  return {
    graphs,
    ops,
    secondOrder: values['second-order'] ?? false,
    only,
    seed: values.seed === undefined ? Math.floor(Date.now() / 1000) : whole('--seed', values.seed),
    out: values.out ?? 'test/replays',
  };
}

const defaultGraphs = (ops: number): number => (ops > 0 ? 0 : 1e5);

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: joined(args),
      options: {
        graphs: { type: 'string' },
        ops: { type: 'string' },
        'second-order': { type: 'boolean' },
        only: { type: 'string' },
        seed: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify.*$/s, ''));
  }
}

/** `--seed -7` as `--seed=-7`: what begins with a dash and a digit is a number, and no option. */
function joined(args: readonly string[]): string[] {
  const done: string[] = [];
  for (const arg of args) {
    const takes = /^-[\d.]/.test(arg) && /^--[^=]+$/.test(done.at(-1) ?? '');
    done.push(takes ? `${done.pop()}=${arg}` : arg);
  }
  return done;
}

/** A whole number, also as 1e6. */
function whole(option: string, text: string): number {
  const n = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(n)) throw new UsageError(`${option} ${text}: this is no whole number`);
  return n;
}

function count(option: string, text: string): number {
  const n = whole(option, text);
  if (n < 0) throw new UsageError(`${option} ${text}: it cannot be negative`);
  return n;
}

function named(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  const known = Object.keys(graphOps);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  const near = didYouMean(unknown, known) || `. There are: ${known.join(', ')}`;
  throw new UsageError(`--only: there is no op "${unknown}"${near}`);
}
