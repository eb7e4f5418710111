/** What is mutated, in shards that each end well under an hour, and the tests that have to notice. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Shard {
  readonly name: string;
  /** The room of src, which the report goes by. */
  readonly room: string;
  /** Files and folders whose mutants are made, but for those of a shard before. */
  readonly files: readonly string[];
  /** Patterns of the tests that run. */
  readonly tests: readonly string[];
  readonly without?: readonly string[];
  /** Whether its tests look at how what fails is shrunk. */
  readonly shrinks?: true;
}

/** They look at the garbage collector or train for seconds: nothing in them is about one line of source. */
const SLOW = ['test/graph/garbage.test.ts'];

const linalg = (part: string, files: string[], tests: string[]): Shard => ({
  name: `linalg-${part}`,
  room: 'linalg',
  files: files.map((file) => `src/linalg/${file}`),
  tests: tests.map((test) => `test/linalg/${test}.test.ts`),
});

export const SHARDS: readonly Shard[] = [
  {
    name: 'optim',
    room: 'optim',
    files: ['src/optim'],
    tests: ['test/optim/**/*.test.ts', 'test/graph/row-gradients.test.ts'],
  },
  {
    name: 'ops',
    room: 'ops',
    files: ['src/ops'],
    tests: ['test/ops/**/*.test.ts', 'test/graph/{fusion,layout,row-gradients}.test.ts'],
  },
  {
    name: 'graph',
    room: 'graph',
    files: ['src/graph'],
    tests: ['test/graph/**/*.test.ts', 'test/optim/{touched,resume}.test.ts'],
    without: SLOW,
  },
  {
    name: 'check-reference',
    room: 'check',
    files: ['src/check/reference'],
    tests: ['test/check/reference*.test.ts', 'test/ops/oracles.test.ts'],
  },
  {
    name: 'check-random',
    room: 'check',
    files: ['src/check/random'],
    tests: [
      'test/check/{random*,interpreter,exact,likeness,op,printed*,replays,arbitraries,as-function,reduce}.test.ts',
    ],
    shrinks: true,
  },
  {
    name: 'check',
    room: 'check',
    files: ['src/check'],
    tests: [
      'test/check/{blame,branches,differences,false-alarms,fitting,gradient,kink,laws,interpreter,op,specs,text,written}*.test.ts',
    ],
    shrinks: true,
  },
  linalg('elementary', ['elementary'], ['elementary*', 'simd/{elementary,unary}']),
  linalg('random', ['random'], ['random', 'random-exact']),
  linalg(
    'kernels',
    ['kernels'],
    [
      '{bound,vectors,reduce,rows,softmax,arguments,ways}',
      'simd/{binary,parametric,reduce,threads}',
    ],
  ),
  linalg(
    'products',
    [
      'matmul/textbook.ts',
      'matmul/loop-order.ts',
      'matmul/tiled.ts',
      'matmul/gram.ts',
      'matmul/matmul.ts',
      'matmul/options.ts',
      'sparse',
    ],
    ['{matmul,matmul-arrays,gram,sparse,sparse-checks,arguments,bound}', 'simd/sparse'],
  ),
  linalg(
    'eigen',
    ['eigen'],
    [
      '{block-power,dense-operator,eigen-reports,eigenpairs,estimate-norm1,krylov-options,lanczos,operators,orthogonalise,padded,power-iteration,principal-angles,svd}',
      '{combine-rows,few-products,ritz,ritz-bases,signs,symmetric-eigen,symmetric-product,thick-restart,truncated-svd,gram,gram-panels}',
    ],
  ),
  linalg(
    'root',
    ['arguments.ts', 'errors.ts', 'spans.ts', 'stretch.ts', 'strided.ts', 'view.ts'],
    ['{arguments,checks,errors,spans,view,vectors,bound}'],
  ),
];

/** The heart, for CI: every gradient goes through these files. */
export const FAST: Shard = {
  name: 'fast',
  room: 'fast',
  files: ['src/graph/backward.ts', 'src/ops/arithmetic.ts'],
  tests: ['test/graph/{backward,graph}.test.ts', 'test/ops/arithmetic.test.ts'],
};

/** The sources of a shard, or of what is asked for of it. */
export function sourcesOf(paths: readonly string[]): string[] {
  return paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
        : [path],
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts'))
    .sort();
}

/** The shard that a source belongs to: the first that has it. */
export function shardOf(path: string): Shard | undefined {
  return SHARDS.find(({ files }) =>
    files.some((file) => path === file || path.startsWith(`${file}/`)),
  );
}
