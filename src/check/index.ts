export { derivative, type Estimate, type Side } from './differences.js';
export { type Engine, ourEngine } from './engine.js';
export { assertGradient, type CheckOptions, checkGradient, checkKink } from './gradient.js';
export type { Build, Value } from './problem.js';
export { checkTranspose, type TransposeVerdict } from './transpose.js';
export { assertPassed, type Entry, explain, type Verdict } from './verdict.js';
