import type { Finding } from '../experiments/experiment.js';
import { type Figures, threeDigits } from './figures.js';

interface Contest {
  readonly rows: readonly { readonly name: string; readonly ratio: number }[];
}

/** Every contest's ratios, ours over theirs, where `bench:peers` has left its figures too. */
export function peersTable(all: Figures): Finding | undefined {
  const contests = Object.entries(all)
    .filter(([bench]) => bench.startsWith('peers/'))
    .flatMap(([, tables]) => Object.entries((tables ?? {}) as Record<string, Contest>));
  if (contests.length === 0) return undefined;
  return {
    name: 'peers',
    columns: [
      { head: 'work', align: 'left' },
      { head: 'ours / theirs', align: 'left' },
    ],
    rows: contests.map(([title, { rows }]) => [
      title,
      rows
        .slice(1)
        .map(({ name, ratio }) => `${name} ${threeDigits(ratio)}`)
        .join(' · '),
    ]),
  };
}
