import { defineConfig } from 'vitest/config';

const room = (path: string): string => new URL(`src/${path}`, import.meta.url).pathname;

export default defineConfig({
  // Examples import the package by its name, as a user's program does.
  resolve: {
    alias: [
      { find: /^chainrule$/, replacement: room('index.ts') },
      { find: /^chainrule\/(.*)$/, replacement: room('$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // By default one core is left idle.
    maxWorkers: '100%',
    // A machine that does other things too is slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { include: ['src/**/*.ts'] },
  },
});
