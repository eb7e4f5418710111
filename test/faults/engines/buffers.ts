/** Evaluators with one fault each: gradients are written right, and computed wrong. */
import { type Engine, ourEngine } from '../../../src/check/engine.js';
import type { Node } from '../../../src/graph/index.js';
import { size } from '../../../src/linalg/index.js';
import { CLASSIC, type EngineFault, github } from '../fault.js';
import { type EvaluatorParts, evaluatorOf, handedOn, isComputed } from './evaluator.js';

/** Our engine, but for what computes. */
const computedBy = (make: () => Partial<EvaluatorParts>) => (): Engine => ({
  ...ourEngine,
  prepare: (nodes) => evaluatorOf(make())(nodes),
});

/** Every node a place of its own, but for reshapes, and for ops that are allowed to write over their input. */
const inPlace =
  (mayOverwrite: (node: Node, readers: readonly Node[]) => boolean): EvaluatorParts['buffers'] =>
  (order, outputs) => {
    const kept = new Set(outputs);
    const places = new Map<Node, Float64Array>();
    for (const node of order) {
      const [x] = node.parents;
      const readers = order.filter(({ parents }) => x && parents.includes(x));
      const over =
        x &&
        node.op.elementwise &&
        node.op.name !== 'Σ' &&
        isComputed(x) &&
        !kept.has(x) &&
        size(x.shape) === size(node.shape) &&
        mayOverwrite(node, readers);
      const shared = over || node.op.name === 'reshape' ? places.get(x!) : undefined;
      places.set(node, shared ?? new Float64Array(size(node.shape)));
    }
    return places;
  };

/** An engine that knows what it differentiated last, and so which nodes are of the forward pass. */
function forgetfulOfBackward(): Engine {
  let last = 0;
  const buffers: EvaluatorParts['buffers'] = (order, outputs) => {
    const early = ({ id }: Node): boolean => id <= last;
    return handedOn((node, readers) => {
      return (early(node) ? readers.filter(early) : readers).at(-1);
    })(order, outputs);
  };
  return {
    gradients: (y, xs, seed) => {
      last = y.id;
      return ourEngine.gradients(y, xs, seed);
    },
    prepare: evaluatorOf({ buffers }),
  };
}

/** One node computed for all of one name, one shape and the same parents. */
function mergedByName(): Partial<EvaluatorParts> {
  const computed = new Map<Node, Node>();
  return {
    buffers: (order) => {
      const known = new Map<string, Node>();
      const places = new Map<Node, Float64Array>();
      for (const node of order) {
        const parents = node.parents.map((parent) => computed.get(parent)!.id);
        const key = parents.length > 0 ? `${node.op.name} ${node.shape} ${parents}` : `${node.id}`;
        const same = known.get(key) ?? node;
        known.set(key, same);
        computed.set(node, same);
        places.set(node, places.get(same) ?? new Float64Array(size(node.shape)));
      }
      return places;
    },
    before: (node) => computed.get(node) === node,
  };
}

export const memoryFaults: readonly EngineFault[] = [
  {
    name: 'handed on after the first reader',
    kind: 'memory',
    what: 'a buffer is given to another node when its first reader is done; there are more',
    source: CLASSIC,
    engine: computedBy(() => ({ buffers: handedOn((_node, readers) => readers[0]) })),
  },
  {
    name: 'handed on before the backward pass',
    kind: 'memory',
    what: 'readers in the backward pass are not counted',
    source: github('pytorch/pytorch', 81417),
    engine: forgetfulOfBackward,
  },
  {
    name: 'in place over what others read',
    kind: 'memory',
    what: 'an elementwise op writes over its input, which has other readers',
    source: github('pytorch/pytorch', 9391),
    engine: computedBy(() => ({ buffers: inPlace(() => true) })),
  },
  {
    name: 'in place through an alias',
    kind: 'memory',
    what: 'a reshape has one reader, which writes over it; but the buffer is that of what was reshaped',
    source: CLASSIC,
    engine: computedBy(() => ({
      buffers: inPlace(
        (node, readers) => node.parents[0]!.op.name === 'reshape' && readers.length === 1,
      ),
    })),
  },
  {
    name: 'added into the first term',
    by: 'exact',
    kind: 'memory',
    what: 'the sum over children is added up in the buffer of its first term, which others read, too',
    source: github('Oneflow-Inc/oneflow', 9497),
    engine: computedBy(() => ({
      sum: (y, [first, ...rest]) => {
        for (const term of rest) for (let i = 0; i < y.length; i++) first![i]! += term[i]!;
        y.set(first!);
      },
    })),
  },
  {
    name: 'sums are not cleared',
    by: 'laws',
    kind: 'memory',
    what: 'the sum over children adds to what its buffer held: the second run gives twice the gradient',
    source: github('PaddlePaddle/Paddle', 3689),
    engine: computedBy(() => ({
      sum: (y, terms) => {
        for (const term of terms) for (let i = 0; i < y.length; i++) y[i]! += term[i]!;
      },
    })),
  },
  {
    name: 'computed once',
    kind: 'state',
    what: 'what has a value is not computed again, although its inputs have changed',
    source: github('mratsim/Arraymancer', 504),
    engine: computedBy(() => ({ before: (_node, _y, run) => run === 1 })),
  },
  {
    name: 'common subexpressions by name',
    kind: 'memory',
    what: 'two nodes of one op, one shape and the same inputs are computed once, whatever their settings',
    source: CLASSIC,
    engine: computedBy(mergedByName),
  },
  {
    name: 'single precision',
    kind: 'small error',
    what: 'values are kept in 32 bits on the way from one op to the next',
    source: CLASSIC,
    engine: computedBy(() => ({
      after: (_node, y) => {
        for (let i = 0; i < y.length; i++) y[i] = Math.fround(y[i]!);
      },
    })),
  },
  {
    name: 'computed too early',
    kind: 'order of visits',
    what: 'nodes are computed in the order of a search from the outputs, some before their inputs',
    source: github('spcl/dace', 1560),
    engine: computedBy(() => ({
      order: (nodes) => {
        const found = new Set<Node>(nodes);
        for (const node of found) for (const parent of node.parents) found.add(parent);
        return [...found].reverse();
      },
    })),
  },
  {
    name: 'sums in any order',
    by: 'laws',
    kind: 'state',
    what: 'the sum over children takes its terms in another order at each run',
    source: CLASSIC,
    engine: computedBy(() => {
      let run = 0;
      return {
        sum: (y, terms) => {
          run += 1;
          const order = terms.map((_, k) => terms[(k + run) % terms.length]!);
          for (let i = 0; i < y.length; i++) {
            let total = order[0]![i]!;
            for (const term of order.slice(1)) total += term[i]!;
            y[i] = total;
          }
        },
      };
    }),
  },
];
