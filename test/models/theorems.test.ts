import { describe, expect, test } from 'vitest';
import { theorems } from '../../docs/theorems/theorems.js';

describe.each(Object.values(theorems))('$title ($source)', ({ claim, prove }) => {
  test(claim, () => {
    const { measured, path } = prove();
    expect(measured).not.toEqual([]);
    for (const { what, value, tolerance } of measured) {
      expect(Math.abs(value), what).toBeLessThanOrEqual(tolerance);
    }
    // It was not there from the start.
    expect(path[0]!.distance).toBeGreaterThan(0.01);
  });
});
