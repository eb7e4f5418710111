import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder of its own for each test of a file, gone afterwards. */
export function temporaryFolder(): {
  /** The path of a file there, with this content if one is given. */
  file: (name: string, content?: string | Uint8Array) => string;
  /** What lies in it. */
  list: () => string[];
} {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    file: (name, content) => {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    list: () => readdirSync(folder).sort(),
  };
}
