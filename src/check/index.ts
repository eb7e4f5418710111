export { casesOf } from './cases.js';
export { type Checkable, type Completed, completed, isOp, spec } from './checkable.js';
export { derivative, type Estimate, type Side } from './differences.js';
export type { DrawOptions } from './draws.js';
export { type Engine, ourEngine, type Prepared } from './engine.js';
export { assertPassed, explain } from './explain.js';
export { explainReport } from './explain-report.js';
export { type Fitting, type FittingOptions, fitting, takesAny, UnfitError } from './fitting.js';
export { assertGradient, type CheckOptions, checkGradient } from './gradient.js';
export { checkKink } from './kink.js';
export { LAWS, type Law } from './law.js';
export { checkLaw, type LawOptions, type SmoothLaw } from './laws/index.js';
export { assertOp, checkOp, checkSpec, type OpCheckOptions } from './op.js';
export { checkKinkPoint, checkMisfit, checkPoint } from './points.js';
export type { Build, ProblemOptions, Value } from './problem.js';
export {
  asDot,
  assertGraph,
  asTypeScript,
  awayFromZero,
  broadcastingShapes,
  checkGraph,
  countNodes,
  type DrawnGraph,
  distinct,
  dyadic,
  type GraphCheckOptions,
  type GraphOp,
  type GraphOps,
  type GraphVerdict,
  graphOf,
  graphOps,
  graphs,
  incompatibleShapes,
  type Lane,
  type LaneName,
  type LaneVerdict,
  lanes,
  logUniform,
  type Oracle,
  type RandomGraph,
  type Recipe,
  type RecipeOptions,
  type Replay,
  type ReplayOptions,
  readReplay,
  recipes,
  replay,
  type ShapeOptions,
  SPECIAL,
  type Step,
  shapes,
  special,
  statements,
  tensor,
  tensors,
  type Vertex,
  writeReplay,
} from './random/index.js';
export type { Range } from './range.js';
export {
  type Arithmetic,
  broadcastOf,
  type Dual,
  definitions,
  duals,
  type FunctionName,
  fold,
  fractions,
  Rational,
  rational,
  real,
  Tensor,
  zip,
} from './reference/index.js';
export type { Counterexample, LawReport, Report } from './report.js';
export type { Domain, Misfit, OpSpec, Point } from './spec.js';
export { checkTranspose, type TransposeOptions } from './transpose.js';
export type { Case, Definition, Use } from './use.js';
export type {
  Blame,
  Cause,
  CauseName,
  Entry,
  Failed,
  Finding,
  Inconclusive,
  Passed,
  Reason,
  Verdict,
} from './verdict.js';
