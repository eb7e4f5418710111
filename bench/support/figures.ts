import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { options } from './options.js';

/** Puts a table into the file of --json, under its bench and title, next to what others have put there. */
export function saveFigures(bench: string, title: string, table: object): void {
  if (options.json === undefined) return;
  const results = existing(options.json);
  const machine = `${cpus()[0]?.model}, Node ${process.version}`;
  results[bench] = { ...results[bench], [title]: { machine, ...table } };
  writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

function existing(file: string): Record<string, object> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
