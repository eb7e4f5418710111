/** Set up for tests that run under mutation: the same draws for every mutant, and no shrinking of what fails. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_231_121, endOnFailure: true });
