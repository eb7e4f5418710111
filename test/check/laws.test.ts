import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkLaw,
  type Engine,
  explain,
  LAWS,
  ourEngine,
  type SmoothLaw,
  type Value,
  type Verdict,
} from '../../src/check/index.js';
import { SMOOTH_LAWS } from '../../src/check/laws/index.js';
import type { Definition } from '../../src/check/use.js';
import { constant, scratch } from '../../src/graph/index.js';
import {
  abs,
  add,
  log,
  mul,
  relu,
  sigmoid,
  sin,
  square,
  stopGradient,
  sub,
  tanh,
} from '../../src/ops/index.js';
import { engineWith } from './support/engines.js';
import { cube, cubeBy, cubeOp, product } from './support/ops.js';

const point: Value[] = [
  [
    [0.5, -1.25, 2],
    [0.75, 0.125, -0.375],
  ],
];
const pair: Value[] = [
  [0.5, -1.25],
  [2, 0.75],
];
const cubed: Definition = (A, x) => x!.map((value) => A.mul(A.mul(value, value), value));

const laws = Object.keys(SMOOTH_LAWS) as SmoothLaw[];

/** One fault for each law, which that law has to find. */
const faults: Record<SmoothLaw, [what: string, check: (law: SmoothLaw) => Verdict][]> = {
  value: [
    [
      'a kernel that is off by 10⁻¹²',
      (law) => {
        const kernel = cubeOp.kernel;
        const near = cube({
          kernel: (y, x) => (step) => {
            kernel(y, x!)(step);
            y.data[3]! *= 1 + 1e-12;
          },
        });
        return checkLaw(law, near, point, { definition: cubed });
      },
    ],
    [
      'another shape',
      (law) =>
        checkLaw(law, (x) => cube()(mul(x, constant([1, 1, 1]))), [[2]], { definition: cubed }),
    ],
  ],
  gradient: [
    [
      'a factor',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(dy, square(x))),
          point,
        ),
    ],
    [
      'one part in 10⁹',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(dy, mul(3 * (1 + 1e-9), square(x)))),
          point,
        ),
    ],
  ],
  'forward mode': [
    [
      'a rule whose own derivative by ∂L/∂y is wrong',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(stopGradient(dy), mul(3, square(x)))),
          point,
        ),
    ],
    [
      'a gradient that is NaN where forward mode is finite',
      (law) => {
        const broken = cubeBy((dy, _, x) => mul(dy, log(sub(x, x))));
        return checkLaw(law, broken, point, { definition: cubed });
      },
    ],
    [
      'a gradient that differs from that of the definition by 10⁻¹¹',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(dy, mul(3 * (1 + 1e-11), square(x)))),
          point,
          {
            definition: cubed,
          },
        ),
    ],
  ],
  'second order': [
    [
      'a derivative that takes x for a constant',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(dy, mul(3, square(stopGradient(x))))),
          point,
        ),
    ],
  ],
  symmetry: [
    [
      'one of two rules that takes the other input for a constant',
      (law) =>
        checkLaw(
          law,
          product((dy, a, b) => [mul(dy, stopGradient(b)), mul(dy, a)]),
          pair,
        ),
    ],
  ],
  linearity: [
    [
      'a square',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(mul(dy, dy), square(x))),
          point,
        ),
    ],
    [
      'an absolute value',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(abs(dy), square(x))),
          point,
        ),
    ],
    [
      'a forgotten ∂L/∂y',
      (law) =>
        checkLaw(
          law,
          cubeBy((_dy, _, x) => mul(3, square(x))),
          point,
        ),
    ],
    [
      'saturation',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => mul(tanh(mul(1e-3, dy)), square(x))),
          point,
        ),
    ],
  ],
  'zero seed': [
    [
      'a term without ∂L/∂y',
      (law) =>
        checkLaw(
          law,
          cubeBy((dy, _, x) => add(mul(dy, x), 1e-300)),
          point,
        ),
    ],
    [
      'a forgotten ∂L/∂y',
      (law) =>
        checkLaw(
          law,
          cubeBy((_dy, _, x) => mul(3, square(x))),
          point,
        ),
    ],
  ],
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
};

describe.each(laws)('%s', (law) => {
  test.each(faults[law])('finds %s', (_, check) => {
    const verdict = check(law);
    expect(verdict).toMatchObject({ outcome: 'failed', law });
    expect(explain(verdict)).toContain(
      law === 'gradient' || law === 'second order' ? 'a gradient is wrong' : LAWS[law],
    );
  });

  test('holds for what is right', () => {
    for (const [f, inputs] of [
      [cube(), point],
      [product((dy, a, b) => [mul(dy, b), mul(dy, a)]), pair],
      [(a, b) => tanh(mul(add(a, b), sigmoid(sub(a, b)))), pair],
    ] as [Build, Value[]][]) {
      const definition = inputs === point ? { definition: cubed } : {};
      const verdict = checkLaw(law, f, inputs, definition);
      if (law === 'value' && inputs !== point) {
        expect(verdict).toMatchObject({ reason: 'no definition' });
      } else {
        expect(verdict.outcome, explain(verdict)).toBe('passed');
      }
    }
  });
});

test('where every gradient is 0, laws of the gradient tell nothing', () => {
  for (const law of ['gradient', 'linearity', 'zero seed', 'branches', 'forward mode'] as const) {
    expect(
      checkLaw(law, (x) => relu(sub(-1, abs(x))), point),
      law,
    ).toMatchObject({
      outcome: 'inconclusive',
      reason: 'zero',
    });
  }
});

test('kernels that break a law are named, with label and slot', () => {
  const verdict = faults.untouched[0]![1]('untouched');
  expect(verdict).toMatchObject({
    blame: { suspect: 'kernel', op: 'cube', node: 'cube [2, 3]', slot: 0, slotName: 'x' },
  });
  expect(explain(verdict)).toMatch(/the kernel of cube \[2, 3\] writes to its input x, \[0, 0\]/);
  expect(faults.poison[1]![1]('poison')).toMatchObject({ blame: { op: 'cube' } });
  expect(faults.determinism[0]![1]('determinism')).toMatchObject({ blame: { op: 'cube' } });
});
