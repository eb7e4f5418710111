import { atUserLine } from '../../linalg/index.js';
import { LAWS } from '../law.js';
import type { Blame, Entry, Failed, Inconclusive, Passed, Verdict } from '../verdict.js';
import { figure, percent, placeIn } from './text.js';

/** What a verdict says, for people: a sentence, or for a failure the lines that lead to its cause. */
export function explain(verdict: Verdict): string {
  if (verdict.outcome === 'passed') return explainPassed(verdict);
  return verdict.outcome === 'failed' ? explainFailed(verdict) : explainInconclusive(verdict);
}

/** Throws an Error that says what a verdict says, unless it is passed; its stack begins at the user's own line. */
export function assertPassed(verdict: Verdict): void {
  if (verdict.outcome !== 'passed') throw atUserLine(new Error(explain(verdict)));
}

function explainPassed({ entries, worst }: Passed): string {
  if (!worst) return `${entries} numbers are right`;
  return `${entries} gradients are right; the worst: ${inWords(worst)}`;
}

function explainInconclusive({ reason, worst }: Inconclusive): string {
  const where = worst ? ` ${inWords(worst)}` : '';
  switch (reason) {
    case 'zero':
      return 'every gradient was 0, so a rule that gives nothing would have passed too; take another point';
    case 'no definition':
      return 'there is no definition to compare with';
    case 'not finite':
      return `f or a gradient is not finite here; take another point.${where}`;
    default:
      return `differences are too rough here to tell, near a kink or where f is flat; take another point, or allow them a larger error by gate.${where}`;
  }
}

function explainFailed({ law, evidence, worst, blame, cause }: Failed): string {
  const gradient = law === 'gradient' || law === 'second order' || law === 'kinks';
  const head = gradient ? 'a gradient is wrong' : `a law is broken: ${LAWS[law]}`;
  const lines = [`${head}: ${evidence}`];
  if (blame) lines.push(`  to blame         ${who(blame)}`);
  const entry = blame?.entry ?? worst;
  if (entry && gradient) lines.push(...numbers(entry));
  if (blame?.op === 'stopGradient') {
    lines.push(
      '  by design        it hides a slope that differences see; in a spec, say `cut: true`',
    );
  } else if (cause) lines.push(`  likely cause     ${cause.text}`);
  return lines.join('\n');
}

function who({ suspect, op, node, slotName, index = [], entry }: Blame): string {
  if (suspect === 'kernel') return `the kernel of ${op}, in ${node}`;
  if (suspect === 'engine') {
    return `the engine, at ${node}: every rule is right by itself, so look at the sum over children, at the plan, and at what an op may keep from one use to the next`;
  }
  const rule = `the backward rule of ${op}, in ${node}`;
  if (!entry || slotName === undefined) return rule;
  return `${rule}, for its input ${placeIn(slotName, index)} = ${entry.x}`;
}

function numbers({ backward, differences: { value, error } }: Entry): string[] {
  const off = Math.abs(backward - value);
  const share = off / Math.max(Math.abs(value), Math.abs(backward));
  const lines = [
    `  backward gives   ${backward}`,
    `  differences give ${value} ± ${figure(error)}`,
  ];
  if (!Number.isFinite(off)) return lines;
  return [...lines, `  off by           ${figure(off)}, which is ${percent(share)}`];
}

function inWords({ slot, at, x, backward, differences: { value, error } }: Entry): string {
  return (
    `${placeIn(`input ${slot + 1}`, at)} = ${x}: backward gives ${backward}, ` +
    `differences give ${value} ± ${figure(error)}`
  );
}
