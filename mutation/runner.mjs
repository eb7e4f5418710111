/**
 * Stryker's runner for vitest, but for one thing: where a mutant keeps a file of tests from loading, no test of
 * it has failed, for none was found, and the mutant would be said to have survived. Here it is killed by the
 * first test of that file. (Plain JavaScript: Stryker's processes load it by themselves.)
 */
import { relative } from 'node:path';
import { strykerPlugins as theirs } from '@stryker-mutator/vitest-runner';

const FAILED = 1;

function strictRunner(injector) {
  const runner = injector.injectFunction(theirs[0].factory);
  const run = runner.run.bind(runner);
  /** The first test of each file, from the run before all mutants. */
  const firstTests = new Map();
  runner.run = async (options) => {
    const result = await run(options);
    if (result.status !== 'complete') return result;
    for (const test of result.tests) {
      if (!firstTests.has(test.fileName)) firstTests.set(test.fileName, test);
    }
    const unloaded = runner.ctx.state
      .getFiles()
      .filter(({ tasks, result }) => result?.state === 'fail' && tasks.length === 0)
      .map(({ filepath, result }) => ({
        ...(firstTests.get(filepath) ?? {
          id: `${relative('.', filepath)}#`,
          name: filepath,
          timeSpentMs: 0,
        }),
        status: FAILED,
        failureMessage: result.errors?.[0]?.message ?? 'the file of tests does not load',
      }));
    return { ...result, tests: [...result.tests, ...unloaded] };
  };
  return runner;
}
strictRunner.inject = ['$injector'];

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'vitest-strict', factory: strictRunner },
];
