import { type Column, table } from '../../src/report/index.js';

/** A question of the notes, put to our own code. */
export interface Experiment {
  /** What it is called on the command line, and the mark of its tables in experiments.md. */
  readonly name: string;
  readonly question: string;
  run(): Findings;
}

export interface Findings {
  readonly tables: readonly Finding[];
  /** SVG by the name of the file in docs/img. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** A table of figures. */
export interface Finding {
  /** Told apart by it in experiments.md. */
  readonly name: string;
  readonly columns: readonly FindingColumn[];
  readonly rows: readonly (readonly string[])[];
}

export interface FindingColumn extends Column {
  /** Read off a clock: other at each run, so it is printed but not kept. */
  readonly clock?: true;
}

/** A column of figures. */
export function figures(head: string): FindingColumn {
  return { head, align: 'right' };
}

/** As the terminal shows it. */
export function printed({ columns, rows }: Finding): string {
  return table(columns, rows);
}

/** As experiments.md keeps it. */
export function markdown({ columns, rows }: Finding): string {
  const kept = columns.map(({ clock }) => !clock);
  const line = (row: readonly string[]): string =>
    `| ${row.filter((_, i) => kept[i]).join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  const cells = [columns.map(({ head }) => head), ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|')),
  );
  return [cells[0]!, rule, ...cells.slice(1)].map(line).join('\n');
}
