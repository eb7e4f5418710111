/**
 * Randomness as a function. A number is not the next one of some hidden state; it is looked up:
 * (seed, label) name a table, (step, index) a place in it. Leaving a draw out, adding one, changing
 * their order or resuming half-way therefore changes no other number.
 */

import { log } from '../elementary/index.js';
import { rangeError } from '../errors.js';
import * as elementwise from '../kernels/elementwise.js';
import { allocate } from '../memory.js';
import type { Stretch } from '../stretch.js';
import { block, threefry } from './threefry.js';

/** The 64-bit name of a table of random numbers; made by `randomKey`. */
export interface RandomKey {
  readonly k0: number;
  readonly k1: number;
}

/**
 * The table of a seed (any safe integer) and a label: equal ones give the same table, others unrelated
 * ones. The label is absorbed by the cipher itself, one UTF-16 unit to a block.
 * @throws RangeError when the seed is not a safe integer.
 */
export function randomKey(seed: number, label = ''): RandomKey {
  if (!Number.isSafeInteger(seed)) {
    throw rangeError(`randomKey: a seed is a whole number within ±(2⁵³ − 1), not ${seed}`);
  }
  threefry(seed | 0, Math.floor(seed / 2 ** 32) | 0, label.length, -1);
  for (let i = 0; i < label.length; i++) threefry(block[0]!, block[1]!, label.charCodeAt(i), i);
  return { k0: block[0]!, k1: block[1]! };
}

/** The block of bits as a multiple of 2⁻⁵³ in [0, 1). */
function unit(): number {
  return ((block[0]! >>> 5) * 2 ** 26 + (block[1]! >>> 6)) * 2 ** -53;
}

/**
 * The uniform number in [0, 1) at (step, index), both in 0 … 2³² − 1: all 2⁵³ multiples of 2⁻⁵³ are
 * equally likely.
 * @throws RangeError on a step or index out of range.
 */
export function uniformAt(key: RandomKey, step: number, index: number): number {
  checkPlace('uniformAt', 'step', step);
  checkPlace('uniformAt', 'index', index);
  threefry(key.k0, key.k1, index, step);
  return unit();
}

/** `uniformAt(key, step, i)` for every element i of `out`. */
export function fillUniform(out: Float64Array, key: RandomKey, step = 0): void {
  checkPlace('fillUniform', 'step', step);
  for (let i = 0; i < out.length; i++) {
    threefry(key.k0, key.k1, i, step);
    out[i] = unit();
  }
}

/** The latest point: u, v and s = u² + v². (Variables would be a new box for every number.) */
const point = new Float64Array(3);

/**
 * A point (u, v) drawn uniformly from the unit disc without its centre. One outside the disc is drawn anew; attempt
 * number 1, 2, … has a table of its own, under the key (k0, k1 + attempt).
 */
function drawPoint(key: RandomKey, step: number, index: number): void {
  for (let attempt = 1; ; attempt++) {
    const k1 = (key.k1 + attempt) | 0;
    threefry(key.k0, k1, index, step);
    const u = 2 * unit() - 1;
    threefry(key.k0, k1, index + 1, step);
    const v = 2 * unit() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) {
      point[0] = u;
      point[1] = v;
      point[2] = s;
      return;
    }
  }
}

/**
 * The standard normal number at (step, index), both in 0 … 2³² − 1. Indices 2p and 2p + 1 come from one
 * point of the disc, by Marsaglia's polar method: u·√(−2 ln s / s) and v·√(−2 ln s / s) are independent normals.
 * @throws RangeError on a step or index out of range.
 */
export function normalAt(key: RandomKey, step: number, index: number): number {
  checkPlace('normalAt', 'step', step);
  checkPlace('normalAt', 'index', index);
  const parity = index % 2;
  drawPoint(key, step, index - parity);
  const s = point[2]!;
  return point[parity]! * Math.sqrt((-2 * log(s)) / s);
}

/** `normalAt(key, step, i)` for every element i of `out`. */
export function fillNormal(out: Float64Array, key: RandomKey, step = 0): void {
  checkPlace('fillNormal', 'step', step);
  disc ??= makeDisc();
  const { u, v, s, logarithm, takeLogarithms } = disc;
  for (let from = 0; from < out.length; from += 2 * POINTS) {
    const count = Math.min(POINTS, Math.ceil((out.length - from) / 2));
    for (let p = 0; p < count; p++) {
      drawPoint(key, step, from + 2 * p);
      u[p] = point[0]!;
      v[p] = point[1]!;
      s[p] = point[2]!;
    }
    takeLogarithms(0, count);
    for (let p = 0, i = from; p < count; p++, i += 2) {
      const stretch = Math.sqrt((-2 * logarithm[p]!) / s[p]!);
      out[i] = u[p]! * stretch;
      // (Of a last point that stands for one number, the other goes nowhere.)
      out[i + 1] = v[p]! * stretch;
    }
  }
}

/** Points whose logarithms are taken together. */
const POINTS = 256;

interface Disc {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly s: Float64Array;
  readonly logarithm: Float64Array;
  readonly takeLogarithms: Stretch;
}

let disc: Disc | undefined;

function makeDisc(): Disc {
  const [s, logarithm] = [allocate(POINTS), allocate(POINTS)];
  const takeLogarithms = elementwise.log.on(logarithm, s);
  return { u: new Float64Array(POINTS), v: new Float64Array(POINTS), s, logarithm, takeLogarithms };
}

function checkPlace(kernel: string, name: string, value: number): void {
  if (value >>> 0 !== value) {
    throw rangeError(`${kernel}: ${name} is a whole number from 0 to 2³² − 1, not ${value}`);
  }
}
