import { type Engine, ourEngine } from '../../../src/check/engine.js';
import type { Fault } from '../fault.js';
import { engineOf, type Find, isEngine } from '../hunt.js';
import { planted } from '../plant.js';
import { checkGrads as autograd } from './autograd.js';
import { gradcheck, gradcheckFast } from './gradcheck.js';
import { checkGrads as jax } from './jax.js';
import { type Picked, picked, pickedGraphs } from './picked.js';
import type { Check, Subject } from './subject.js';
import { expectArraysClose } from './tfjs.js';
import { usual, usualGraphs } from './usual.js';

/**
 * What came of a checker: it finds the fault at its usual inputs; or only in the graph that the kit found; or not there
 * either; or it cannot be asked, since it calls the right op wrong, too.
 */
export type Mark = 'found' | 'handed' | 'missed' | 'alarm';

/** Whether a checker calls something wrong; what throws is. */
function saysWrong(check: () => 'right' | 'wrong'): boolean {
  try {
    return check() === 'wrong';
  } catch {
    return true;
  }
}

/** A checker of one library, of a subject with the fault and of the same one without it. */
interface Peer<S extends Subject> {
  /** One after the other; the first that calls something wrong has found it. */
  readonly checks: readonly ((wrong: S, right: S, engine: Engine) => 'right' | 'wrong')[];
  readonly usual: Readonly<Record<string, readonly S[]>>;
  readonly graphs: readonly S[];
  /** The graph that the kit found, as this checker takes it. */
  readonly handed: (found: Subject) => S;
}

const byDifferences = (checks: readonly Check[]): Peer<Subject> => ({
  checks: checks.map((check) => (wrong, _right, engine) => check(wrong, engine)),
  usual,
  graphs: usualGraphs,
  handed: (found) => found,
});

const byValues: Peer<Picked> = {
  checks: [expectArraysClose],
  usual: picked,
  graphs: pickedGraphs,
  handed: (found) => ({ ...found, dy: Float64Array.of(1, 2, 3, 4) }),
};

/** What is planted is what they ask for: their own tests say so. */
const askedFor: Readonly<Record<string, readonly string[]>> = {
  tfjs: ['max: ties to all', 'min: ties to all', 'clamp: 1 at the ends'],
};

/** Checkers that differ in nothing but what they do: each of them is a list of checks, one for each order. */
export type Checkers = Readonly<
  Record<
    'gradcheck' | 'gradcheck, fast' | 'JAX check_grads' | 'autograd check_grads',
    readonly Check[]
  >
>;

/** The procedures of other libraries, written anew. */
export const ported: Checkers = {
  gradcheck,
  'gradcheck, fast': gradcheckFast,
  'JAX check_grads': jax,
  'autograd check_grads': autograd,
};
export const checkerNames = Object.keys(ported) as readonly (keyof Checkers)[];

export type PeerName = keyof Checkers | 'tfjs';
export const peerNames: readonly PeerName[] = [...checkerNames, 'tfjs'];

/** The same; or `asked for`, where the library's own tests want what is planted. */
export type Said = Mark | 'asked for';

/** What a checker says of a fault. */
export function markOf(name: PeerName, fault: Fault, found: Find, checkers = ported): Said {
  if (askedFor[name]?.includes(fault.name)) return 'asked for';
  return name === 'tfjs'
    ? mark(byValues, fault, found)
    : mark(byDifferences(checkers[name]), fault, found);
}

function mark<S extends Subject>(peer: Peer<S>, fault: Fault, found: Find): Mark {
  const marks = peer.checks.map((check): Mark => {
    const wrong = (subject: S): S =>
      isEngine(fault) ? subject : { ...subject, f: planted(subject.f, fault) };
    const alarm = (subject: S): boolean => saysWrong(() => check(subject, subject, ourEngine));
    const finds = (subject: S): boolean =>
      saysWrong(() => check(wrong(subject), subject, engineOf(fault)));
    const own = isEngine(fault) ? peer.graphs : (peer.usual[fault.op] ?? []);
    if (own.some((subject) => finds(subject) && !alarm(subject))) return 'found';
    const handed = peer.handed(found.right);
    if (!finds(handed)) return 'missed';
    return alarm(handed) ? 'alarm' : 'handed';
  });
  return (['found', 'handed', 'alarm'] as const).find((each) => marks.includes(each)) ?? 'missed';
}

/** The usual tests of a checker that it fails although nothing is planted: of these it is not asked. */
export function alarms(name: PeerName, checkers = ported): string[] {
  const failing = <S extends Subject>({ usual: own, graphs, checks }: Peer<S>): string[] =>
    [...Object.entries(own), ['engines', graphs] as const].flatMap(([op, subjects]) => {
      const fails = (s: S): boolean =>
        checks.some((check) => saysWrong(() => check(s, s, ourEngine)));
      return subjects.some(fails) ? [op] : [];
    });
  return name === 'tfjs' ? failing(byValues) : failing(byDifferences(checkers[name]));
}
