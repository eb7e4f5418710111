// What came of a check, for the terminal.
import { styleText } from 'node:util';
import type { Counterexample, Law, LawReport, Range, Report } from '../../check/index.js';
import { formatShape } from '../../linalg/index.js';
import { significant, wrapped } from '../../report/index.js';
import type { Other, Subject } from './subjects.js';

type Outcome = LawReport['outcome'];

/** An export that was checked, and what came of it. */
export interface Checked {
  readonly subject: Subject;
  readonly report: Report;
}

/** `failed` if something is wrong, a spec as well as a rule; `inconclusive` if something could not be told, or could not be tried. */
export function outcomeOf(
  checked: readonly Checked[],
  others: readonly Other[],
): Report['outcome'] {
  const outcomes = checked.map(({ report }) => report.outcome);
  if (outcomes.includes('failed') || others.some(({ mistaken }) => mistaken)) return 'failed';
  const untried = others.some(({ wanted }) => wanted);
  return untried || outcomes.includes('inconclusive') ? 'inconclusive' : 'passed';
}

const strong = (text: string): string => styleText('bold', text);
const faint = (text: string): string => styleText('dim', text);
const good = (text: string): string => styleText('green', text);
const bad = (text: string): string => styleText('red', text);
const open = (text: string): string => styleText('yellow', text);

const MARKS: Readonly<Record<Outcome, string>> = {
  passed: good('✓'),
  failed: bad('✗'),
  inconclusive: open('?'),
  skipped: faint('–'),
};

/** One export: a line for each law, and the smallest case that breaks the most telling of those that do not hold. */
export function reportText(
  file: string,
  { name, fitting }: Subject,
  { outcome, laws, telling, note }: Report,
  meanings: Readonly<Record<Law, string>>,
  columns: number,
): string {
  const head = `${MARKS[outcome]} ${strong(name)}`;
  const title = fitting
    ? beside(`${head}  `, name.length + 4, faint, fittingText(fitting), columns)
    : [head];
  const looked = laws.filter(
    ({ law, outcome: each }) => each !== 'skipped' || !MAY_BE_MISSING.includes(law),
  );
  const width = Math.max(...looked.map(({ law }) => law.length));
  const lines = looked.flatMap((law) => {
    const [paint, facts] = factsOf(law);
    const label = `  ${MARKS[law.outcome]} ${law.law.padEnd(width)}  `;
    return beside(label, width + 6, paint, facts, columns);
  });
  if (looked.length === 0)
    lines.push(`  ${MARKS.inconclusive} nothing of what was asked for is there to be checked`);
  const refuted = looked.filter(({ counterexample }) => counterexample !== undefined);
  const open = looked.find(({ untold }) => untold !== undefined);
  const shown = refuted.find(({ law }) => law === telling) ?? refuted[0] ?? open;
  const example = shown?.counterexample ?? shown?.untold;
  const why = example
    ? caseText(shown!, example, meanings[shown!.law], { file, name, columns })
    : [];
  if (refuted.length > 1) why.push(faint(FOLLOWS));
  const blind = looked.some((each) => each.outcome === 'inconclusive' && each.zero === each.draws);
  const hint = blind
    ? [faint('    (if its gradient is 0 by definition, say so: spec({ f, flat: true }))')]
    : [];
  const remark = note === undefined ? [] : beside('    ', 4, faint, `(${note})`, columns);
  return [...title, ...lines, ...remark, ...why, ...hint].join('\n');
}

const FOLLOWS = '    (what else is refuted may follow from this; --law shows it by itself)';
const SAY_MORE = '    (say how it is called: spec({ f, shapes, range }); or leave it out: --only)';

/** An export that could not be tried, or is nothing to be checked. */
export function otherText({ name, reason, wanted, mistaken }: Other, columns: number): string {
  if (!wanted) {
    return beside(`${MARKS.skipped} `, 2, faint, `${name}: ${reason}`, columns).join('\n');
  }
  const why = beside('    ', 4, plain, reason, columns);
  if (mistaken) return [`${MARKS.failed} ${strong(name)}  has a wrong spec`, ...why].join('\n');
  return [
    `${MARKS.inconclusive} ${strong(name)}  could not be tried`,
    ...why,
    faint(SAY_MORE),
  ].join('\n');
}

type Paint = (text: string) => string;
const plain: Paint = (text) => text;

/** A text beside a label of so many columns, broken so that all of its lines stand there. */
function beside(
  label: string,
  width: number,
  paint: Paint,
  text: string,
  columns: number,
): string[] {
  const [first, ...rest] = wrapped(columns - width, text);
  return [label + paint(first!), ...rest.map((line) => ' '.repeat(width) + paint(line))];
}

/** Laws of points that are listed; all others draw their cases. */
const LISTED: readonly Law[] = ['kinks', 'special points', 'misfits'];

/** What a spec need not give: points, or a definition for the value to be compared with. */
const MAY_BE_MISSING: readonly Law[] = [...LISTED, 'value', 'graphs'];

function factsOf({
  law,
  outcome,
  draws,
  inconclusive,
  error,
  reason,
}: LawReport): [paint: Paint, facts: string] {
  const what = LISTED.includes(law) ? 'point' : 'draw';
  if (outcome === 'failed') {
    return [bad, reason ?? `refuted by ${draws === 1 ? `the first ${what}` : `${what} ${draws}`}`];
  }
  if (outcome === 'skipped') return [faint, `left out: ${reason}`];
  if (outcome === 'inconclusive') {
    return [plain, reason ?? `${inconclusive} of ${draws} ${what}s tell nothing`];
  }
  const facts = [
    `${draws} ${what}${draws === 1 ? '' : 's'}`,
    ...(inconclusive > 0 ? [`${inconclusive} of them tell nothing`] : []),
    error === 0 ? 'bit for bit' : `worst error ${significant(error, 2)}`,
  ];
  return [faint, facts.join(', ')];
}

interface Place {
  readonly file: string;
  readonly name: string;
  readonly columns: number;
}

/** What is not so, or not known to be so, and a case that shows it: as a program, in words, and as a command. */
function caseText(
  { law }: LawReport,
  shown: Counterexample,
  meaning: string,
  { file, name, columns }: Place,
): string[] {
  const { text, explanation } = shown;
  const said = explanation.replace(`a law is broken: ${meaning}: `, '');
  const isOpen = shown.verdict?.outcome === 'inconclusive';
  const which = LISTED.includes(law) ? 'The point' : 'The smallest case';
  return [
    '',
    ...beside('    ', 4, strong, `${isOpen ? 'Not known' : 'Not so'}: ${meaning}.`, columns),
    `    ${isOpen ? 'One of the draws that tell nothing of it' : `${which} that shows it`}:`,
    '',
    ...indented(text, 6),
    '',
    ...said.split('\n').flatMap((line) => {
      // A further line stands under where the text of its label begins: `label   text`.
      const label = /^ *\S+(?: \S+)* {2,}(?=\S)/.exec(line)?.[0] ?? '';
      const rest = line.slice(label.length);
      return beside(`    ${label}`, 4 + label.length, plain, rest, columns);
    }),
    '',
    `    ${faint('see it again:')} ${replay(file, name, law, shown)}`,
  ];
}

const indented = (text: string, columns: number): string[] =>
  text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(columns) + line));

/** `9 shapes, [1] to [2, 2, 3]; numbers in (−3, 3), some of size 1e-6, 40.5` */
function fittingText({ shapes, ranges, odd }: NonNullable<Subject['fitting']>): string {
  const ways = shapes.map((way) => way.map(formatShape).join(' '));
  const some = ways.length === 1 ? ways[0]! : `${ways.length} shapes, ${ways[0]} to ${ways.at(-1)}`;
  const same = new Set(ranges.map(String)).size === 1;
  const numbers = (same ? ranges.slice(0, 1) : ranges).map(rangeText).join(' and ');
  const sizes = [...new Set(odd.flat().map(Math.abs))].sort((a, b) => a - b);
  const named = sizes.map((size) => (size < 1e-3 ? size.toExponential() : String(size)));
  const strange = named.length > 0 ? `, some of size ${named.join(', ')}` : '';
  return `${some}; numbers in ${numbers}${strange}`;
}

const rangeText = ([above, below]: Range): string => `(${minus(above)}, ${minus(below)})`;

const minus = (x: number): string => String(x).replace('-', '−');

/** The command that draws a case again. */
function replay(file: string, name: string, law: Law, { seed, path }: Counterexample): string {
  const drawn = path === undefined ? '' : ` --seed ${seed} --path ${path}`;
  return `chainrule check ${quoted(file)} --only ${name} --law ${law.replaceAll(' ', '-')}${drawn}`;
}

/** A path as a shell takes it for one word. */
const quoted = (path: string): string =>
  /^[\p{L}\p{N}_./\\:@+-]+$/u.test(path) ? path : `"${path.replaceAll(/["$`]/g, '\\$&')}"`;

/** `1 passed, 1 failed` */
export function summaryText(checked: readonly Checked[], others: readonly Other[]): string {
  const counts: [string, number, (text: string) => string][] = [
    ['passed', 0, good],
    ['failed', 0, bad],
    ['inconclusive', 0, open],
  ];
  for (const count of counts) {
    count[1] = checked.filter(({ report }) => report.outcome === count[0]).length;
  }
  counts[1]![1] += others.filter(({ mistaken }) => mistaken).length;
  counts[2]![1] += others.filter(({ wanted, mistaken }) => wanted && !mistaken).length;
  const said = counts
    .filter(([, count]) => count > 0)
    .map(([what, n, paint]) => paint(`${n} ${what}`));
  return said.join(', ');
}
