/** The tests of one shard, named by the run in the environment, and nothing that is random from run to run. */
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../vitest.config.js';

const include: string[] = JSON.parse(process.env['MUTATION_TESTS'] ?? '[]');
const exclude: string[] = JSON.parse(process.env['MUTATION_TESTS_WITHOUT'] ?? '[]');

const own = mergeConfig(
  base,
  defineConfig({
    test: {
      setupFiles: [new URL('setup.ts', import.meta.url).pathname],
      testTimeout: 120_000,
      coverage: { enabled: false },
    },
  }),
);
// Lists are joined by a merge; these replace.
export default { ...own, test: { ...own.test, include, exclude } };
