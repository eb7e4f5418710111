import { graphOps, lanes } from '../src/check/random/index.js';
import { grouped, significant, table } from '../src/report/index.js';
import type { Run } from './run.js';
import type { Tally } from './tally.js';

/** What a run has seen, as text. */
export function summary(run: Run): string {
  const { options, tallies, interrupted, failures, wrongUses } = run;
  const first = tallies.get('first order')!;
  const parts = [`seed ${options.seed}${interrupted ? ', interrupted' : ''}`];
  if (first.graphs > 0) parts.push(laneTable(run), shares(first), opsSeen(first, options.only));
  if (run.uses.uses > 0) parts.push(usesSeen(run));
  const wrong = failures.length + wrongUses.length;
  parts.push(wrong === 0 ? 'No gradient was wrong.' : `${wrong} wrong: see above.`);
  return parts.join('\n\n');
}

function laneTable({ tallies }: Run): string {
  const seen = [...tallies].filter(([, { graphs }]) => graphs > 0);
  const rows = seen.map(([lane, tally]) => [
    lane,
    grouped(tally.graphs),
    grouped((1000 * tally.graphs) / tally.milliseconds),
    percent(tally.allZero, tally.graphs),
    `${(100 * tally.unclear).toFixed(2)} %`,
    [...tally.worst].map(([oracle, error]) => `${oracle} ${significant(error, 2)}`).join(', '),
  ]);
  const head = table(
    [
      { head: 'lane' },
      { head: 'graphs', align: 'right' },
      { head: 'a second', align: 'right' },
      { head: 'all zero', align: 'right' },
      { head: 'inconclusive', align: 'right' },
      { head: 'farthest off, relative to its terms' },
    ],
    rows,
  );
  const meanings = seen.map(([lane]) => `  ${lane.padEnd(14)}${lanes[lane].holds}`);
  const reasons = seen.flatMap(([lane, { inconclusive, graphs }]) =>
    [...inconclusive].map(([reason, n]) => `  ${lane.padEnd(14)}${reason}: ${percent(n, graphs)}`),
  );
  const both = ['first order', 'second order'].map((lane) => tallies.get(lane as 'first order')!);
  const each = both.reduce((sum, { graphs, milliseconds }) => sum + milliseconds / graphs, 0);
  const rate = `first and second order of one graph: ${grouped(1000 / each)} a second`;
  return [head, rate, '', 'lanes', ...meanings, '', 'inconclusive', ...reasons].join('\n');
}

function shares({ graphs, shared, steps, unfit, allZero, unclear }: Tally): string {
  return [
    'first order',
    `  share a node (fan-out)        ${percent(shared, graphs)}`,
    `  every gradient 0              ${percent(allZero, graphs)}`,
    `  inconclusive                  ${(100 * unclear).toFixed(2)} %`,
    `  steps whose op fits nowhere   ${percent(unfit, steps)}`,
  ].join('\n');
}

/** How often each op was differentiated to something that is not 0 everywhere. */
function opsSeen({ ops }: Tally, only: readonly string[] | undefined): string {
  const wanted = only ?? Object.keys(graphOps);
  const seen = wanted.filter((op) => ops.has(op)).sort((a, b) => ops.get(b)! - ops.get(a)!);
  const never = wanted.filter((op) => !ops.has(op));
  const cells = seen.map((op) => `${op} ${grouped(ops.get(op)!)}`);
  return [
    `graphs by op, of those with a gradient that is not 0; never: ${never.length > 0 ? never.join(', ') : 'none'}`,
    ...columns(cells, 4).map((line) => `  ${line}`),
  ].join('\n');
}

function usesSeen({ uses }: Run): string {
  const { uses: n, inconclusive, allZero, milliseconds } = uses;
  return [
    `uses of single ops: ${grouped(n)}, ${grouped((1000 * n) / milliseconds)} a second`,
    `  every gradient 0              ${percent(allZero, n)}`,
    `  inconclusive                  ${percent(inconclusive, n)}`,
  ].join('\n');
}

const percent = (n: number, all: number): string =>
  `${((100 * n) / Math.max(all, 1)).toFixed(2)} %`;

function columns(cells: readonly string[], each: number): string[] {
  const width = Math.max(...cells.map((cell) => cell.length)) + 2;
  return Array.from({ length: Math.ceil(cells.length / each) }, (_, i) =>
    cells
      .slice(each * i, each * (i + 1))
      .map((cell) => cell.padEnd(width))
      .join('')
      .trimEnd(),
  );
}
