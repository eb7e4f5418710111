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
  /** Whether only the Σ reads the scatters and nobody the Σ, so that neither need be computed in full. */
  readonly alone: boolean;
  rows: RowGradient | undefined;
}

/** Whose flat gradients they are. */
const owners = new WeakMap<Float64Array, RowGradients>();

/**
 * Whether a flat gradient holds every number, or every one of a segment. That of `graph.sparseGradients` need not: NaN
 * stands there for rows that only `graph.reached` knows.
 */
export function isWrittenOut(gradients: Float64Array, segment?: Segment): boolean {
  return owners.get(gradients)?.isWrittenOut(segment?.name) ?? true;
}

/** Those parameters of a graph whose gradients are sums of scatters, and what is known of these from run to run. */
export class RowGradients {
  /**
   * Whether the flat gradient was shown to somebody, who may hold on to it and write where there is a 0. Then every run writes
   * it out, and every step looks at whether there are zeros still: it costs more, and is right whatever was written.
   */
  #shown = false;
  readonly #entries: readonly Entry[];
  /** Those computed by rows, by the names of their parameters and by their gradients. */
  readonly #byName = new Map<string, Entry>();
  readonly #byNode = new Map<Node, Entry>();
  #isFinite: Scan | undefined;

  /**
   * @param reached parameters and their gradients
   * @param program what is computed in order to get them
   */
  constructor(
    reached: readonly (readonly [Segment, Node])[],
    {
      forward,
      backward,
      keep,
    }: Pick<Program, 'forward' | 'keep'> & { readonly backward: Iterable<Node> },
  ) {
    const early = new Set(forward);
    this.#entries = reached.flatMap(([segment, gradient]) => {
      const scatters = scattersOf(gradient);
      if (!scatters) return [];
      const inner = new Set([...scatters, gradient]);
      const isRead = [...forward, ...backward].some(
        (node) => node !== gradient && node.parents.some((parent) => inner.has(parent)),
      );
      const isSeen = [...inner].some(
        (node) => early.has(node) || keep === 'all' || (node !== gradient && keep.has(node)),
      );
      const isShared = reached.filter(([, other]) => other === gradient).length > 1;
      return [
        { segment, gradient, scatters, alone: !(isRead || isSeen || isShared), rows: undefined },
      ];
    });
    for (const entry of this.#entries) {
      if (!entry.alone) continue;
      this.#byName.set(entry.segment.name, entry);
      this.#byNode.set(entry.gradient, entry);
    }
  }

  /** The program in which gradients are computed by rows, as far as nobody else needs them. */
  bind(gradients: Float64Array, program: Program): Program {
    this.#isFinite = finiteIn(gradients);
    owners.set(gradients, this);
    const standIns = new Map<Node, Node>();
    const dropped = new Set<Node>();
    for (const entry of this.#entries) {
      entry.rows = new RowGradient(entry.segment, entry.scatters, gradients);
      if (!entry.alone) continue;
      for (const scatter of entry.scatters) dropped.add(scatter);
      standIns.set(entry.gradient, entry.rows.standIn);
    }
    const { backward, keep, deliveries } = program;
    const stand = (node: Node): Node => standIns.get(node) ?? node;
    return {
      ...program,
      backward: backward.filter((node) => !dropped.has(node) || standIns.has(node)).map(stand),
      keep: keep === 'all' ? keep : new Set([...keep].map(stand)),
      deliveries: deliveries.filter(([node]) => !standIns.has(node)),
    };
  }

  afterRun(views: ReadonlyMap<Node, View>): void {
    for (const { alone, rows } of this.#entries) {
      if (!alone) rows!.listRows(views);
      else if (this.#shown) rows!.writeOut();
      else rows!.spoil();
    }
  }

  isWrittenOut(name: string | undefined): boolean {
    for (const { alone, segment, rows } of this.#entries) {
      if (alone && rows?.values && (name === undefined || name === segment.name)) return false;
    }
    return true;
  }

  /** From now on the flat gradient is written out: somebody looks at it. */
  show(): void {
    this.#shown = true;
    for (const { rows } of this.#entries) rows!.writeOut();
  }

  /** The gradient node's values, if it is computed by rows: written out for the look. */
  view(node: Node): View | undefined {
    const rows = this.#byNode.get(node)?.rows;
    rows?.writeOut();
    return rows?.view;
  }

  /** The segment, which after a run knows its rows. */
  knowing(segment: Segment, isRun: () => boolean): Segment {
    const entry = this.#entries.find((each) => each.segment === segment);
    if (!entry) return segment;
    const touched = (): TouchedRows | undefined => {
      if (!entry.rows || !isRun()) return undefined;
      return this.#shown && !entry.rows.isSparse ? undefined : entry.rows;
    };
    return {
      ...segment,
      get touched() {
        return touched();
      },
    };
  }

  /** Whether the gradient is finite, as far as it may differ from 0. */
  allFinite(gradients: Float64Array, reached: readonly Segment[]): boolean {
    if (this.#shown) return this.#isFinite!(0, gradients.length);
    for (const { offset, length, name } of reached) {
      const rows = this.#byName.get(name)?.rows;
      if (!(rows ? rows.isFinite : this.#isFinite!(offset, offset + length))) return false;
    }
    return true;
  }

  release(): void {
    for (const entry of this.#entries) {
      entry.rows?.release();
      entry.rows = undefined;
    }
  }
}
