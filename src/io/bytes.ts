import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface ReadProgress {
  /** Bytes read from the file so far, packed as they lie there. */
  readonly bytesRead: number;
  /** The size of the file. */
  readonly bytesTotal: number;
}

export type OnReadProgress = (progress: ReadProgress) => void;

/**
 * The bytes of a file, chunk by chunk; gzip, told by its first two bytes whatever the name, is
 * unpacked on the way.
 * @throws Error for a missing or empty file, a folder, one that may not be read, a damaged .gz
 */
export async function* readBytes(
  path: string,
  onProgress?: OnReadProgress,
): AsyncGenerator<Uint8Array> {
  const { size } = await describe(path);
  const packed = readPacked(path, size, onProgress);
  const first = await packed.next();
  if (first.done) throw new Error(`The file ${path} is empty.`);
  const chunks = startWith(first.value, packed);
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  let empty = true;
  for await (const chunk of isGzip ? unpack(path, chunks) : chunks) {
    if (chunk.length > 0) empty = false;
    yield chunk;
  }
  if (empty) throw new Error(`The file ${path} is empty, once unpacked.`);
}

/** The first bytes of a file (unpacked), at most `length`: enough to see what it is. */
export async function readHead(path: string, length: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of readBytes(path)) {
    chunks.push(chunk);
    read += chunk.length;
    if (read >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

async function describe(path: string): Promise<{ size: number }> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new Error(`${path} is a folder; name a file in it.`);
    return status;
  } catch (error) {
    throw explained(error, path);
  }
}

async function* readPacked(
  path: string,
  bytesTotal: number,
  onProgress: OnReadProgress | undefined,
): AsyncGenerator<Uint8Array> {
  let bytesRead = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      bytesRead += chunk.length;
      onProgress?.({ bytesRead, bytesTotal });
      yield chunk;
    }
  } catch (error) {
    throw explained(error, path);
  }
}

async function* startWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined); // closes the file, even if nobody asked for a second chunk
  }
}

async function* unpack(
  path: string,
  chunks: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  // An error of either end comes out where the result is read, so the callback has nothing to do.
  const unpacked = pipeline(Readable.from(chunks), createGunzip({ chunkSize: 1 << 18 }), () => {});
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw error;
    const { message } = error as Error;
    throw new Error(`${path} is gzip, but damaged or cut off: ${message}.`, { cause: error });
  }
}

function explained(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Error(`There is no file ${path}.`, { cause: error });
    case 'EISDIR':
      return new Error(`${path} is a folder; name a file in it.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new Error(`The file ${path} may not be read: permission denied.`, { cause: error });
    default:
      return error;
  }
}
