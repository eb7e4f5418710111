import * as ops from '../../ops/index.js';
import type { Law } from '../law.js';
import type { Tensor } from '../reference/index.js';
import type { Case } from '../use.js';

/** What `checkGradient` looks at by itself, and when it is asked for second derivatives. */
const FIRST: readonly Law[] = ['gradient', 'untouched', 'determinism'];
const SECOND: readonly Law[] = ['second order', 'symmetry'];

export interface WriteOptions {
  /** What is called in the text and is the user's, even if the library has something of that name. */
  readonly own?: string | undefined;
  /** Of the weights that the case is looked at with; 0 where left out. */
  readonly seed?: number;
}

/** A TypeScript program that checks a case once more. */
export function asTypeScript(
  law: Law,
  { text, inputs, slots }: Case,
  { own, seed = 0 }: WriteOptions = {},
): string {
  const names = inputs.map((_, slot) => (inputs.length === 1 ? 'x' : `x${slot + 1}`));
  const call = text(...names);
  const settings = [
    ...(slots ? [`slots: [${slots.join(', ')}]`] : []),
    ...(SECOND.includes(law) ? ['order: 2'] : []),
    ...(seed !== 0 ? [`seed: ${seed}`] : []),
  ];
  const operands = [
    `(${names.join(', ')}) => ${call}`,
    laidOut('[', inputs.map(literal), ']'),
    ...(settings.length > 0 ? [`{ ${settings.join(', ')} }`] : []),
  ];
  const byGradient = FIRST.includes(law) || SECOND.includes(law);
  const words = new Set(call.match(/[a-z_$][\w$]*/gi));
  const theirs = own !== undefined && words.delete(own) ? [own] : [];
  const ours = [...words].filter((word) => word in ops && call.includes(`${word}(`)).sort();
  const imports: [names: string[], module: string][] = [
    [byGradient ? ['assertGradient'] : ['assertPassed', 'checkLaw'], 'chainrule/check'],
    [words.has('apply') ? ['apply'] : [], 'chainrule/graph'],
    [ours, 'chainrule/ops'],
    [theirs, './your-module.js'],
  ];
  const statement = byGradient
    ? laidOut('assertGradient(', operands, ');')
    : laidOut('assertPassed(checkLaw(', [`'${law}'`, ...operands], '));');
  return [
    ...imports.flatMap(([used, module]) =>
      used.length > 0 ? [`import { ${used.join(', ')} } from '${module}';`] : [],
    ),
    '',
    statement,
  ].join('\n');
}

/** Wider lines are broken. */
const COLUMNS = 80;

/** A list in one line, or where that is too wide or has lines itself, each item in a line of its own. */
function laidOut(open: string, items: readonly string[], close: string): string {
  const line = `${open}${items.join(', ')}${close}`;
  if (line.length <= COLUMNS && !line.includes('\n')) return line;
  const lines = items.flatMap((item) => `${item},`.split('\n'));
  return [open, ...lines.map((each) => `  ${each}`), close].join('\n');
}

/** A tensor as the checks take it. */
function literal({ shape, values }: Tensor): string {
  const numbers = values.map((x) => (Object.is(x, -0) ? '-0' : String(x)));
  return `{ shape: [${shape.join(', ')}], values: [${numbers.join(', ')}] }`;
}
