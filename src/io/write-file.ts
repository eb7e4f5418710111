import { open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

export interface WriteOptions {
  /** Whether a file of that name may be replaced (default false: an error). */
  readonly overwrite?: boolean;
}

/** What a file is made of, piece by piece. */
export type Pieces = Iterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: into a new file beside it, which takes the name when it is
 * complete. A name that ends in .gz is gzipped.
 * @throws Error when the file exists and may not be replaced, or its folder is missing
 */
export function writeFile(path: string, pieces: Pieces, options: WriteOptions = {}): Promise<void> {
  return writeFiles([[path, pieces]], options);
}

let parts = 0;

/** Writes several files that belong together: none takes its name before all are complete. */
export async function writeFiles(
  files: readonly (readonly [path: string, pieces: Pieces])[],
  { overwrite = false }: WriteOptions = {},
): Promise<void> {
  const refuse = async () => {
    if (!overwrite) for (const [path] of files) await refuseToReplace(path);
  };
  await refuse();
  const temporary: string[] = [];
  try {
    for (const [path, pieces] of files) {
      const beside = join(dirname(path), `.${basename(path)}.${process.pid}-${++parts}.part`);
      temporary.push(beside);
      await writeAll(beside, path.endsWith('.gz') ? packed(pieces) : pieces);
    }
    await refuse();
    for (const [i, [path]] of files.entries()) await rename(temporary[i]!, path);
  } catch (error) {
    for (const beside of temporary) await unlink(beside).catch(() => {});
    throw explained(error, files[0]![0]);
  }
}

/** @throws Error when there is a file of that name: ask before hours of work, not after. */
export async function refuseToReplace(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new Error(`${path} exists already; choose another name or allow overwriting.`);
}

async function writeAll(
  path: string,
  pieces: Pieces | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const block of blocks(pieces)) {
      for (let from = 0; from < block.length; ) {
        from += (await file.write(block, from)).bytesWritten;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

const BLOCK = 1 << 20;

/** Small pieces put together, so that not every line is a system call. */
async function* blocks(
  pieces: Pieces | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    length += bytes.length;
    if (length >= BLOCK) {
      yield Buffer.concat(waiting);
      waiting = [];
      length = 0;
    }
  }
  yield Buffer.concat(waiting);
}

function packed(pieces: Pieces): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from(blocks(pieces)), createGzip(), () => {});
}

function explained(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Error(`There is no folder ${dirname(path)} to write ${basename(path)} into.`, {
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Error(`${path} may not be written: permission denied.`, { cause: error });
    case 'ENOSPC':
      return new Error(`The disk is full: ${path} is not written.`, { cause: error });
    case 'EISDIR':
      return new Error(`${path} is a folder; name a file in it.`, { cause: error });
    default:
      return error;
  }
}
