import { finiteIn, type Scan, type View } from '../linalg/index.js';
import type { Node } from './node.js';
import type { Segment } from './parameters.js';
import type { Program } from './program.js';
import { RowGradient, scattersOf } from './row-gradient.js';
import type { TouchedRows } from './touched.js';

interface Entry {
  readonly segment: Segment;
  readonly gradient: Node;
  readonly scatters: readonly Node[];
  /** Whether only the Σ reads the scatters and nobody the Σ, so that they need not be written out. */
  readonly alone: boolean;
  rows: RowGradient | undefined;
}

/** Those parameters of a graph whose gradients are sums of scatters, and what is known of these from run to run. */
export class RowGradients {
  /**
   * Whether the flat gradient was shown to somebody, who may write where there is a 0. Then zeros have to be looked at, and
   * made, in all rows: it costs more, and is right whatever was written.
   */
  shown = false;
  readonly #entries = new Map<string, Entry>();
  #finite: Scan = () => true;

  /**
   * @param reached parameters and their gradients
   * @param program what is computed in order to get them
   */
  constructor(
    reached: readonly (readonly [Segment, Node])[],
    { forward, backward, keep }: Pick<Program, 'forward' | 'backward' | 'keep'>,
  ) {
    const early = new Set(forward);
    for (const [segment, gradient] of reached) {
      const scatters = scattersOf(gradient);
      if (!scatters) continue;
      const inner = new Set([...scatters, gradient]);
      const read = [...forward, ...backward].some(
        (node) => node !== gradient && node.parents.some((parent) => inner.has(parent)),
      );
      const seen = [...inner].some(
        (node) => early.has(node) || keep === 'all' || (node !== gradient && keep.has(node)),
      );
      const alone = !read && !seen;
      this.#entries.set(segment.name, { segment, gradient, scatters, alone, rows: undefined });
    }
  }

  /** The program in which nodes that write rows stand in for gradients, to be delivered to these. */
  bind(gradients: Float64Array, program: Program): Program {
    this.#finite = finiteIn(gradients);
    const standIns = new Map<Node, Node>();
    const dropped = new Set<Node>();
    for (const entry of this.#entries.values()) {
      entry.rows = new RowGradient(entry.segment, entry.scatters, gradients);
      if (!entry.alone) continue;
      for (const scatter of entry.scatters) dropped.add(scatter);
      standIns.set(entry.gradient, entry.rows.standIn);
    }
    const { backward, keep, deliveries } = program;
    const stand = (node: Node): Node => standIns.get(node) ?? node;
    return {
      ...program,
      backward: backward.flatMap((node) =>
        dropped.has(node) && !standIns.has(node) ? [] : [stand(node)],
      ),
      keep: keep === 'all' ? keep : new Set([...keep].map(stand)),
      deliveries: deliveries.map(([node, place]) => [stand(node), place] as const),
    };
  }

  /** The node that has the values of this one in the program. */
  standIn(node: Node): Node {
    for (const { gradient, alone, rows } of this.#entries.values()) {
      if (gradient === node && alone && rows) return rows.standIn;
    }
    return node;
  }

  beforeRun(): void {
    if (!this.shown) return;
    for (const { alone, rows } of this.#entries.values()) if (alone) rows?.clear();
  }

  afterRun(views: ReadonlyMap<Node, View>): void {
    for (const { alone, rows } of this.#entries.values()) if (!alone) rows?.listRows(views);
  }

  /** The rows of a parameter in which the gradient differs from 0, as far as that is known and still so. */
  touched(name: string): TouchedRows | undefined {
    const rows = this.#entries.get(name)?.rows;
    return rows && (!this.shown || rows.isSparse) ? rows.list : undefined;
  }

  /** Whether the gradient is finite, as far as it may differ from 0. */
  allFinite(gradients: Float64Array, reached: readonly Segment[]): boolean {
    if (this.shown) return this.#finite(0, gradients.length);
    for (const { offset, length, touched } of reached) {
      if (!touched) {
        if (!this.#finite(offset, offset + length)) return false;
        continue;
      }
      const { rows, count, width } = touched;
      for (let k = 0; k < count; k++) {
        const from = offset + rows[k]! * width;
        if (!this.#finite(from, from + width)) return false;
      }
    }
    return true;
  }

  /** The segment, which after a run knows its rows. */
  knowing(segment: Segment, isRun: () => boolean): Segment {
    if (!this.#entries.has(segment.name)) return segment;
    const touched = (): TouchedRows | undefined =>
      isRun() ? this.touched(segment.name) : undefined;
    return {
      ...segment,
      get touched() {
        return touched();
      },
    };
  }
}
