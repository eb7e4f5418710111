import { lineChart } from '../../src/report/index.js';
import { type Finding, figures } from '../experiments/experiment.js';
import { type RateTable, type Row, threeDigits } from './figures.js';

interface Size {
  readonly n: number;
  readonly rows: readonly Row[];
  /** GFLOP/s in registers, measured beside. */
  readonly peak: number | undefined;
}

/** The tables of square products, by size; what several threads do of one stands in a table of its own. */
function sizes(tables: Readonly<Record<string, RateTable>>): Size[] {
  const square = Object.keys(tables).flatMap((title) => {
    const [, m, n, k] = /^matmul (\d+)×(\d+)×(\d+)$/.exec(title) ?? [];
    return m !== undefined && m === n && n === k ? [{ title, n: Number(n) }] : [];
  });
  return square
    .map(({ title, n }) => {
      const { rows, peak } = tables[title]!;
      const shared = tables[`${title}, threads`]?.rows.slice(1) ?? [];
      return { n, rows: [...rows, ...shared], peak: peak?.value };
    })
    .sort((a, b) => a.n - b.n);
}

const rate = (n: number, { minimum }: Row): number => (2 * n ** 3) / minimum / 1e9;

/** The rungs in the order of the benches, the slowest first. */
const rungs = (all: readonly Size[]): string[] => [
  ...new Set(all.flatMap(({ rows }) => rows.map(({ name }) => name))),
];

/** GFLOP/s of each rung against the size. */
export function drawLadder(tables: Readonly<Record<string, RateTable>>): string {
  const all = sizes(tables);
  const curves = rungs(all).map((name) => {
    const points = all.flatMap(({ n, rows }) => {
      const row = rows.find((each) => each.name === name);
      return row ? [{ n, y: rate(n, row) }] : [];
    });
    return { name, x: points.map(({ n }) => n), y: points.map(({ y }) => y) };
  });
  const peaks = all.filter(({ peak }) => peak !== undefined);
  const peak = {
    name: 'registers alone',
    x: peaks.map(({ n }) => n),
    y: peaks.map((each) => each.peak!),
  };
  return lineChart(peaks.length > 0 ? [...curves.reverse(), peak] : curves.reverse(), {
    title: 'The ladder of C = A·B',
    subtitle: 'n × n matrices; every rung gives the same bits',
    xLabel: 'n',
    yLabel: 'GFLOP/s',
    xScale: 'log',
    yScale: 'log',
  });
}

export function ladderTable(tables: Readonly<Record<string, RateTable>>): Finding {
  const all = sizes(tables);
  const cells = (name: string): string[] =>
    all.map(({ n, rows, peak }) => {
      const row = rows.find((each) => each.name === name);
      if (!row) return '';
      const share = peak === undefined ? '' : ` (${Math.round((100 * rate(n, row)) / peak)} %)`;
      return threeDigits(rate(n, row)) + share;
    });
  return {
    name: 'ladder',
    columns: [
      { head: 'GFLOP/s (of registers alone)', align: 'left' },
      ...all.map(({ n }) => figures(`n = ${n}`)),
    ],
    rows: rungs(all).map((name) => [name, ...cells(name)]),
  };
}
