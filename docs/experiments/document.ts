// experiments.md holds what the experiments print, between marks: prose is written by hand, figures never.
import { type Finding, markdown } from './experiment.js';

/**
 * The text with each finding between its marks, `<!-- figures: name -->` and `<!-- end -->`.
 * @throws Error for a finding that the text has no place for
 */
export function withFindings(text: string, findings: readonly Finding[]): string {
  return findings.reduce((current, finding) => {
    const begin = `<!-- figures: ${finding.name} -->`;
    const [from, to] = placeOf(current, begin);
    return `${current.slice(0, from)}\n\n${markdown(finding)}\n\n${current.slice(to)}`;
  }, text);
}

function placeOf(text: string, begin: string): [from: number, to: number] {
  const from = text.indexOf(begin);
  const to = text.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`experiments.md has no "${begin}" … "<!-- end -->"`);
  return [from + begin.length, to];
}
