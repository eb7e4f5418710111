export { type Engine, ourEngine, type Prepared } from './engine.js';
export { takesAny, UnfitError } from './fitting/attempt.js';
export { casesOf } from './fitting/cases.js';
export { type Checkable, type Completed, completed, spec } from './fitting/checkable.js';
export type { DrawOptions } from './fitting/draws.js';
export {
  type Fitting,
  type FittingOptions,
  fitting,
} from './fitting/fitting.js';
export { isOp } from './fitting/op-like.js';
export type { Range } from './fitting/range.js';
export { assertGradient, type CheckOptions, checkGradient } from './gradient.js';
export { LAWS, type Law } from './law.js';
export { checkLaw, type LawOptions, type SmoothLaw } from './laws/index.js';
export { assertOp, checkOp, checkSpec, type OpCheckOptions } from './op.js';
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
export { derivative, type Estimate, type Side } from './witnesses/differences.js';
export { checkKink } from './witnesses/kink.js';
export { checkKinkPoint, checkMisfit, checkPoint } from './witnesses/points.js';
export type { Build, BuildOf, ProblemOptions, Value } from './witnesses/problem.js';
export { checkTranspose, type TransposeOptions } from './witnesses/transpose.js';
export { assertPassed, explain } from './words/explain.js';
export { explainReport } from './words/explain-report.js';
