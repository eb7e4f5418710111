export { derivative, type Estimate, type Side } from './differences.js';
export {
  assertGradient,
  assertPassed,
  type CheckOptions,
  checkGradient,
  checkKink,
  type Entry,
  explain,
  type Verdict,
} from './gradient.js';
export type { Build, Value } from './problem.js';
export { checkTranspose, type TransposeVerdict } from './transpose.js';
