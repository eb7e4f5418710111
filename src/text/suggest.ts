/** `; did you mean tanh?`, where one of the candidates is close to what was typed; else nothing. */
export function didYouMean(typed: string, candidates: Iterable<string>): string {
  const mostEdits = Math.floor(typed.length / 3);
  const near = [...candidates]
    .filter((one) => one !== typed && Math.abs(one.length - typed.length) <= mostEdits)
    .map((candidate) => ({
      candidate,
      edits: distance(typed.toLowerCase(), candidate.toLowerCase()),
      // Of two as near, the one of the same length: letters are swapped more often than lost.
      difference: Math.abs(candidate.length - typed.length),
    }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((a, b) => a.edits - b.edits || a.difference - b.difference);
  return near[0] ? `; did you mean ${near[0].candidate}?` : '';
}

/**
 * How many slips of the keyboard lie between two words: a letter too many, too few or another one, or
 * two neighbours swapped. (Damerau 1964; the restricted form)
 */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + other);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
