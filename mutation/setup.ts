/**
 * Set up for tests that run under mutation: the same draws for every mutant, and no shrinking of what fails, but where
 * shrinking itself is tested.
 */
import fc from 'fast-check';
import { beforeEach } from 'vitest';

const endOnFailure = process.env['MUTATION_SHRINKS'] !== 'true';
fc.configureGlobal({ seed: 0, endOnFailure });

/** A seed for each test, of its name: with one for all, the draws of all would be alike. */
beforeEach(({ task }) => {
  let seed = 0;
  for (const letter of task.name) seed = (Math.imul(seed, 31) + letter.codePointAt(0)!) | 0;
  fc.configureGlobal({ seed, endOnFailure });
});
