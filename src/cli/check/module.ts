// A user's own module, loaded so that `chainrule/…` in it means the copy that this command runs.
import { readFileSync, statSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { resolve as absolute, extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Mistake } from '../mistake.js';
import { faultIn } from './fault.js';
import { type Doors, initialize, resolve } from './hooks.js';

const JAVASCRIPT = ['.js', '.mjs', '.cjs'];
const TYPESCRIPT = ['.ts', '.mts', '.cts', '.tsx'];

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Imports a TypeScript or JavaScript module.
 * @throws Mistake if it is not there, is no such module, or throws while it is loaded
 */
export async function loadModule(file: string): Promise<Exports> {
  const path = absolute(file);
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) throw new Mistake(`${file}: there is no such file.`);
  if (!there.isFile()) throw new Mistake(`${file} is a folder; name a module in it.`);
  if (![...JAVASCRIPT, ...TYPESCRIPT].includes(extname(path))) {
    throw new Mistake(`${file}: a TypeScript or JavaScript module is needed (.ts, .js, .mjs, …).`);
  }
  if (TYPESCRIPT.includes(extname(path))) await readTypeScript(path);
  prepareResolution();
  try {
    return (await import(pathToFileURL(path).href)) as Exports;
  } catch (error) {
    throw faultIn(file, error);
  }
}

/**
 * Sees to it that .ts files can be imported: by tsx where it is to be found, since it takes all of TypeScript;
 * else by Node.js itself, where it strips types.
 */
async function readTypeScript(path: string): Promise<void> {
  // This very file is TypeScript: something is at work already.
  if (TYPESCRIPT.includes(extname(import.meta.url))) return;
  const tsx = await importTsx(path);
  if (tsx) tsx.register();
  else if (!stripsTypes()) {
    throw new Mistake(
      `${path} is TypeScript, which this Node.js (${process.version}) cannot read by itself.\n` +
        '  Install tsx beside chainrule:  npm install --save-dev tsx\n' +
        '  or use Node.js 22.18 or later, or compile the file to JavaScript first.',
    );
  }
}

const stripsTypes = (): boolean =>
  Boolean((process.features as { readonly typescript?: unknown }).typescript);

type Tsx = typeof import('tsx/esm/api');

/** tsx as it is installed beside this package, or beside the user's file. */
async function importTsx(path: string): Promise<Tsx | undefined> {
  try {
    return await import('tsx/esm/api');
  } catch {
    try {
      const found = createRequire(path).resolve('tsx/esm/api');
      return (await import(pathToFileURL(found).href)) as Tsx;
    } catch {
      return undefined;
    }
  }
}

let prepared = false;

function prepareResolution(): void {
  if (prepared) return;
  prepared = true;
  // `registerHooks` is newer than the types that we are compiled with; where it is there, `register` is on its way out.
  const { registerHooks } = nodeModule as {
    readonly registerHooks?: (hooks: { readonly resolve: typeof resolve }) => unknown;
  };
  if (registerHooks) {
    initialize(doors());
    registerHooks({ resolve });
  } else {
    nodeModule.register(new URL(`./hooks${extname(import.meta.url)}`, import.meta.url), {
      data: doors(),
    });
  }
}

/** Each public name of this package, and the file of the running copy: `chainrule/ops` → …/ops/index.js. */
function doors(): Doors {
  const file = new URL('../../../package.json', import.meta.url);
  const { name, exports } = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    exports: Record<string, string>;
  };
  const rooms = new URL('../../', import.meta.url);
  const own = extname(fileURLToPath(import.meta.url));
  return new Map(
    Object.entries(exports)
      .filter(([, target]) => target.startsWith('./dist/'))
      .map(([door, target]) => [
        door.replace('.', name),
        new URL(target.replace('./dist/', '').replace(/\.js$/, own), rooms).href,
      ]),
  );
}
