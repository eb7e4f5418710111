import type { Listed } from './listed.js';

/** docs/coverage.md. */
export function page(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  list: readonly Listed[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const entry = ({ file, source, way, reason }: Listed): string =>
    `- [\`${file}\`](../${file}), ${way} of \`${source}\`: ${reason}`;
  return `# Branches

\`npm run coverage\` runs the tests of these rooms, counts the branches of their sources that they take (V8's count: the two ways of
an \`if\` and of \`a ? b : c\`, the operands of \`&&\`, \`||\` and \`??\`, default values), and writes this page. It fails for a branch
that is neither taken nor listed below, and for one that is listed and taken.

${line(columns)}
|${columns.map((_, i) => (i === 0 ? ' --- ' : ' --: ')).join('|')}|
${rows.map(line).join('\n')}

A branch that is taken need not be tested: that is what the planted faults and the mutants are for. Two kinds of code V8 does not see:

- **WebAssembly.** The kernels of [\`simd\`](../src/linalg/simd/index.ts) are written by TypeScript, whose branches are counted, but run as machine
  code. They are held, bit for bit, to the plain loops at all lengths around their seams:
  [\`test/linalg/simd\`](../test/linalg/simd), and [\`test/same-bits.test.ts\`](../test/same-bits.test.ts) for whole programs.
- **What worker threads run**, the text of [\`worker.ts\`](../src/linalg/simd/worker.ts).
  [\`threads.test.ts\`](../test/linalg/threads.test.ts) and [\`team.test.ts\`](../test/linalg/team.test.ts) hold the results of every number
  of threads to those of one, with numbers that a kernel leaves to the plain loop, kernels that trap, and threads that die.

## Listed

${list.map(entry).join('\n')}
`;
}
