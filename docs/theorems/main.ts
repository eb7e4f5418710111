/** Holds the theorems against the engine, and draws the way there: `npm run theorems`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { duration, lineChart, significant, table } from '../../src/report/index.js';
import type { Proof, Theorem } from './theorem.js';
import { theorems } from './theorems.js';

const folder = new URL('../img/', import.meta.url);
mkdirSync(folder, { recursive: true });

const rows: string[][] = [];
for (const [name, theorem] of Object.entries(theorems)) {
  const begin = performance.now();
  const proof = theorem.prove();
  const time = duration(performance.now() - begin);
  writeFileSync(new URL(`theorem-${name}.svg`, folder), `${picture(theorem, proof).trimEnd()}\n`);
  for (const [i, { what, value, tolerance }] of proof.measured.entries()) {
    const holds = Math.abs(value) <= tolerance;
    if (!holds) process.exitCode = 1;
    rows.push([
      [theorem.title, theorem.source][i] ?? '',
      what,
      significant(Math.abs(value), 2),
      `${significant(tolerance, 1)}${holds ? '' : '  MISSED'}`,
      i === 0 ? time : '',
    ]);
  }
}
const [left, right] = ['left', 'right'] as const;
const columns = [
  { head: 'theorem and source', align: left },
  { head: 'measured', align: left },
  { head: 'off by', align: right },
  { head: 'at most', align: right },
  { head: 'time', align: right },
];
console.log(table(columns, rows));
console.log(`\nPictures: docs/img/theorem-{${Object.keys(theorems).join(',')}}.svg`);

/** The distance to what the theorem says, by step. Where it is 0 a logarithmic axis has no place for it. */
function picture({ title, source }: Theorem, { path, distance }: Proof): string {
  const shown = path.filter((point) => point.distance > 0);
  return lineChart(
    [
      {
        name: distance,
        x: shown.map(({ step }) => step),
        y: shown.map((point) => point.distance),
      },
    ],
    {
      title,
      subtitle: source,
      xLabel: 'step',
      yLabel: distance,
      yScale: 'log',
    },
  );
}
