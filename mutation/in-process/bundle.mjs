/** Tests and the sources they import as one script, which can be run again and again, each time with modules of its own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { build } from 'esbuild';
import * as fastCheck from 'fast-check';
import * as vitest from './vitest.mjs';

const require = createRequire(import.meta.url);

/** What is not bundled, but shared by all. */
const SHARED = { 'fast-check': fastCheck, vitest };

export class Bundle {
  /** Files of tests that could be bundled. */
  files;
  /** Those that could not, with the reason. */
  without;
  #script;

  constructor(files, without, code) {
    this.files = files;
    this.without = without;
    const wrapped = `(function (module, exports, require) {${code}\n})`;
    this.#script = new Script(wrapped, {
      filename: resolve('bundle.cjs'),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  }

  /** The bundle of some files of tests; those that esbuild refuses are left out. */
  static async of(files) {
    const without = new Map();
    for (;;) {
      const rest = files.filter((file) => !without.has(file));
      try {
        return new Bundle(rest, without, await bundled(rest));
      } catch (error) {
        const refused = (error.errors ?? []).filter(({ location }) =>
          rest.includes(location?.file),
        );
        if (refused.length === 0) throw error;
        for (const { location, text } of refused) without.set(location.file, text);
      }
    }
  }

  /** All modules anew, none of them evaluated yet: for each file of tests, what does so. */
  instance() {
    const module = { exports: {} };
    const load = (name) => SHARED[name] ?? require(name);
    this.#script.runInThisContext()(module, module.exports, load);
    return module.exports;
  }
}

async function bundled(files) {
  const imports = files.map((file) => `${JSON.stringify(file)}: () => import("./${file}")`);
  const { outputFiles } = await build({
    stdin: { contents: `module.exports = { ${imports.join(', ')} };`, resolveDir: resolve('.') },
    bundle: true,
    write: false,
    format: 'cjs',
    charset: 'utf8',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [whereItLies],
  });
  return outputFiles[0].text;
}

/** A module that asks where it lies is told so: the bundle lies elsewhere. */
const whereItLies = {
  name: 'where-it-lies',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }));
  },
};
