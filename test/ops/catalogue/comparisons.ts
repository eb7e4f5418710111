import fc from 'fast-check';
import { definitions } from '../../../src/check/reference/index.js';
import type { Domain, OpSpec } from '../../../src/check/spec.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { type Binary, binary, pairs, point, scalar } from './builders.js';

const INFINITY = Number.POSITIVE_INFINITY;
const TINY = 5e-324;
const BELOW_ONE = 1 - 2 ** -53;

/** Multiples of 1/8. */
export const eighths: fc.Arbitrary<number> = fc.integer({ min: -32, max: 32 }).map((k) => k / 8);
/** What is halfway between them: 1/16 away from every tie at least. */
export const between: fc.Arbitrary<number> = eighths.map((x) => x + 1 / 16);
export const NO_TIE: Domain = pairs('a ≠ b', (a, b) => a !== b);

/** A step: flat wherever it has a slope, and there too where it jumps. */
const step = (f: Binary, [below, tied, above]: [number, number, number]): Partial<OpSpec> => ({
  domain: NO_TIE,
  flat: true,
  special: [
    [BELOW_ONE, 1, below],
    [1, 1, tied],
    [1 + 2 ** -52, 1, above],
    [-0, 0, tied],
    [0, TINY, below],
    [-INFINITY, INFINITY, below],
    [INFINITY, INFINITY, tied],
  ].map(([a, b, value]) =>
    point(`a = ${a}, b = ${b}`, f, [scalar(a!), scalar(b!)], [value!], [0], [0]),
  ),
});

export const comparisons = {
  greater: binary(
    'greater',
    ops.greater,
    definitions.greater,
    eighths,
    between,
    step(ops.greater, [0, 0, 1]),
  ),
  greaterEqual: binary(
    'greaterEqual',
    ops.greaterEqual,
    definitions.greaterEqual,
    eighths,
    between,
    step(ops.greaterEqual, [0, 1, 1]),
  ),
  less: binary('less', ops.less, definitions.less, eighths, between, step(ops.less, [1, 0, 0])),
  lessEqual: binary(
    'lessEqual',
    ops.lessEqual,
    definitions.lessEqual,
    eighths,
    between,
    step(ops.lessEqual, [1, 1, 0]),
  ),
  equal: binary(
    'equal',
    ops.equal,
    definitions.equal,
    eighths,
    between,
    step(ops.equal, [0, 1, 0]),
  ),
} satisfies Partial<Record<OpName, OpSpec>>;
