import { readFileSync } from 'node:fs';
import type { Checkers, Said } from '../checkers/compare.js';

/** What torch, JAX and autograd themselves said of the faults, when they were asked last. */
export interface Kept {
  readonly versions: Readonly<Record<string, string>>;
  /** Ops whose usual tests they fail with nothing planted. */
  readonly alarms: Readonly<Record<keyof Checkers, readonly string[]>>;
  /** By the name of the fault: the graph that they were handed where their usual tests show nothing, and what they say. */
  readonly faults: Readonly<Record<string, { readonly graph: string; readonly said: ByChecker }>>;
}
export type ByChecker = Readonly<Record<keyof Checkers, Said>>;

export const file = new URL('kept.json', import.meta.url);

export const kept = (): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept;
