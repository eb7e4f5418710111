export type { RandomGraph, Vertex } from './build.js';
export {
  checkGraph,
  type GraphCheckOptions,
  type GraphVerdict,
  type Oracle,
} from './check-graph.js';
export type { GraphOp, GraphOps } from './graph-op.js';
export { assertGraph, type DrawnGraph, graphOf, graphs } from './graphs.js';
export type { Lane, LaneVerdict } from './lane.js';
export { type LaneName, lanes } from './lanes/index.js';
export { awayFromZero, dyadic, logUniform, SPECIAL, special } from './numbers.js';
export { graphOps } from './ops/index.js';
export { asDot, asTypeScript, countNodes, statements } from './print.js';
export { type Recipe, type RecipeOptions, recipes, type Step } from './recipe.js';
export { type Replay, type ReplayOptions, readReplay, replay, writeReplay } from './replay.js';
export { broadcastingShapes, incompatibleShapes, type ShapeOptions, shapes } from './shapes.js';
export { distinct, tensor, tensors } from './tensors.js';
