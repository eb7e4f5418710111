import { mkdirSync } from 'node:fs';
import { buildSync } from 'esbuild';

/**
 * A work as one file of JavaScript, for the reason that support/bundled.ts gives: under the loader that runs our
 * sources, plain loops, the peers' among them, are up to 40 % slower. It lies among the peers, so that it finds
 * them.
 */
export function bundledWork(name: string): string {
  const folder = `${import.meta.dirname}/node_modules/.cache/works`;
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${name}.mjs`;
  buildSync({
    stdin: {
      contents: `
        import { contests } from './works/${name}.js';
        import { holdAll } from './hold-all.js';
        await holdAll('${name}', contests);`,
      resolveDir: import.meta.dirname,
    },
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
