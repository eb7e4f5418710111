/** The tests of one shard, named by the run in the environment, and nothing that is random from run to run. */
import { relative } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../vitest.config.js';

const include: string[] = JSON.parse(process.env['MUTATION_TESTS'] ?? '[]');

/** The quickest file first, the other way round than vitest has it: the first failure is the end. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { cache, config } = this.ctx;
    const duration = ({ project, moduleId }: TestSpecification): number =>
      cache.getFileTestResults(`${project.name}:${relative(config.root, moduleId)}`)?.duration ?? 0;
    return files
      .map((file) => ({ file, duration: duration(file) }))
      .sort((a, b) => a.duration - b.duration)
      .map(({ file }) => file);
  }
}

const own = mergeConfig(
  base,
  defineConfig({
    test: {
      setupFiles: [new URL('setup.ts', import.meta.url).pathname],
      sequence: { sequencer: QuickestFirst },
      testTimeout: 120_000,
      coverage: { enabled: false },
    },
  }),
);
const { projects: _, ...test } = own.test ?? {};
// Lists are joined by a merge; these replace.
export default { ...own, test: { ...test, include, exclude: [] } };
