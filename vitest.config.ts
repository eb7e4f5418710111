import { defineConfig } from 'vitest/config';

const room = (path: string): string => new URL(`src/${path}`, import.meta.url).pathname;

/** Tests that fill the memory of all tensors, turn kernels and threads off and on, or look at their own process. */
const alone = [
  'test/{cli,linalg,mutation}/**/*.test.ts',
  'test/graph/{fusion,garbage,memory,plan,row-gradient,row-gradients,runs}.test.ts',
  'test/optim/{memory,step,touched}.test.ts',
  'test/{check/long-run,examples,ops/kernels,same-bits}.test.ts',
];

export default defineConfig({
  // Examples import the package by its name, as a user's program does.
  resolve: {
    alias: [
      { find: /^chainrule$/, replacement: room('index.ts') },
      { find: /^chainrule\/(.*)$/, replacement: room('$1/index.ts') },
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      // Most of the time of a test file would go into loading the sources anew.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          isolate: false,
        },
      },
    ],
    // By default one core is left idle.
    maxWorkers: '100%',
    // A machine that does other things too is slow, not wrong.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { include: ['src/**/*.ts'] },
  },
});
