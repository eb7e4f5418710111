/**
 * A runner of tests for Stryker that stays in one process. To start vitest for a mutant takes half a second and more, to call the
 * tests that come to its place some milliseconds. So the tests are bundled with the sources (esbuild), collected once by vitest's
 * own collector, and called. What needs vitest itself (mocks) or cannot be bundled is left out here; mutants that
 * survive all the same meet the real vitest afterwards.
 *
 * A mutant may leave its traces in what all share: caches, counters, memory. So a test that has failed with a mutant must
 * pass without it right after; if it does not, everything is loaded anew and the mutant tried again. (Plain JavaScript: Stryker's
 * processes load it by themselves.)
 */
import { resolve } from 'node:path';
import { Bundle } from './bundle.mjs';
import { Tests } from './tests.mjs';

/** Mutants after which everything is loaded anew, whatever was seen. */
const REFRESH = 200;

const SUCCESS = 0;

class InProcessRunner {
  #log;
  /** What the instrumented sources read and write. */
  #stryker;
  #bundle;
  /** The result of the run before all mutants. */
  #before;
  /** By file, from the run before all mutants: its first test, and what all of them took. */
  #known = new Map();
  /** By mutant, the tests that come to its place. */
  #covering = new Map();
  /** Tests that fail without any mutant. */
  #unreliable = new Set();
  /** What mutants share that are not static, and how many have used it. */
  #shared;
  #used = 0;

  constructor(log) {
    this.#log = log;
    this.#stryker = globalThis.__stryker__ ??= {};
    // A promise that a mutant breaks after its test is over is no news.
    process.on('unhandledRejection', () => {});
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#bundle = await Bundle.of(JSON.parse(process.env.MUTATION_TESTS));
    for (const [file, reason] of this.#bundle.without) this.#leave(file, reason);
    // Only one of Stryker's processes is asked for the run before all mutants, but all have to know what came of it.
    this.#before = await this.#runAll();
  }

  async dryRun() {
    return this.#before;
  }

  async #runAll() {
    const stryker = this.#stryker;
    stryker.mutantCoverage = { static: {}, perTest: {} };
    const results = [];
    const all = new Tests(this.#bundle);
    for (const file of this.#bundle.files) {
      const start = performance.now();
      const fileName = resolve(file);
      const refused = await all.run(file, undefined, async ({ id, name }, call) => {
        stryker.currentTestId = id;
        const from = performance.now();
        const error = await call();
        stryker.currentTestId = undefined;
        if (error) {
          this.#unreliable.add(id);
          delete stryker.mutantCoverage.perTest[id];
          this.#leave(id, error);
        } else {
          const timeSpentMs = performance.now() - from;
          results.push({ id, name, fileName, timeSpentMs, status: SUCCESS });
        }
      });
      const first = results.find((result) => result.fileName === fileName);
      if (first) this.#known.set(file, { first, time: performance.now() - start });
      else if (refused) this.#leave(file, refused);
    }
    for (const [test, hits] of Object.entries(stryker.mutantCoverage.perTest)) {
      for (const id of Object.keys(hits)) {
        if (!this.#covering.has(id)) this.#covering.set(id, []);
        this.#covering.get(id).push(test);
      }
    }
    return { status: 'complete', tests: results, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant: { id }, testFilter, hitLimit, mutantActivation }) {
    this.#stryker.mutantCoverage = undefined;
    for (let attempt = 0; attempt < 4; attempt++) {
      const result = await this.#attempt(id, testFilter, hitLimit, mutantActivation === 'static');
      if (result) return result;
    }
    return { status: 'error', errorMessage: 'its tests fail without it, too' };
  }

  /** What becomes of a mutant; undefined where a test has failed that fails without it, too. */
  async #attempt(id, testFilter, hitLimit, isStatic) {
    const stryker = this.#stryker;
    stryker.activeMutant = id;
    const tests = isStatic ? new Tests(this.#bundle) : this.#sharedTests();
    stryker.hitLimit = hitLimit;
    stryker.hitCount = 0;
    // All tests are due for a static mutant; those that come to its place are the likely ones.
    const likely = testFilter ?? this.#covering.get(id) ?? [];
    let [culprit, nrOfTests] = await this.#firstFailure(tests, likely, isStatic);
    if (!culprit && !testFilter) {
      [culprit, nrOfTests] = await this.#firstFailure(tests, undefined, isStatic);
    }
    stryker.activeMutant = undefined;
    if (stryker.hitCount > hitLimit) {
      this.#shared = undefined;
      return { status: 'timeout', reason: `hit limit reached (${stryker.hitCount}/${hitLimit})` };
    }
    if (!culprit) return { status: 'survived', nrOfTests };
    if (!isStatic && !(await passes(tests, culprit.id))) {
      const wasFresh = this.#used === 1;
      this.#shared = undefined;
      if (!wasFresh) return undefined;
      // The mutant itself has left the traces, unless the test fails where no mutant ever was.
      if (!(await passes(new Tests(this.#bundle), culprit.id))) {
        this.#unreliable.add(culprit.id);
        return undefined;
      }
    }
    const { id: test, error: failureMessage } = culprit;
    return { status: 'killed', killedBy: [test], failureMessage, nrOfTests };
  }

  /** The first test that fails, the quickest file first, and how many were called. */
  async #firstFailure(tests, testFilter, isStatic) {
    const wanted = testFilter && new Set(testFilter);
    const wantedFiles = new Set(testFilter?.map(fileOf) ?? this.#known.keys());
    const files = [...this.#known.keys()]
      .filter((file) => wantedFiles.has(file))
      .sort((a, b) => this.#known.get(a).time - this.#known.get(b).time);
    let culprit;
    let called = 0;
    const { activeMutant } = this.#stryker;
    for (const file of files) {
      // A mutant that is not static is not met while the file loads.
      if (!isStatic) this.#stryker.activeMutant = undefined;
      await tests.load(file);
      this.#stryker.activeMutant = activeMutant;
      const refused = await tests.run(file, wanted, async ({ id }, call) => {
        if (this.#unreliable.has(id)) return false;
        called++;
        const error = await call();
        if (error) culprit = { id, error };
        return error !== undefined;
      });
      // Its first test stands for a file that does not load.
      if (refused) culprit = { id: this.#known.get(file).first.id, error: refused };
      if (culprit) break;
    }
    return [culprit, called];
  }

  #sharedTests() {
    if (!this.#shared || this.#used >= REFRESH) {
      this.#shared = new Tests(this.#bundle);
      this.#used = 0;
    }
    this.#used++;
    return this.#shared;
  }

  #leave(what, reason) {
    this.#log.info(`${what} is left to vitest: ${reason}`);
  }

  async dispose() {}
}

async function passes(tests, id) {
  let passed = true;
  await tests.run(fileOf(id), new Set([id]), async (_, call) => {
    if (await call()) passed = false;
  });
  return passed;
}

const fileOf = (id) => id.slice(0, id.indexOf('#'));

const factory = (log) => new InProcessRunner(log);
factory.inject = ['logger'];

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory }];
