import type { Law, LawReport, OpCheckOptions, Report } from '../../check/index.js';
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
  { checkOp, LAWS, mostTelling }: Kit,
  { name, from, f, spec }: Subject,
  settings: Settings,
  onLaw: (law: Law, step: number, steps: number) => void,
): Report {
  const { runs, seed, path, law: chosen, firstOrder, gate } = settings;
  const laws = (chosen ?? (Object.keys(LAWS) as Law[])).filter(
    (law) => !firstOrder || !SECOND_ORDER.includes(law),
  );
  const options: OpCheckOptions = {
    name,
    own: name,
    from,
    seed,
    ...(runs !== undefined && { runs }),
    ...(path !== undefined && { path }),
    ...(gate !== undefined && { gate }),
  };
  let told: Pick<Report, 'note'> = {};
  const reports: LawReport[] = laws.flatMap((law, step) => {
    onLaw(law, step, laws.length);
    try {
      const { laws: found, note } = checkOp(f, spec, { ...options, laws: [law] });
      if (note !== undefined) told = { note };
      return found;
    } catch (error) {
      if (!(error instanceof Error && /^Unable to replay/.test(error.message))) throw error;
      throw new Mistake(
        `${name}, ${law}: there is no draw ${path} of seed ${seed}; a path goes with the seed, the export and the law that it was printed for.`,
      );
    }
  });
  const outcomes = reports.map(({ outcome }) => outcome);
  const worst = (['failed', 'inconclusive'] as const).find((each) => outcomes.includes(each));
  // Where no law was for it, nothing has been shown.
  const best = outcomes.includes('passed') ? 'passed' : 'inconclusive';
  const telling = mostTelling(reports);
  return {
    name,
    outcome: worst ?? best,
    laws: reports,
    seed,
    ...(telling && { telling }),
    ...told,
  };
}
