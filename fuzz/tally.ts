import type { DrawnGraph, LaneVerdict } from '../src/check/random/index.js';

/** What was seen in one lane: how many graphs of what kind, with what outcome. */
export class Tally {
  graphs = 0;
  passed = 0;
  /** Passed, but nothing but zeros was seen. */
  allZero = 0;
  /** Graphs in which some node is used more than once. */
  shared = 0;
  /** Steps of the recipes, and those of them whose op found no operands that fit it. */
  steps = 0;
  unfit = 0;
  milliseconds = 0;
  readonly inconclusive = new Map<string, number>();
  /** Graphs that have the op and were passed, not all of their gradients 0. */
  readonly ops = new Map<string, number>();
  /** By oracle: the worst relative error seen. */
  readonly worst = new Map<string, number>();

  add(graph: DrawnGraph, verdict: LaneVerdict): void {
    const { vertices, recipe, inputs } = graph;
    this.graphs += 1;
    if (sharesNode(graph)) this.shared += 1;
    this.steps += recipe.steps.length;
    this.unfit += recipe.steps.length - (vertices.length - inputs.length);
    if (verdict.outcome === 'inconclusive') count(this.inconclusive, verdict.reason);
    if (verdict.outcome !== 'passed') return;
    this.passed += 1;
    for (const [oracle, error] of Object.entries(verdict.errors ?? {})) {
      this.worst.set(oracle, Math.max(this.worst.get(oracle) ?? 0, error));
    }
    if (verdict.allZero) {
      this.allZero += 1;
      return;
    }
    const ops = new Set(vertices.flatMap(({ op }) => op ?? []));
    for (const op of ops) count(this.ops, op);
  }

  /** Graphs of which nothing could be said, as a share of all. */
  get unclear(): number {
    return [...this.inconclusive.values()].reduce((sum, n) => sum + n, 0) / this.graphs;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Whether an edge leads from one node to two places, so that its gradient is a sum. */
function sharesNode({ vertices }: DrawnGraph): boolean {
  const used = new Set<number>();
  for (const { parents } of vertices) {
    for (const parent of parents) {
      if (used.has(parent)) return true;
      used.add(parent);
    }
  }
  return false;
}
