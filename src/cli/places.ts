import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Mistake } from './mistake.js';

/** The page that `--out` means: a name that ends in .html is a file, any other a folder. */
export function pagePath(out: string): string {
  return /\.html?$/i.test(out) ? out : join(out, 'compare.html');
}

/**
 * Asks before hours of work, not after, whether a file can be written, its folder made if need be.
 * @throws Mistake saying why not
 */
export async function checkWritable(path: string, overwrite: boolean): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new Mistake(`${path} is a folder; name a file in it.`);
  if (there && !overwrite) {
    throw new Mistake(`${path} exists already; choose another name, or replace it with --force.`);
  }
  const folder = await nearestFolder(dirname(resolve(path)));
  await access(folder, constants.W_OK).catch(() => {
    throw new Mistake(`${path} cannot be written: ${folder} allows no writing.`);
  });
}

/** Makes the folder of a file, if need be. */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
}

/** The folder itself, or the nearest one above that exists. */
async function nearestFolder(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return folder;
  if (there) throw new Mistake(`${folder} is a file, so nothing can be written into it.`);
  return nearestFolder(dirname(folder));
}
