// How names are resolved while a user's module is loaded. Node.js runs this in a thread of its own, or beside the
// program where it can (registerHooks, Node.js 22.15).
import { existsSync } from 'node:fs';
import type { ResolveFnOutput, ResolveHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Each public name of this package, and the file of the running copy. */
export type Doors = ReadonlyMap<string, string>;

let doors: Doors = new Map();

/** Called once, before anything is resolved. */
export function initialize(given: Doors): void {
  doors = given;
}

type Found = ResolveFnOutput | Promise<ResolveFnOutput>;

/**
 * There may be several copies of this package (a global command, a local one), and nodes of one mean nothing to
 * another: so its doors lead to the running one. And TypeScript is taken for an ES module, as it is written, whatever
 * the package.json near it has for "type".
 */
export function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => Found,
): Found {
  if (isJavaScript(specifier)) return { url: specifier, shortCircuit: true };
  const found = next(behind(specifier, context), context);
  return found instanceof Promise ? found.then(asModule) : asModule(found);
}

/** A file that is named in full is that file: tsx would take ops.ts for ops.js, where both are there. */
const isJavaScript = (specifier: string): boolean =>
  /^file:.*\.[cm]?js$/.test(specifier) && existsSync(fileURLToPath(specifier));

/** `require` takes paths, `import` takes URLs. */
function behind(specifier: string, { conditions }: ResolveHookContext): string {
  const url = doors.get(specifier);
  if (url === undefined) return specifier;
  return conditions.includes('require') ? fileURLToPath(url) : url;
}

function asModule(found: ResolveFnOutput): ResolveFnOutput {
  if (!/\.tsx?([?#]|$)/.test(found.url) || !found.format) return found;
  const format = found.format.replace('commonjs', 'module') as typeof found.format;
  return { ...found, format };
}
