// Tables for the terminal, ruled with light lines.

import { columnsOf, printable } from './characters.js';

export interface Column {
  readonly head: string;
  /** Default: left. Give figures to the right. */
  readonly align?: 'left' | 'right';
}

/**
 * A table as text, without a line break at the end. Cells may hold anything: what would play tricks
 * on a terminal is replaced by �, and wide characters count as two columns.
 *
 * @throws RangeError for a row that has not a cell for each column
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const heads = columns.map(({ head }) => printable(head));
  const cells = rows.map((row, i) => {
    if (row.length !== columns.length) {
      throw new RangeError(`table: row ${i} has ${row.length} cells for ${columns.length} columns`);
    }
    return row.map(printable);
  });
  const widths = heads.map((head, j) =>
    cells.reduce((width, row) => Math.max(width, columnsOf(row[j]!)), columnsOf(head)),
  );
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const printed = (row: readonly string[]): string =>
    `│${row.map((cell, j) => ` ${padded(cell, widths[j]!, columns[j]!.align)} `).join('│')}│`;

  return [
    rule('┌', '┬', '┐'),
    printed(heads),
    rule('├', '┼', '┤'),
    ...cells.map(printed),
    rule('└', '┴', '┘'),
  ].join('\n');
}

function padded(cell: string, width: number, align: Column['align'] = 'left'): string {
  const space = ' '.repeat(width - columnsOf(cell));
  return align === 'left' ? cell + space : space + cell;
}
