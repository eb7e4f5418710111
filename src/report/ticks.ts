// Axes: from numbers to a stretch of the picture, with ticks at numbers that people like.

import { log } from '../linalg/elementary/index.js';
import { significant } from './numbers.js';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Axis {
  /** 0 at the least value shown, 1 at the greatest. */
  position(value: number): number;
  readonly ticks: readonly Tick[];
}

export type Scale = 'linear' | 'log';

/**
 * An axis that shows all values from `least` to `greatest`, with about `wanted` ticks.
 * @throws RangeError for a logarithmic axis that would have to show 0 or less
 */
export function axis(scale: Scale, least: number, greatest: number, wanted: number): Axis {
  return scale === 'linear'
    ? linearAxis(least, greatest, wanted)
    : logAxis(least, greatest, wanted);
}

function linearAxis(least: number, greatest: number, wanted: number): Axis {
  const [low, high] = distinct(least, greatest) ? [least, greatest] : widened(least);
  // Halves, because the whole difference may overflow.
  const span = high / 2 - low / 2;
  return {
    position: (value) => (value / 2 - low / 2) / span,
    ticks: niceValues(low, high, wanted).map((value) => ({ value, label: tickLabel(value) })),
  };
}

/** Whether there is room for ticks between two numbers of this size. */
function distinct(low: number, high: number): boolean {
  return high - low > 1e-12 * Math.max(-low, high) + 1e-300;
}

function widened(value: number): [number, number] {
  const margin = Math.abs(value) > 1e-300 ? Math.abs(value) / 2 : 1;
  return [value - margin, value + margin];
}

/** The multiples of 1, 2 or 5 times a power of ten between low and high: at most `wanted` + 1. */
export function niceValues(low: number, high: number, wanted: number): number[] {
  const rough = high / wanted - low / wanted;
  const exponent = Math.floor(log10(rough));
  // The quotient of whole numbers is the double nearest to a decimal like 0.3; a product is not.
  const over = (n: number, e: number): number => (e < 0 ? n / power10(-e) : n * power10(e));
  for (const [factor, e] of CANDIDATES.map(([f, up]) => [f, exponent + up] as const)) {
    if (over(factor, e) < rough) continue;
    const first = Math.ceil(low / over(factor, e));
    const last = Math.floor(high / over(factor, e));
    const values = Array.from({ length: last - first + 1 }, (_, i) =>
      over((first + i) * factor, e),
    );
    return values.filter((value) => value >= low && value <= high);
  }
  throw new RangeError(`no ticks between ${low} and ${high}`);
}

const CANDIDATES: readonly (readonly [factor: number, up: number])[] = [
  [1, 0],
  [2, 0],
  [5, 0],
  [1, 1],
  [2, 1],
];

function logAxis(least: number, greatest: number, wanted: number): Axis {
  if (!(least > 0)) {
    throw new RangeError(
      `a logarithmic axis cannot show ${least}: only numbers above 0 have a place`,
    );
  }
  const [low, high] = distinct(least, greatest) ? [least, greatest] : [least / 2, greatest * 2];
  const [from, to] = [log(low), log(high)];
  return {
    position: (value) => (log(value) - from) / (to - from),
    ticks: logValues(low, high, wanted).map((value) => ({ value, label: tickLabel(value) })),
  };
}

/** Powers of ten; 2 and 5 times them where there are few, every second or third where there are many. */
function logValues(low: number, high: number, wanted: number): number[] {
  const first = Math.floor(log10(low));
  const last = Math.ceil(log10(high));
  const between = (factors: readonly number[], every: number): number[] => {
    const values: number[] = [];
    for (let e = first; e <= last; e++) {
      if (e % every !== 0) continue;
      for (const factor of factors) values.push(Number(`${factor}e${e}`));
    }
    return values.filter((value) => value >= low && value <= high);
  };
  for (const factors of [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 5],
  ]) {
    const values = between(factors, 1);
    if (values.length >= 2 && values.length <= wanted) return values;
  }
  for (let every = 1; ; every++) {
    const values = between([1], every);
    if (values.length > wanted) continue;
    // Within a decade the plain ticks do as well.
    return values.length >= 2 ? values : niceValues(low, high, wanted);
  }
}

/** 1500, 0.25; 10⁻⁷, 2·10⁹ where that is shorter. */
export function tickLabel(value: number): string {
  const plain = significant(value, 6);
  if (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6)) return minus(plain);
  const [mantissa, exponent] = value.toExponential().split('e');
  const digits = significant(Number(mantissa), 4);
  const power = `10${superscript(String(Number(exponent)))}`;
  return minus(digits === '1' ? power : digits === '-1' ? `-${power}` : `${digits}·${power}`);
}

function minus(label: string): string {
  return label.replace(/^-/, '−');
}

function superscript(digits: string): string {
  return digits.replace(/[-\d]/g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!));
}

function log10(x: number): number {
  return log(x) / log(10);
}

/** The double nearest to 10ᵉ. */
function power10(e: number): number {
  return Number(`1e${e}`);
}
