import { allocate, release, size, type View } from '../linalg/index.js';
import { allFinite, explainNotFinite } from './anomaly.js';
import { backward, type Gradient } from './backward.js';
import { ChainruleError, NotFiniteError } from './errors.js';
import { type Feeds, feed, inputsByName, type Socket, sockets } from './feeds.js';
import { isParameter, type ParameterLeaf } from './leaves.js';
import { checkNode, type Node } from './node.js';
import { ancestors } from './order.js';
import { Parameters, type Segment } from './parameters.js';
import { type Plan, plan } from './plan.js';
import type { Program } from './program.js';
import { RowGradients } from './row-gradients.js';

/** What a graph keeps, and what it is differentiated by. */
export interface GraphOptions {
  /**
   * Nodes whose values can be read besides the outputs and the gradients asked for; 'all' keeps every
   * value, at the price of a buffer each. The numbers are the same either way.
   */
  readonly keep?: readonly Node[] | 'all';
  /** What to differentiate the loss by: the parameters (the default), some nodes, or 'all' of them. */
  readonly wrt?: readonly Node[] | 'all';
}

/** What a caller leaves out; not made anew at every run. */
const NOTHING: Record<string, never> = {};

/**
 * v₁ … v_N of some outputs, and the nodes of the backward pass. Shapes are fixed when nodes are made, so
 * the graph is planned once, and a run allocates no buffers.
 *
 * The first output is the loss: if it has a single element and depends on parameters, `backward()`
 * leaves its gradient in `gradients`, laid out as the parameters are.
 */
export class Graph {
  /** v₁ … v_N: everything the outputs are computed from, in the order in which it is computed. */
  readonly nodes: readonly Node[];
  readonly outputs: readonly Node[];
  /** The store whose parameters appear in the graph; undefined if there are none. */
  readonly parameters: Parameters | undefined;
  /**
   * Where the loss's gradient is zero for sure, an optimizer has nothing to do: these are the others. A parameter
   * of which the loss sees nothing but gathered rows knows, after `backward`, in which rows `gradients` is not zero.
   */
  readonly reached: readonly Segment[];
  /** What the backward pass wrote: the gradient of each node on its way, and the terms of its sum. */
  readonly pass: ReadonlyMap<Node, Gradient>;

  readonly #inputs: ReadonlyMap<string, Node>;
  /** What the loss is differentiated by. */
  readonly #wrt: ReadonlySet<Node>;
  /** The gradients that do not lie in the flat vector. */
  readonly #apart: readonly Node[];
  /** The nodes that the backward pass adds, in the order in which they are computed. */
  readonly #written: ReadonlySet<Node>;
  readonly #keep: ReadonlySet<Node> | 'all';
  #gradients: Float64Array = new Float64Array();
  readonly #rows: RowGradients;
  #plan: Plan | undefined;
  #sockets: readonly Socket[] | undefined;
  /** The parameter vector that the plan's kernels are bound to. */
  #bound: Float64Array | undefined;
  #step = 0;
  #state: 'new' | 'forward' | 'backward' | 'disposed' = 'new';

  /**
   * @throws ChainruleError if there is no output, two inputs share a name, or parameters of two stores
   * are mixed
   * @throws ShapeError if `wrt` is given for a loss of more than one element
   */
  constructor(outputs: Node | readonly Node[], options: GraphOptions = {}) {
    this.outputs = Array.isArray(outputs) ? [...outputs] : [outputs as Node];
    const [loss] = this.outputs;
    if (!loss) throw new ChainruleError('new Graph: at least one output is needed');
    for (const [i, output] of this.outputs.entries())
      checkNode('new Graph', `outputs[${i}]`, output);
    this.nodes = ancestors(this.outputs);
    this.#inputs = inputsByName(this.nodes);

    this.parameters = ownerOf(this.nodes);
    const weights = this.parameters ? ancestors([loss]).filter(({ op }) => isParameter(op)) : [];
    const single = loss.shape.every((length) => length === 1);
    const wrt =
      options.wrt === 'all' ? ancestors([loss]) : (options.wrt ?? (single ? weights : []));
    this.#wrt = new Set(wrt);
    this.pass = wrt.length > 0 ? backward(loss, wrt) : new Map();
    const gradients = wrt.flatMap((x) => this.pass.get(x)?.node ?? []);
    this.#apart = wrt.flatMap((x) => (isParameter(x.op) ? [] : (this.pass.get(x)?.node ?? [])));
    const known = new Set(this.nodes);
    this.#written = new Set(ancestors(gradients).filter((node) => !known.has(node)));
    const { keep = this.outputs } = options;
    this.#keep = keep === 'all' ? 'all' : new Set([...this.outputs, ...gradients, ...keep]);

    const reached = weights
      .filter((w) => this.pass.has(w))
      .map((w) => {
        const segment = this.parameters!.segment((w.op as ParameterLeaf).key);
        return [segment, this.pass.get(w)!.node] as const;
      });
    this.#rows = new RowGradients(reached, {
      forward: this.nodes,
      backward: this.#written,
      keep: this.#keep,
    });
    this.reached = reached.map(([segment]) =>
      this.#rows.knowing(segment, () => this.#state === 'backward'),
    );
  }

  /**
   * For i in 1 … N: compute vᵢ from its parents.
   * @param feeds the value of each input, by name; copied in
   * @param options.step the number of this run, which noise is drawn by: one more than the last run's
   * where left out, so give it to see the same noise again
   * @throws ChainruleError for an input that is not fed, a name that no input has, or a step that is none
   * @throws ShapeError for a value that does not fit its input
   */
  forward(feeds: Feeds = NOTHING, options: { readonly step?: number } = NOTHING): void {
    const { forward } = this.#ready();
    const { step = this.#step + 1 } = options;
    if (step >>> 0 !== step) {
      throw new ChainruleError(`forward: the step is ${step}; it is a whole number ≥ 0, below 2³²`);
    }
    this.#state = 'new';
    feed(feeds, this.#sockets!);
    this.#step = step;
    for (let i = 0; i < forward.length; i++) forward[i]!(step);
    this.#state = 'forward';
  }

  /**
   * For i in N … 1: compute ∂L/∂vᵢ = Σ over children. Run it as often as you like after a forward pass.
   * @throws ChainruleError before the first forward pass, or if there is nothing to differentiate by
   */
  backward(): void {
    const { backward: kernels, views } = this.#ready();
    if (this.#state === 'new') {
      throw new ChainruleError('backward: run forward first; the backward pass needs its values');
    }
    if (this.pass.size === 0) {
      throw new ChainruleError(
        `backward: ${this.outputs[0]} depends on no parameter, or has more than one element; ` +
          'a loss is a single number that depends on parameters',
      );
    }
    const step = this.#step;
    // Should a kernel throw, half of the gradients would be those of an earlier pass.
    this.#state = 'forward';
    for (let i = 0; i < kernels.length; i++) kernels[i]!(step);
    this.#rows.afterRun(views);
    this.#state = 'backward';
  }

  /**
   * ∂L/∂w: live, one flat vector laid out as the parameters; zeros where L does not reach. It may be written to.
   * @throws ChainruleError before `backward`, also where parameters were added since
   */
  get gradients(): Float64Array {
    const gradients = this.sparseGradients;
    this.#rows.show();
    return gradients;
  }

  /**
   * The same vector for an optimizer that `takesRows`: the rows that `reached` knows are touched need not be written out in
   * it (there is NaN then) and are in `touched.values`. Where rows of a large table are gathered, that is
   * faster than `gradients`, which once seen are written out by every run. Give it to `step` together with `reached`.
   */
  get sparseGradients(): Float64Array {
    this.#ready();
    if (this.#state === 'backward') return this.#gradients;
    throw new ChainruleError('the gradients have no values yet; run forward and backward first');
  }

  /** The value of the loss, the first output, after `forward`. */
  get loss(): number {
    return this.scalar(this.outputs[0]!);
  }

  /** The value of a node with a single element, after a run. Allocates nothing. */
  scalar(node: Node): number {
    const { data } = this.#read(node);
    if (data.length === 1) return data[0]!;
    throw new ChainruleError(
      `scalar: ${node} has ${data.length} elements; read it with value(node)`,
    );
  }

  /** A copy of a node's values, row-major. */
  value(node: Node): Float64Array {
    return this.#read(node).data.slice();
  }

  /**
   * A copy of ∂L/∂v for a node v of `wrt`, after `backward`; zeros where L does not depend on v. A parameter's, and one
   * that is equal to it, may be read from the flat gradient: look before that is clipped.
   * @throws ChainruleError if L may depend on v, but its gradient was not asked for
   */
  gradient(v: Node): Float64Array {
    const found = this.pass.get(v);
    if (found) return this.value(found.node);
    this.#ready();
    if (!this.#wrt.has(v) && ancestors([this.outputs[0]!]).includes(v)) {
      throw new ChainruleError(
        `the gradient of ${v} was not asked for; make the graph with { wrt: [node] } or { wrt: 'all' }`,
      );
    }
    return new Float64Array(size(v.shape));
  }

  /**
   * Throws a NotFiniteError if the loss or its gradient is not finite, naming the first node that went
   * wrong. To find it, the step is run once more with every value kept, which gives the same bits.
   */
  assertFinite(): void {
    const { data: loss } = this.#read(this.outputs[0]!);
    if (allFinite(loss) && (this.#state !== 'backward' || this.#finiteGradients())) return;
    const again = plan({ ...this.#program(), keep: 'all', deliveries: [] });
    for (const node of this.#inputs.values()) {
      again.views.get(node)!.data.set(this.#plan!.views.get(node)!.data);
    }
    for (const kernel of [...again.forward, ...again.backward]) kernel(this.#step);
    const order = [...this.nodes, ...this.#written];
    const explanation = explainNotFinite(order, again.views, this.pass, this.#step);
    for (const buffer of again.buffers) release(buffer);
    throw new NotFiniteError(explanation);
  }

  #finiteGradients(): boolean {
    if (!this.#rows.allFinite(this.#gradients, this.reached)) return false;
    for (let i = 0; i < this.#apart.length; i++) {
      if (!allFinite(this.#read(this.#apart[i]!).data)) return false;
    }
    return true;
  }

  /**
   * Gives the memory back, that of `gradients` too, which must not be looked at any more. Afterwards every run or
   * read throws. A graph that nobody holds on to gives it back by itself, but not before the program pauses.
   */
  dispose(): void {
    this.#release();
    release(this.#gradients);
    this.#gradients = new Float64Array();
    this.#state = 'disposed';
  }

  #release(): void {
    this.#plan?.buffers.forEach(release);
    this.#rows.release();
    this.#plan = undefined;
  }

  /** How many numbers the graph's own buffers hold. */
  get footprint(): number {
    return this.#ready().buffers.reduce((total, buffer) => total + buffer.length, 0);
  }

  #ready(): Plan {
    if (this.#state === 'disposed') {
      throw new ChainruleError('this graph was disposed of; make a new one');
    }
    const values = this.parameters?.values;
    if (this.#plan && this.#bound === values) return this.#plan;
    this.#release();
    // The old ones are left to the finaliser: someone may still look at them.
    this.#gradients = allocate(values?.length ?? 0).fill(0);
    this.#plan = plan(this.#rows.bind(this.#gradients, this.#program()));
    this.#sockets = sockets(this.#inputs, this.#plan.views);
    this.#bound = values;
    this.#state = 'new';
    return this.#plan;
  }

  #program(): Program {
    const place = ({ offset, length }: Segment): Float64Array =>
      this.#gradients.subarray(offset, offset + length);
    return {
      forward: this.nodes,
      backward: [...this.#written],
      keep: this.#keep,
      parameter: (name: string) => this.parameters!.get(name),
      deliveries: this.reached.map((segment) => {
        const { node } = this.pass.get(this.parameters!.node(segment.name))!;
        return [node, place(segment)] as const;
      }),
    };
  }

  #read(node: Node): View {
    const { views } = this.#ready();
    if (this.#state === 'new')
      throw new ChainruleError(`${node} has no value yet; run forward first`);
    const found = this.#rows.view(node) ?? views.get(node);
    const written = this.#written.has(node);
    if (found && (!written || this.#state === 'backward')) return found;
    if (found) {
      throw new ChainruleError(`${node} is a node of the backward pass; run backward first`);
    }
    throw new ChainruleError(
      written || this.nodes.includes(node)
        ? `the value of ${node} was not kept; make the graph with { keep: [node] } or { keep: 'all' }`
        : `${node} is not part of this graph, whose outputs are ${this.outputs.join(', ')}`,
    );
  }
}

function ownerOf(nodes: readonly Node[]): Parameters | undefined {
  const owners = new Set(nodes.flatMap(({ op }) => (isParameter(op) ? [op.owner] : [])));
  if (owners.size > 1) {
    throw new ChainruleError(
      'the parameters of this graph come from two stores; a graph has one flat gradient, so give it one Parameters',
    );
  }
  const [owner] = owners;
  return owner instanceof Parameters ? owner : undefined;
}
