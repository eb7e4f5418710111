/** A title, and rows of cells below their heads: names to the left, everything else to the right. */
export function printTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => [...row[column]!].length)));
  console.log(`\n${title}`);
  for (const row of all) {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat(widths[column]! - [...cell].length);
      return column === 0 ? cell + space : space + cell;
    });
    console.log(`  ${cells.join('   ').trimEnd()}`);
  }
}

/** Three digits that count. */
export const figure = (x: number): string =>
  x >= 100 ? Math.round(x).toString() : x.toPrecision(3);
