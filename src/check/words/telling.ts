import type { Law } from '../law.js';
import type { LawReport } from '../report.js';

/**
 * What is broken at the bottom breaks what stands on it: where an op writes to its inputs, differences are wrong as well.
 * So the laws of memory come first, then what is computed, then its gradient.
 */
const FIRST: readonly Law[] = ['untouched', 'poison', 'determinism', 'order', 'value'];
/** What is not linear in ∂L/∂y is no gradient; that says more of it than a wrong number, if that has no likely cause. */
const LINEAR: readonly Law[] = ['linearity', 'zero seed'];

/** Which of the laws that are broken says most about what is wrong; undefined if none is. */
export function mostTelling(reports: readonly LawReport[]): Law | undefined {
  const broken = reports.filter(({ counterexample }) => counterexample !== undefined);
  const [first] = broken;
  const rank = ({ law, counterexample }: LawReport): number => {
    const verdict = counterexample!.verdict;
    const isThrown = verdict?.outcome === 'failed' && verdict.entries === 0;
    // What throws does so whatever is looked at.
    if (isThrown) return FIRST.length + 3;
    if (FIRST.includes(law)) return FIRST.indexOf(law);
    const hasCause = verdict?.outcome === 'failed' && verdict.cause !== undefined;
    if (law === 'gradient' && hasCause) return FIRST.length;
    return FIRST.length + (LINEAR.includes(law) ? 1 : 2);
  };
  return first && broken.reduce((best, each) => (rank(each) < rank(best) ? each : best)).law;
}
