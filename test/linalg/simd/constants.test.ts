import { expect, test } from 'vitest';
import { Module } from '../../../src/linalg/simd/assembler/index.js';
import { Constants } from '../../../src/linalg/simd/constants.js';

test('each number stands in the table once, told apart by its bits, and there is an end of room', () => {
  const constants = new Constants(3);
  const module = new Module();
  module.procedure('write', {}, () => {
    for (const value of [1, 0, 1, -0, 0]) constants.splat(value);
    expect(() => constants.splat(2)).toThrow('room for 3 constants is all taken');
    constants.splat(-0);
    return [];
  });
});
