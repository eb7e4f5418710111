import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

/** npm runs its scripts where package.json is. */
const folder = join(process.cwd(), 'node_modules/.cache/bench');

/**
 * A bench as one file of JavaScript. The loader that runs our sources starts a thread of its own, and where there has been
 * a second thread the engine looks at every array before it reads it, whether that was taken away: plain loops are
 * slower. A reader of figures would think that of the loops.
 */
export function bundled(file: string): string {
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(file, '.ts')}.mjs`);
  buildSync({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}
