import type { Law } from '../law.js';
import type { Tensor } from '../reference/index.js';
import type { Case } from '../use.js';
import { importedAs, importsOf } from './imports.js';

/** What `checkGradient` looks at by itself, and when it is asked for second derivatives. */
const FIRST: readonly Law[] = ['gradient', 'untouched', 'determinism'];
const SECOND: readonly Law[] = ['second order', 'symmetry'];
/** What is compared with a definition. */
const DEFINED: readonly Law[] = ['value', 'forward mode'];

export interface WriteOptions {
  /** What is exported by this name is the user's, even if the library has something that is called so. */
  readonly own?: string | undefined;
  /** The module that exports it, as it is imported. */
  readonly from?: string | undefined;
  /** Of the weights that the case is looked at with; 0 where left out. */
  readonly seed?: number;
  /** What draws the case again. */
  readonly drawn?: { readonly seed: number; readonly path: string };
}

/** A TypeScript program that checks a case once more. */
export function asTypeScript(
  law: Law,
  { text, inputs, slots, definition }: Case,
  { own, from, seed = 0, drawn }: WriteOptions = {},
): string {
  const names = inputs.map((_, slot) => (inputs.length === 1 ? 'x' : `x${slot + 1}`));
  const call = text(...names);
  const isGraph = call.startsWith('{');
  const needed = definition && DEFINED.includes(law) ? definitionIn(call, own) : undefined;
  // What a graph means is not written down. With its spec, it is drawn again.
  const meant = isGraph ? undefined : needed;
  const settings = [
    ...(slots ? [`slots: [${slots.join(', ')}]`] : []),
    ...(meant ? [meant === 'definition' ? meant : `definition: ${meant}`] : []),
    ...(SECOND.includes(law) ? ['order: 2'] : []),
    ...(seed !== 0 ? [`seed: ${seed}`] : []),
  ];
  const operands = [
    `(${names.join(', ')}) => ${call}`,
    laidOut('[', inputs.map(literal), ']'),
    ...(settings.length > 0 ? [`{ ${settings.join(', ')} }`] : []),
  ];
  if (isGraph && drawn && needed?.endsWith('.definition')) {
    const name = importedAs(own!);
    const graph = `${operands[0]}\nat ${operands[1]}`.split('\n');
    return [
      ...importsOf(['assertOp'], name, [own!], from),
      '',
      ...graph.map((line) => `// ${line}`),
      laidOut(
        'assertOp(',
        [`${name}.f`, name, `{ laws: ['graphs'], seed: ${drawn.seed}, path: '${drawn.path}' }`],
        ');',
      ),
    ].join('\n');
  }
  const byGradient = FIRST.includes(law) || SECOND.includes(law);
  const statement = byGradient
    ? laidOut('assertGradient(', operands, ');')
    : laidOut('assertPassed(checkLaw(', [`'${law}'`, ...operands], '));');
  const checks = byGradient ? ['assertGradient'] : ['assertPassed', 'checkLaw'];
  const theirs = [...(own === undefined ? [] : [own]), ...(meant === 'definition' ? [meant] : [])];
  const imports = importsOf(checks, `${call} ${meant ?? ''}`, theirs, from);
  return [...imports, '', statement].join('\n');
}

/** The definition is in the spec that is called, or else it is something of the user's own too. */
function definitionIn(call: string, own: string | undefined): string {
  const name = own && importedAs(own);
  return name && new RegExp(`(?<![.\\w$])${name.replaceAll('$', '\\$')}\\.f\\b`).test(call)
    ? `${name}.definition`
    : 'definition';
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
