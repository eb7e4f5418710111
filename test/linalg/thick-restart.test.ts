/** When the search looks, starts again, probes and ends, told by a basis whose Ritz pairs are made up. */
import { describe, expect, test } from 'vitest';
import type { RitzBasis, RitzPairs } from '../../src/linalg/eigen/ritz.js';
import {
  type ThickOutcome,
  type ThickProgress,
  type ThickRestart,
  thickRestart,
} from '../../src/linalg/eigen/thick-restart.js';
import { repeat } from './support/eigen.js';

/** What the basis says when it is looked at: the first values and residuals. */
interface Look {
  readonly values: readonly number[];
  readonly residuals: readonly number[];
}

interface Run {
  /** 'ritz 10', 'keep 5', 'draw': what the basis was asked for. */
  readonly log: readonly string[];
  readonly progress: readonly ThickProgress[];
  readonly outcome: ThickOutcome<RitzPairs>;
  readonly spreads: readonly number[];
}

const STRICT = 2 ** -20;

/** Drives the search over a basis that keeps count of itself, and at its i-th look says what `looks` has there. */
function run(options: Partial<ThickRestart>, looks: readonly Look[]): Run {
  const search: ThickRestart = {
    ...{ n: 10 ** 9, k: 3, blockSize: 2, basisSize: 50, maxProducts: 1000 },
    ...{ rank: (value: number) => value, limit: STRICT, tolerance: 0 },
    ...options,
  };
  const { n, blockSize, basisSize } = search;
  const log: string[] = [];
  const spreads: number[] = [];
  let [size, looked, calls] = [0, 0, 0];
  const basis: RitzBasis = {
    get size() {
      return size;
    },
    get complete() {
      return size === n;
    },
    get nextProducts() {
      return size + blockSize <= basisSize ? Math.min(blockSize, n - size) : 0;
    },
    grow: () => {
      size += basis.nextProducts;
      if (++calls > 1000) throw new Error('it does not end');
    },
    ritz: (_, spread) => {
      if (++calls > 1000) throw new Error('it does not end');
      log.push(`ritz ${size}`);
      spreads.push(spread);
      const look = looks[Math.min(looked++, looks.length - 1)]!;
      const filled = (told: readonly number[], rest: number): Float64Array =>
        Float64Array.from({ length: size }, (_, j) => told[j] ?? rest);
      return {
        values: filled(look.values, -0.5),
        coefficients: new Float64Array(0),
        residuals: filled(look.residuals, 7),
      };
    },
    keep: (_, count) => {
      log.push(`keep ${count}`);
      size = count;
    },
    drawBlock: () => log.push('draw'),
  };
  const progress: ThickProgress[] = [];
  const iteration = thickRestart(basis, search);
  for (;;) {
    const { value, done } = iteration.next();
    if (done) return { log, progress, outcome: value, spreads };
    progress.push(value);
  }
}

const far: Look = { values: [4, 3, 2, 1], residuals: [1, 2, 0.5, 9] };
/** All three have converged, and no two are near each other. */
const apart: Look = { values: [4, 3, 2, 1], residuals: [STRICT, 0, STRICT, 9] };

describe('how often it looks', () => {
  test.each([
    [{ k: 3, blockSize: 2 }, [10, 18, 26, 34, 42]],
    [{ k: 9, blockSize: 1 }, [12, 16, 20, 24, 28, 32, 36, 40]],
    [{ k: 1, blockSize: 4 }, [16, 32, 48]],
    [{ k: 6, blockSize: 4 }, [20, 36, 52]],
    // 18 + 4·18²/100 = 30.96
    [{ k: 3, blockSize: 2, n: 100 }, [10, 18, 32, 60]],
    // 10 + 4·10²/50 = 18: not beyond.
    [{ k: 3, blockSize: 2, n: 50 }, [10, 18, 44]],
    [{ k: 3, blockSize: 2, n: 48 }, [10, 20, 48]],
  ])('%o', (options, sizes) => {
    const { log, progress } = run({ basisSize: 60, maxProducts: 40, ...options }, [far]);
    expect(log).toEqual(sizes.map((size) => `ritz ${size}`));
    const { blockSize } = options;
    expect(progress).toHaveLength(sizes.at(-1)! / blockSize);
    for (const [i, { products }] of progress.entries()) expect(products).toBe((i + 1) * blockSize);
  });
});

test.each([
  // 0.4·47 = 18.8
  [{ k: 3, blockSize: 2, basisSize: 50 }, 3 + 18],
  [{ k: 10, blockSize: 2, basisSize: 50 }, 10 + 16],
  // Three blocks: one is kept, two are new.
  [{ k: 3, blockSize: 5, basisSize: 18 }, 3 + 5],
  [{ k: 3, blockSize: 6, basisSize: 24 }, 3 + 8],
  [{ k: 4, blockSize: 5, basisSize: 20 }, 4 + 6],
  [{ k: 1, blockSize: 1, basisSize: 4 }, 1 + 1],
])('a full basis starts again from k and a part of the others: %o', (options, kept) => {
  const { log } = run({ maxProducts: 80, ...options }, [far]);
  const keeps = log.filter((entry) => entry.startsWith('keep'));
  expect(keeps.length).toBeGreaterThan(1);
  for (const entry of keeps) expect(entry).toBe(`keep ${kept}`);
  expect(log).not.toContain('draw');
});

describe('how it ends', () => {
  test('all have converged, the limit itself included', () => {
    const { log, outcome, progress, spreads } = run({}, [far, apart]);
    // Values that agree to within the stopping rule count as equal.
    expect(spreads).toEqual([STRICT, STRICT]);
    expect(log).toEqual(['ritz 10', 'ritz 18']);
    expect(outcome.reason).toBe('');
    expect(outcome.limit).toBe(STRICT);
    expect(outcome.products).toBe(18);
    expect([...outcome.ritz.values.subarray(0, 3)]).toEqual([4, 3, 2]);
    // Before the first look nothing is known; after it the largest residual of those wanted.
    expect(progress.slice(0, 5)).toEqual(
      [2, 4, 6, 8, 10].map((products) => ({ products, converged: 0, residual: Infinity })),
    );
    expect(progress.slice(5)).toEqual(
      [12, 14, 16, 18].map((products) => ({ products, converged: 0, residual: 2 })),
    );
  });

  test('some have converged', () => {
    const some = { values: [4, 3, 2, 1], residuals: [STRICT, STRICT * (1 + 2 ** -50), 0, 0] };
    const { outcome, progress } = run({ maxProducts: 18 }, [some]);
    expect(progress.at(-1)).toEqual({ products: 18, converged: 2, residual: some.residuals[1] });
    expect(outcome.reason).toBe(
      '2 of 3 pairs converged within 18 products; the largest residual is 9.54e-7, the limit 9.54e-7',
    );
    expect(outcome.products).toBe(18);
    expect(run({ maxProducts: 19 }, [some]).outcome.products).toBe(26);
  });

  test('out of products with all of them converged, there is nothing to explain', () => {
    const cluster = { values: [4, 4, 2, 1], residuals: [0, 0, 0, 0] };
    const { log, outcome } = run({ maxProducts: 10 }, [cluster]);
    expect(log).toEqual(['ritz 10']);
    expect(outcome.reason).toBe('');
  });

  test('a basis of the whole space has the pairs, whatever their residuals are said to be', () => {
    const whole = run({ n: 10, basisSize: 10 }, [far]);
    expect(whole.log).toEqual(['ritz 10']);
    expect(whole.outcome.reason).toBe('');
  });

  test('the tolerance is relative to the largest magnitude there is', () => {
    const negative = { values: [2, 1, 0.5, -8], residuals: [2 ** -7, 2 ** -7, 2 ** -7, 0] };
    const { outcome } = run({ tolerance: 2 ** -10 }, [negative]);
    expect(outcome.limit).toBe(2 ** -7);
    expect(outcome.reason).toBe('');
    expect(run({ tolerance: 2 ** -11, maxProducts: 20 }, [negative]).outcome.reason).not.toBe('');
  });
});

describe('what may hide behind a repeated value', () => {
  const zeros = [0, 0, 0, 0];
  /** Converged, two of them so near each other. */
  const twins = (distance: number): Look => ({ values: [4, 4 - distance, 2, 1], residuals: zeros });
  const probed = ['ritz 10', 'keep 3', 'draw'];

  test('values ten limits from each other count as repeated, as many as a block has vectors', () => {
    const log = (distance: number, blockSize = 2) => run({ blockSize }, [twins(distance)]).log;
    expect(log(10 * STRICT)).toEqual([...probed, 'ritz 11']);
    expect(log(10 * STRICT * (1 + 5e-8))).toEqual(['ritz 10']);
    // For three at once, two are none too many; for one at a time, any single one is.
    expect(log(0, 3)).toEqual(['ritz 12']);
    expect(log(1, 1)).toEqual(['ritz 6', 'keep 3', 'draw', 'ritz 7']);
    const anywhere = { values: [4, 2, 2 - 10 * STRICT, 1], residuals: zeros };
    expect(run({}, [anywhere]).log).toEqual([...probed, 'ritz 11']);
  });

  test('with a tolerance, values count as repeated when they differ by its square', () => {
    const loose = { tolerance: 2 ** -6 }; // the limit is 4·2⁻⁶ = 2⁻⁴, and 2⁻⁴·(2⁻⁴/4) = 2⁻¹⁰
    expect(run(loose, [twins(10 * 2 ** -10)]).log).toEqual([...probed, 'ritz 11']);
    expect(run(loose, [twins(11 * 2 ** -10)]).log).toEqual(['ritz 10']);
    const less = (look: Look): Look => ({ ...look, values: look.values.map((x) => x / 8) });
    expect(run(loose, [less(twins(10 * 2 ** -10))]).log).toEqual([...probed, 'ritz 11']);
  });

  test('of nothing but zeros, too', () => {
    const nothing = { values: repeat(0, 20), residuals: zeros };
    expect(run({ limit: 0 }, [nothing]).log).toEqual([...probed, 'ritz 11']);
  });

  test('they are ranked as asked for', () => {
    const magnitudes = { values: [4, -4, 2, 1], residuals: zeros };
    expect(run({ rank: Math.abs }, [magnitudes]).log).toEqual(['ritz 10']);
    // What came up is larger by its rank, and a pair: it is probed again.
    const more = { values: [5, -5, -5, 1], residuals: zeros };
    const pair = { values: [4, 4, -1, 1], residuals: zeros };
    expect(run({ rank: Math.abs }, [pair, more]).log).toEqual([
      ...probed,
      'ritz 11',
      'keep 3',
      'draw',
      'ritz 11',
    ]);
  });

  test('what a probe brings up is probed again, if it is more than a limit above', () => {
    const below = { values: [4, 4, 2 + STRICT, 1], residuals: zeros };
    expect(run({}, [twins(0), below]).log).toEqual([...probed, 'ritz 11']);
    const above = { values: [4, 4, 2 + 2 * STRICT, 1], residuals: zeros };
    expect(run({}, [twins(0), above]).log).toEqual([
      ...probed,
      'ritz 11',
      'keep 3',
      'draw',
      'ritz 11',
    ]);
    // The first of them alone may be new.
    const [four, five] = [4, 5].map((first) => ({ values: [first, 4, 4, 1], residuals: zeros }));
    expect(run({}, [four!, five!]).log).toEqual([
      ...[...probed, 'ritz 11', 'keep 3', 'draw', 'ritz 11'],
    ]);
    // With nothing repeated left, there is nothing to probe.
    const single = { values: [6, 4, 2, 1], residuals: zeros };
    expect(run({}, [twins(0), single]).log).toEqual([...probed, 'ritz 11']);
  });

  test('after a probe it ends only when the next pair can outrank none', () => {
    /** What is said after the probe of the pair behind the last one wanted. */
    const log = (value: number, residual: number, options: Partial<ThickRestart> = {}) =>
      run({ maxProducts: 30, ...options }, [
        twins(0),
        { values: [4, 4, 2, value], residuals: [0, 0, 0, residual] },
      ]).log;
    const ended = [...probed, 'ritz 11'];
    const waits = [...ended, 'ritz 19', 'ritz 27'].slice(0, 6);
    // Near an eigenvector is a thousandth of the largest magnitude.
    expect(log(1, 4e-3)).toEqual(ended);
    expect(log(1, 4e-3 * (1 + 5e-8))).toEqual(waits);
    expect(log(-3, 5e-3)).toEqual(waits);
    const lower = { values: [4, 2, 2, 1], residuals: [0, 0, 0, 3e-3] };
    expect(run({}, [lower]).log).toEqual(ended);
    // And its value with its residual stays below the last one wanted, within the limit.
    expect(log(2 - 2 ** -10, 2 ** -10 + STRICT)).toEqual(ended);
    expect(log(2 - 2 ** -10, 2 ** -10 + 2 * STRICT)).toEqual(waits);
    expect(log(2 + STRICT, 0)).toEqual(ended);
    expect(log(2 + 2 * STRICT, 0)).toEqual(waits);
    // Not above the limit is near enough, where that is more.
    expect(log(1, 2 ** -4, { tolerance: 2 ** -6 })).toEqual(ended);
    expect(log(1, 2 ** -3, { tolerance: 2 ** -6 })).toEqual(waits);
  });

  test('while it waits, a full basis starts again as ever', () => {
    const unsettled = { values: [4, 4, 2, 1], residuals: [0, 0, 0, 1] };
    const { log } = run({ basisSize: 16, maxProducts: 40 }, [twins(0), unsettled]);
    expect(log.slice(0, 6)).toEqual([...probed, 'ritz 11', 'ritz 15', 'keep 8']);
    expect(log).not.toContain('keep 16');
  });
});
