export { casesOf } from './cases.js';
export { type Checkable, completed, isOp, spec } from './checkable.js';
export { derivative, type Estimate, type Side } from './differences.js';
export { type Engine, ourEngine, type Prepared } from './engine.js';
export { assertPassed, explain } from './explain.js';
export { type Fitting, type FittingOptions, fitting, UnfitError } from './fitting.js';
export { assertGradient, type CheckOptions, checkGradient, checkKink } from './gradient.js';
export { LAWS, type Law } from './law.js';
export type { Build, Value } from './problem.js';
export type { Range } from './range.js';
export type { Counterexample, LawReport, Report } from './report.js';
export { checkTranspose, type TransposeVerdict } from './transpose.js';
export type {
  Blame,
  Cause,
  CauseName,
  Entry,
  Failed,
  Inconclusive,
  Passed,
  Reason,
  Verdict,
} from './verdict.js';
