import { type Finding, figures } from '../experiments/experiment.js';
import { type Table, threeDigits } from './figures.js';

export function threadsTable(tables: Readonly<Record<string, Table>>): Finding {
  const most = Math.max(...Object.values(tables).map(({ rows }) => rows.length));
  const counts = Array.from({ length: most - 1 }, (_, i) => i + 2);
  return {
    name: 'threads',
    columns: [
      { head: 'work', align: 'left' },
      figures('one thread, µs'),
      ...counts.map((count) => figures(`${count} threads`)),
    ],
    rows: Object.entries(tables).map(([title, { rows }]) => [
      title,
      threeDigits(rows[0]!.minimum * 1e6),
      ...rows.slice(1).map(({ minimum }) => `${(rows[0]!.minimum / minimum).toFixed(2)} ×`),
    ]),
  };
}
