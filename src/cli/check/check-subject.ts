import type { Law, OpCheckOptions, Report } from '../../check/index.js';
import { Mistake } from '../mistake.js';
import type { Kit } from './kit.js';
import type { Subject } from './subjects.js';

/** What the command line says of a check. */
export interface Settings {
  readonly runs?: number;
  readonly seed: number;
  readonly path?: string;
  readonly law?: readonly Law[];
  readonly firstOrder?: true;
  readonly gate?: number;
}

/** What needs the gradient of a gradient; forward mode does, since it is a backward pass of a backward pass. */
const SECOND_ORDER: readonly Law[] = ['forward mode', 'second order', 'symmetry'];

/**
 * Checks one export by one law after the other.
 * @param onLaw is told which law is next, how many were checked, and how many there are
 */
export function checkSubject(
  { checkOp, LAWS }: Kit,
  { name, from, f, spec }: Subject,
  settings: Settings,
  onLaw: (law: Law, step: number, steps: number) => void,
): Report {
  const { runs, seed, path, law: chosen, firstOrder, gate } = settings;
  const laws = (chosen ?? (Object.keys(LAWS) as Law[])).filter(
    (law) => !firstOrder || !SECOND_ORDER.includes(law),
  );
  let looked: Law | undefined;
  const options: OpCheckOptions = {
    name,
    own: name,
    from,
    laws,
    seed,
    ...(runs !== undefined && { runs }),
    ...(path !== undefined && { path }),
    ...(gate !== undefined && { gate }),
    onLaw: (law, step, steps) => {
      looked = law;
      onLaw(law, step, steps);
    },
  };
  try {
    return checkOp(f, spec, options);
  } catch (error) {
    if (!(error instanceof Error && /^Unable to replay/.test(error.message))) throw error;
    throw new Mistake(
      `${name}, ${looked}: there is no draw ${path} of seed ${seed}; a path goes with the seed, the export and the law that it was printed for.`,
    );
  }
}
