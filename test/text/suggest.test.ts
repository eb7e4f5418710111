import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, distance } from '../../src/text/suggest.js';

/** Every word one slip away, over a small alphabet. */
function slips(word: string): Set<string> {
  const found = new Set<string>();
  for (let k = 0; k <= word.length; k++) {
    const [left, right] = [word.slice(0, k), word.slice(k)];
    for (const letter of 'ab') {
      found.add(left + letter + right);
      if (right) found.add(left + letter + right.slice(1));
    }
    if (right) found.add(left + right.slice(1));
    if (right.length > 1) found.add(left + right[1] + right[0] + right.slice(2));
  }
  return found;
}

test('the distance is the least number of slips, where they do not overlap', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const near = slips(a);
      expect(distance(a, b) === 0).toBe(a === b);
      expect(distance(a, b) <= 1).toBe(a === b || near.has(b));
      expect(distance(a, b)).toBe(distance(b, a));
    }),
  );
  expect(distance('kitten', 'sitting')).toBe(3);
  expect(distance('tahn', 'tanh')).toBe(1);
  expect(distance('', 'abc')).toBe(3);
});

test('only what is close is suggested: the nearest, and among equals the one of the same length', () => {
  expect(didYouMean('tahn', ['tan', 'tanh', 'sin'])).toBe('; did you mean tanh?');
  expect(didYouMean('SIGMOID', ['sigmoid'])).toBe('; did you mean sigmoid?');
  expect(didYouMean('xyz', ['sin', 'cos'])).toBe('');
  expect(didYouMean('x', ['y', 'z'])).toBe('');
  expect(didYouMean('x', ['X'])).toBe('; did you mean X?');
});
