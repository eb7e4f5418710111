/** The tests of one instance of the bundle: collected by vitest's own collector, and called one by one. */

import { resolve } from 'node:path';
import { beforeEach, collectTests, getFn, getHooks } from '@vitest/runner';
import fc from 'fast-check';

const MINUTES = 10 * 60_000;
const CONFIG = {
  root: resolve('.'),
  name: '',
  setupFiles: [],
  allowOnly: true,
  passWithNoTests: true,
  includeTaskLocation: false,
  sequence: { shuffle: false, concurrent: false, seed: 0, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: {},
  maxConcurrency: 1,
  testTimeout: MINUTES,
  hookTimeout: MINUTES,
  retry: 0,
  tags: [],
  strictTags: false,
};

const endOnFailure = process.env.MUTATION_SHRINKS !== 'true';

export class Tests {
  #modules;
  /** By file: its tests, or the error that it does not load for. */
  #loaded = new Map();

  constructor(bundle) {
    this.#modules = bundle.instance();
  }

  /** Evaluates a file of tests. Does nothing the second time. */
  async load(file) {
    if (this.#loaded.has(file)) return;
    const runner = {
      config: CONFIG,
      pool: 'threads',
      importFile: async () => {
        beforeEach(({ task }) => seed(task.name));
        await this.#modules[file]();
      },
    };
    fc.configureGlobal({ seed: 0, endOnFailure });
    const [task] = await collectTests([resolve(file)], runner);
    const error = task.result?.errors?.[0];
    this.#loaded.set(file, { task, error: error && String(error.message ?? error) });
  }

  /**
   * Calls the tests of a file that are wanted, all where it is not said.
   * @param each is given each test and what calls it, which gives its error; `true` ends it
   * @returns why the file does not load
   */
  async run(file, wanted, each) {
    await this.load(file);
    const { task, error } = this.#loaded.get(file);
    if (error) return error;
    await this.#runSuite(file, task, [task], wanted, each);
    return undefined;
  }

  async #runSuite(file, suite, chain, wanted, each) {
    if (!suite.tasks.some((task) => isWanted(file, task, wanted))) return false;
    const endings = [];
    try {
      for (const hook of getHooks(suite).beforeAll) endings.push(await hook(suite));
      for (const task of suite.tasks) {
        if (!isWanted(file, task, wanted)) continue;
        const isOver =
          task.type === 'suite'
            ? await this.#runSuite(file, task, [...chain, task], wanted, each)
            : await each({ id: idOf(file, task), name: nameOf(task) }, () => call(task, chain));
        if (isOver) return true;
      }
      return false;
    } finally {
      for (const hook of getHooks(suite).afterAll) await hook(suite);
      for (const ending of endings) if (typeof ending === 'function') await ending();
    }
  }
}

/** The error of a test; undefined if it passes. */
async function call(test, chain) {
  let failure;
  const attempt = async (work) => {
    try {
      return await work();
    } catch (error) {
      failure ??= String(error?.message ?? error) || 'it failed';
    }
  };
  await attempt(async () => {
    for (const suite of chain) {
      for (const hook of getHooks(suite).beforeEach) await hook(test.context, suite);
    }
    await getFn(test)();
  });
  for (const suite of chain.toReversed()) {
    for (const hook of getHooks(suite).afterEach) await attempt(() => hook(test.context, suite));
  }
  return failure;
}

/** As in setup.ts: a seed for each test, of its name. */
function seed(name) {
  let number = 0;
  for (const letter of name) number = (Math.imul(number, 31) + letter.codePointAt(0)) | 0;
  fc.configureGlobal({ seed: number, endOnFailure });
}

function isWanted(file, task, wanted) {
  if (task.mode === 'skip' || task.mode === 'todo') return false;
  if (task.type === 'suite') return task.tasks.some((child) => isWanted(file, child, wanted));
  return wanted === undefined || wanted.has(idOf(file, task));
}

/** As Stryker's runner for vitest names them. */
const idOf = (file, test) => `${file}#${nameOf(test)}`;

function nameOf(test) {
  const names = [test.name];
  for (let suite = test.suite; suite; suite = suite.suite) names.unshift(suite.name);
  return names.join(' ').trim();
}
