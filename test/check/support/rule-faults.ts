import { checkLaw, type SmoothLaw } from '../../../src/check/index.js';
import { constant } from '../../../src/graph/index.js';
import { abs, add, log, mul, square, stopGradient, sub, tanh } from '../../../src/ops/index.js';
import { cubed, type LawFault, pair, point } from './law-faults.js';
import { cube, cubeBy, cubeOp, product } from './ops.js';

/** Wrong rules and values, by the law that has to find them. */
export const ruleFaults = {
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
} satisfies Partial<Record<SmoothLaw, readonly LawFault[]>>;
