// How times are taken. Benchmark.js takes the samples of a case; a comparison takes them in rounds, from
// each of its cases in turn (a b c, a b c, …), so that a busy minute of the machine hits every case.

import Benchmark from 'benchmark';
import { options } from './options.js';

export interface Case {
  readonly name: string;
  /** One unit of work. The number it returns must depend on all of it. */
  readonly run: () => number;
}

export const rounds: number = options.quick ? 1 : 5;

export interface Sampling {
  /** Seconds of sampling a case and round. */
  readonly maxTime: number;
  /** The shortest a sample may be. */
  readonly minTime: number;
  readonly minSamples: number;
}

export const sampling: Sampling = options.quick
  ? { maxTime: 0.01, minTime: 0.001, minSamples: 2 }
  : { maxTime: 0.2, minTime: 0.01, minSamples: 5 };

let sink = 0;

/** Seconds a run, many times over. */
export function sample({ name, run }: Case): readonly number[] {
  const work = (): void => {
    sink += run();
  };
  const benchmark = new Benchmark(name, work, { ...sampling }).run({ async: false });
  // Benchmark.js keeps an exception to itself.
  if (benchmark.error) throw benchmark.error;
  if (Number.isNaN(sink)) throw new Error(`${name} returned NaN; it computes something else`);
  return benchmark.stats.sample;
}

/** Seconds a run: the shortest sample, and the one in the middle. */
export interface Summary {
  readonly minimum: number;
  readonly median: number;
  readonly samples: number;
}

/** Not the mean, which other work on the machine inflates. */
export function summary(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return { minimum: sorted[0]!, median, samples: sorted.length };
}
