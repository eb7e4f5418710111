import {
  type Build,
  checkLaw,
  type Engine,
  ourEngine,
  type SmoothLaw,
} from '../../../src/check/index.js';
import { topologicalOrder } from '../../../src/check/witnesses/interpreter.js';
import { apply, type Node, type Op, scratch } from '../../../src/graph/index.js';
import { add, mul, sin, tanh } from '../../../src/ops/index.js';
import { engineWith } from './engines.js';
import { type LawFault, pair, point } from './law-faults.js';
import { cube } from './ops.js';

/** Kernels that are wrong in their memory and engines that are wrong, by the law that has to find them. */
export const engineFaults = {
  branches: [
    [
      'an engine that overwrites',
      (law) => checkLaw(law, cube(), point, { engine: engineWith({ join: (_, term) => term }) }),
    ],
    [
      'an engine that keeps the first term',
      (law) => checkLaw(law, cube(), point, { engine: engineWith({ join: (known) => known }) }),
    ],
    [
      'an engine that takes the parents for a set',
      (law) => {
        const edges = (child: { parents: readonly unknown[] }): number[] =>
          [...new Set(child.parents)].map((parent) => child.parents.indexOf(parent));
        return checkLaw(law, mul, pair, { engine: engineWith({ edges }) });
      },
    ],
  ],
  order: [
    [
      'an engine that computes something else',
      (law) => {
        const engine: Engine = {
          ...ourEngine,
          prepare: (nodes) => {
            const prepared = ourEngine.prepare(nodes);
            const value: typeof prepared.value = (node) =>
              prepared.value(node).map((x) => (node.op.name === 'cube' ? x * (1 + 2 ** -52) : x));
            return { ...prepared, value };
          },
        };
        return checkLaw(law, cube(), point, { engine });
      },
    ],
    [
      'a kernel that looks at what another computed',
      (law) => {
        let latest = 0;
        const nosy = (): Build =>
          cube({
            kernel: ({ data: y }, ...[x]) => {
              const data = x!.data;
              return () => {
                for (let i = 0; i < y.length; i++) y[i] = data[i]! + latest;
                latest = data[0]!;
              };
            },
          });
        return checkLaw(law, (x) => add(mul(2, nosy()(sin(x))), mul(3, nosy()(tanh(x)))), point);
      },
    ],
  ],
  poison: [
    [
      'a kernel that adds to its buffer',
      (law) => {
        const adds = cube({
          kernel:
            ({ data: y }, { data: x }) =>
            () => {
              for (let i = 0; i < y.length; i++) y[i]! += x[i]!;
            },
        });
        return checkLaw(law, adds, point);
      },
    ],
    [
      'a kernel that leaves an element out',
      (law) => {
        const leaves = cube({
          kernel:
            ({ data: y }, { data: x }) =>
            () => {
              for (let i = 1; i < y.length; i++) y[i] = x[i]!;
            },
        });
        return checkLaw(law, leaves, point);
      },
    ],
    [
      'a kernel that believes its scratch to be empty',
      (law) => {
        const believes = cube({
          kernel: ({ data: y }, { data: x }) => {
            const room = scratch(y.length);
            return () => {
              for (let i = 0; i < y.length; i++) y[i] = x[i]! + 0 * room[i]!;
            };
          },
        });
        return checkLaw(law, believes, point);
      },
    ],
  ],
  untouched: [
    [
      'a kernel that writes to its input',
      (law) => {
        const writes = cube({
          kernel:
            ({ data: y }, { data: x }) =>
            () => {
              for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3;
              x[0] = -x[0]!;
            },
        });
        return checkLaw(law, (x) => writes(sin(x)), point);
      },
    ],
    [
      'a kernel that works in its first input where that is the second too',
      (law) => {
        const op: Op = {
          name: 'product',
          formula: 'y = a b',
          shape: (a) => a,
          kernel:
            ({ data: y }, { data: a }, { data: b }) =>
            () => {
              if (a === b) for (let i = 0; i < a.length; i++) a[i]! *= a[i]!;
              for (let i = 0; i < y.length; i++) y[i] = a === b ? a[i]! : a[i]! * b[i]!;
            },
          vjp: (dy, _y, a, b) => [() => mul(dy, b), () => mul(dy, a)],
        };
        return checkLaw(law, (a, b) => apply(op, a, b), pair);
      },
    ],
    [
      'an engine that hands a seed on to the first of two readers',
      (law) => {
        const engine: Engine = {
          ...ourEngine,
          prepare: (nodes) => {
            const prepared = ourEngine.prepare(nodes);
            const reads = ({ parents }: Node): boolean =>
              parents.some(({ label }) => label === '∂L/∂y');
            const readers = topologicalOrder(nodes).filter(reads);
            const run: typeof prepared.run = (feeds) => {
              prepared.run(feeds);
              if (readers.length > 1) (feeds['∂L/∂y'] as Float64Array)[0] = 0;
            };
            return { ...prepared, run };
          },
        };
        return checkLaw(law, cube(), point, { engine });
      },
    ],
    [
      'an engine that writes to what it is fed',
      (law) => {
        const engine: Engine = {
          ...ourEngine,
          prepare: (nodes) => {
            const prepared = ourEngine.prepare(nodes);
            const run: typeof prepared.run = (feeds) => {
              prepared.run(feeds);
              (feeds['∂L/∂y'] as Float64Array)[0] = 0;
            };
            return { ...prepared, run };
          },
        };
        return checkLaw(law, cube(), point, { engine });
      },
    ],
  ],
  determinism: [
    [
      'a kernel that counts its runs',
      (law) => {
        let runs = 0;
        const counts = cube({
          kernel:
            ({ data: y }, { data: x }) =>
            () => {
              runs += 1;
              for (let i = 0; i < y.length; i++) y[i] = x[i]! + runs * 1e-15;
            },
        });
        return checkLaw(law, counts, point);
      },
    ],
    [
      'an engine whose second run goes on from the first',
      (law) => {
        const engine: Engine = {
          ...ourEngine,
          prepare: (nodes) => {
            const prepared = ourEngine.prepare(nodes);
            let runs = 0;
            const run: typeof prepared.run = (feeds) => {
              runs += 1;
              prepared.run(feeds);
            };
            const value: typeof prepared.value = (node) =>
              prepared.value(node).map((x) => runs * x);
            return { ...prepared, run, value };
          },
        };
        return checkLaw(law, cube(), point, { engine });
      },
    ],
  ],
} satisfies Partial<Record<SmoothLaw, readonly LawFault[]>>;
