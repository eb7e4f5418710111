import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Law, Report } from '../check/index.js';
import { writeFile } from '../io/index.js';
import { ProgressBar } from '../report/index.js';
import { didYouMean } from '../text/suggest.js';
import { aside } from './check/aside.js';
import { checkSubject, type Settings } from './check/check-subject.js';
import { dotOfFailure } from './check/dot.js';
import { withExitCode } from './check/ending.js';
import { openKit } from './check/kit.js';
import { loadModule } from './check/module.js';
import {
  type Checked,
  otherText,
  outcomeOf,
  reportText,
  summaryText,
} from './check/report-text.js';
import { type Other, sortExports } from './check/subjects.js';
import { asJson } from './json.js';
import { Mistake } from './mistake.js';
import { amount, commaSeparated, wholeNumber } from './options.js';
import { checkWritable, makeFolderOf } from './places.js';

interface Options extends Omit<Settings, 'law'> {
  readonly only?: readonly string[];
  readonly law?: readonly string[];
  readonly allowInconclusive?: true;
  readonly dot?: string;
  readonly json?: true;
}

const AFTER = `
What is checked: every export that is a function of nodes, an op, or spec({ f, shapes, range, kinks, … })
from chainrule/check. Of a plain function, the shapes it takes and the range it is finite in are found by
trying. TypeScript is read by tsx where it is installed, else by Node.js itself.

Exit code: 0 if everything passed; 1 if something is wrong, a spec included, or could not be told (the latter not
with --allow-inconclusive); 2 if there is no report: the command is used the wrong way, or the module cannot be loaded.

Examples:
  chainrule check src/my-ops.ts
  chainrule check src/my-ops.ts --only softmax --runs 1000
  chainrule check src/my-ops.ts --json > report.json`;

/** `chainrule check`: the backward rules of a module of your own. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .summary('look for wrong backward rules in a module of your own')
    .description(
      'Draws shapes and numbers for what a module exports, compares its gradients with differences, with ' +
        'forward mode and with the laws that every gradient obeys, and shrinks what is wrong to the smallest case.',
    )
    .argument('<file>', 'a TypeScript or JavaScript module')
    .option(
      '--runs <n>',
      'how many cases are drawn for each law (50; fewer of long functions)',
      wholeNumber(1),
    )
    .option(
      '--seed <n>',
      'all that is random follows from it',
      wholeNumber(-(2 ** 31), 2 ** 31 - 1),
      1,
    )
    .option('--path <p>', 'draw only the case of this path, as a failure prints it', path)
    .option('--only <names>', 'check only these exports: a,b,c', commaSeparated)
    .option('--law <names>', 'check only these laws, named as in a report', commaSeparated)
    .option('--first-order', 'leave out the gradient of the gradient')
    .option('--gate <share>', 'how exact differences must be to be a witness (1e-9)', amount)
    .option('--allow-inconclusive', 'end with 0 also if something could not be told')
    .option('--dot <file>', 'write the graph of the first failure, for Graphviz')
    .option('--json', 'print JSON')
    .addHelpText('after', AFTER)
    .action((file: string, options: Options) => withExitCode(file, () => check(file, options)));
}

/** Whether everything passed; or nothing failed, where that is enough. */
async function check(file: string, options: Options): Promise<boolean> {
  const examined = await (options.json
    ? aside(() => examine(file, options))
    : examine(file, options));
  const { checked, others, outcome } = examined;
  process.stdout.write(
    options.json
      ? `${asJson({ file, outcome, checked: checked.map(({ report }) => report), others })}\n`
      : `${summaryText(checked, others)}\n`,
  );
  return outcome === 'passed' || (outcome === 'inconclusive' && options.allowInconclusive === true);
}

interface Examined {
  readonly checked: readonly Checked[];
  readonly others: readonly Other[];
  readonly outcome: Report['outcome'];
}

/** Checks what a module exports, and prints what comes of each; of JSON, that is left to the end. */
async function examine(file: string, { law: named, ...options }: Options): Promise<Examined> {
  if (options.dot !== undefined) await checkWritable(options.dot, true);
  const kit = await openKit();
  const law = named && lawsNamed(named, kit.LAWS);
  const exports = await loadModule(file);
  const { subjects, others } = sortExports(kit, file, exports, options.only);
  const bar = new ProgressBar(process.stderr);
  const print = (text: string): void => {
    if (!options.json) process.stdout.write(`${text}\n\n`);
  };

  const checked: Checked[] = [];
  for (const subject of subjects) {
    bar.start(`Checking ${subject.name}`);
    const report = checkSubject(
      kit,
      subject,
      { ...options, ...(law && { law }) },
      (next, step, steps) => bar.update({ step, steps, note: next }),
    );
    bar.clear();
    checked.push({ subject, report });
    print(reportText(file, subject, report, kit.LAWS, screenColumns()));
  }
  for (const other of others) print(otherText(other, screenColumns()));
  if (options.dot !== undefined) await writeDot(options.dot, checked);
  return { checked, others, outcome: outcomeOf(checked, others) };
}

/** Writes the graph of the first failure that has one; a point that is listed has none. */
async function writeDot(path: string, checked: readonly Checked[]): Promise<void> {
  for (const { report } of checked) {
    const picture = dotOfFailure(report);
    if (picture === undefined) continue;
    await makeFolderOf(path);
    await writeFile(path, [`${picture}\n`], { overwrite: true });
    return;
  }
  process.stderr.write(`chainrule: no draw failed, so there is no graph for ${path}\n`);
}

/** Nobody reads lines of 200 columns; a pipe has none. */
const screenColumns = (): number => Math.min(process.stdout.columns || 100, 120);

/** `zero-seed` and `zero seed` are the same. */
function lawsNamed(names: readonly string[], laws: Readonly<Record<Law, string>>): Law[] {
  const known = Object.keys(laws) as Law[];
  return names.map((name) => {
    const found = known.find((law) => law === name.toLowerCase().replaceAll('-', ' '));
    if (found) return found;
    throw new Mistake(
      `There is no law "${name}"${didYouMean(name, known) || `; there are ${known.join(', ')}.`}`,
    );
  });
}

/** Reads a path as fast-check writes it: 17:0:2. */
function path(text: string): string {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('It is to be numbers with colons, as a failure prints it.');
}
