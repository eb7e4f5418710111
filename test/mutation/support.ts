import { Instrumenter } from '@stryker-mutator/instrumenter';
import { addOurMutators, EXCLUDED } from '../../mutation/instrument.js';

const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
};

export interface Planted {
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** The source with the fault in it. */
  readonly mutated: string;
}

/** All that Stryker, with our mutators among its own, plants into a source. */
export async function planted(source: string): Promise<Planted[]> {
  await addOurMutators();
  const { mutants } = await new Instrumenter(silent).instrument(
    [{ name: 'source.ts', content: source, mutate: true }],
    { ignorers: [], excludedMutations: Object.keys(EXCLUDED), plugins: null, noHeader: true },
  );
  return mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ mutatorName, replacement, location }) => {
      const [from, to] = [location.start, location.end].map(({ line, column }) =>
        source
          .split('\n')
          .slice(0, line)
          .reduce((sum, text) => sum + text.length + 1, column),
      ) as [number, number];
      return {
        mutator: mutatorName,
        original: source.slice(from, to),
        replacement,
        mutated: source.slice(0, from) + replacement + source.slice(to),
      };
    });
}

/** The sources that one of the mutators makes of a source. */
export async function mutatedBy(mutator: string, source: string): Promise<string[]> {
  const all = await planted(source);
  return all.filter((mutant) => mutant.mutator === mutator).map(({ mutated }) => mutated);
}
