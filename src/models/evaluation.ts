// How good an embedding is: against people's judgements, by analogies, by planted classes.
import type { Analogy } from '../text/index.js';
import type { Embedding } from './embedding.js';

/** How alike (or related) people find two words. */
export interface ScoredPair {
  readonly a: string;
  readonly b: string;
  /** How alike people find the two; only the order of scores counts. */
  readonly score: number;
}

/** Spearman's ρ; 0 with a reason where it is undefined. */
export interface Correlation {
  readonly rho: number;
  readonly reason?: string;
}

/**
 * Spearman's rank correlation, equal values sharing the mean of their ranks: Pearson's correlation of
 * the ranks. @throws RangeError when the lengths differ
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  if (x.length !== y.length) {
    throw new RangeError(`Each of ${x.length} values needs a partner, but there are ${y.length}.`);
  }
  const n = x.length;
  if (n < 2) return { rho: 0, reason: `${n} pairs have no ranking` };
  const r = ranks(x);
  const s = ranks(y);
  const mean = (n + 1) / 2;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = r[i]! - mean;
    const dy = s[i]! - mean;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (xx === 0) return { rho: 0, reason: `all ${n} similarities are equal` };
  if (yy === 0) return { rho: 0, reason: `all ${n} scores are equal` };
  return { rho: xy / Math.sqrt(xx * yy) };
}

/** Ranks from 1, the smallest value first; equal values all get the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i);
  order.sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let o = from; o < to; o++) ranks[order[o]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

export interface PairsResult extends Correlation {
  readonly pairs: number;
  /** Pairs whose two words the embedding has: ρ is over these. */
  readonly covered: number;
}

/** ρ between people's scores and cosines. A word that is missing is tried in small letters. */
export function evaluatePairs(embedding: Embedding, pairs: readonly ScoredPair[]): PairsResult {
  const cosines: number[] = [];
  const scores: number[] = [];
  for (const { a, b, score } of pairs) {
    const i = find(embedding, a);
    const j = find(embedding, b);
    if (i < 0 || j < 0) continue;
    cosines.push(embedding.similarity(embedding.words[i]!, embedding.words[j]!));
    scores.push(score);
  }
  return { pairs: pairs.length, covered: scores.length, ...spearman(cosines, scores) };
}

/** How many analogies an embedding completes. */
export interface AnalogiesResult {
  /** How many were asked. */
  readonly questions: number;
  /** Questions whose four words the embedding has. */
  readonly covered: number;
  /** Questions answered right; n words that tie for the answer count 1/n. */
  readonly correct: number;
  /** correct / covered, 0 when none is covered. */
  readonly accuracy: number;
}

/** Questions answered at once, as one matrix product. */
const BLOCK = 64;

/**
 * The share of analogies for which d is the word nearest to b − a + c, the three question words
 * excluded (3CosAdd). A word that is missing is tried in small letters.
 */
export function evaluateAnalogies(
  embedding: Embedding,
  sections: ReadonlyMap<string, readonly Analogy[]>,
): { total: AnalogiesResult; sections: ReadonlyMap<string, AnalogiesResult> } {
  const results = new Map<string, AnalogiesResult>();
  let total = analogiesResult(0, 0, 0);
  for (const [name, questions] of sections) {
    const covered = questions
      .map((question) => question.map((word) => find(embedding, word)))
      .filter((question) => question.every((i) => i >= 0));
    let correct = 0;
    for (let from = 0; from < covered.length; from += BLOCK) {
      correct += answeredRight(embedding, covered.slice(from, from + BLOCK));
    }
    results.set(name, analogiesResult(questions.length, covered.length, correct));
    total = analogiesResult(
      total.questions + questions.length,
      total.covered + covered.length,
      total.correct + correct,
    );
  }
  return { total, sections: results };
}

function analogiesResult(questions: number, covered: number, correct: number): AnalogiesResult {
  return { questions, covered, correct, accuracy: covered === 0 ? 0 : correct / covered };
}

function answeredRight(embedding: Embedding, questions: readonly (readonly number[])[]): number {
  const { dimension, size } = embedding;
  const targets = new Float64Array(questions.length * dimension);
  questions.forEach(([a, b, c], q) => {
    targets.set(embedding.analogyTarget(a!, b!, c!), q * dimension);
  });
  const scores = embedding.products(targets);
  const m = questions.length;
  const answers = Float64Array.from(questions, ([, , , d], q) => scores[d! * m + q]!);
  questions.forEach(([a, b, c], q) => {
    for (const i of [a!, b!, c!]) scores[i * m + q] = Number.NEGATIVE_INFINITY;
  });
  const better = new Float64Array(m);
  const tied = new Float64Array(m);
  for (let i = 0; i < size; i++) {
    for (let q = 0; q < m; q++) {
      if (scores[i * m + q]! > answers[q]!) better[q]!++;
      else if (scores[i * m + q] === answers[q]) tied[q]!++;
    }
  }
  // A question whose answer is one of its own words cannot be answered right.
  return questions.reduce((right, [a, b, c, d], q) => {
    const excluded = d === a || d === b || d === c;
    return right + (excluded || better[q]! > 0 ? 0 : 1 / tied[q]!);
  }, 0);
}

/** How often neighbours are of one class. */
export interface ClassResult {
  /** The mean share of the n nearest words that are of the word's own class. */
  readonly share: number;
  /** What drawing the n at random would give. */
  readonly chance: number;
  /** How many words have a class. */
  readonly words: number;
  readonly classes: ReadonlyMap<string, number>;
}

/**
 * For every word that has a class: how many of its five nearest (among all words, with a class or
 * without) are of the same class. Where words tie for the last places, each counts for the share of
 * a place it can expect, so an embedding without any order comes out at chance exactly.
 */
export function nearestFiveInClass(
  embedding: Embedding,
  classOf: (word: string) => string | undefined,
  n = 5,
): ClassResult {
  const { words, size } = embedding;
  const classes = words.map(classOf);
  const shares = new Map<string, number[]>();
  const sizes = new Map<string, number>();
  classes.forEach((name, i) => {
    if (name === undefined) return;
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
    const own = (j: number) => classes[j] === name;
    shares.set(name, [...(shares.get(name) ?? []), nearestShare(embedding, i, own, n)]);
  });
  const all = [...shares.values()].flat();
  const chances = classes.flatMap((name) => (name ? [(sizes.get(name)! - 1) / (size - 1)] : []));
  return {
    share: mean(all),
    chance: mean(chances),
    words: all.length,
    classes: new Map([...shares].map(([name, list]) => [name, mean(list)])),
  };
}

/** The expected share of the n nearest to word i, i itself left out, for which `own` holds. */
function nearestShare(
  embedding: Embedding,
  i: number,
  own: (j: number) => boolean,
  n: number,
): number {
  const cosines = embedding.products(embedding.unit(i));
  const others = Array.from(cosines.keys()).filter((j) => j !== i);
  const places = Math.min(n, others.length);
  const last = others.map((j) => cosines[j]!).sort((a, b) => b - a)[places - 1]!;
  const nearer = others.filter((j) => cosines[j]! > last);
  const tied = others.filter((j) => cosines[j] === last);
  const share = tied.filter(own).length / tied.length;
  return (nearer.filter(own).length + (places - nearer.length) * share) / places;
}

function find(embedding: Embedding, word: string): number {
  const i = embedding.indexOf(word);
  return i >= 0 ? i : embedding.indexOf(word.toLowerCase());
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}
