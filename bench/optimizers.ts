// A step of each optimizer over the parameters of a 784-128-32-128-784 autoencoder: the loop that defines it, and its twin.
// A root and a division are what a parameter costs at the least; the memory has three to seven numbers to move for it.

import * as linalg from '../src/linalg/index.js';
import { assertSame, compare, nanosecondsEach } from './harness.js';
import { caseOf, placed } from './support/placed.js';

const parameters = 210_000;

/** Averages that a rule keeps, and what it is told besides. */
const rules = {
  gradientDescent: [linalg.gradientDescentStep, 0, [1e-3]],
  momentum: [linalg.momentumStep, 1, [1e-3, 0.9, 0.1]],
  adaptivity: [linalg.adaptivityStep, 1, [1e-3, 0.9, 0.1, 1e-8]],
  rmsprop: [linalg.rmspropStep, 1, [1e-3, 0.9, 0.1, 1e-8]],
  adam: [linalg.adamStep, 2, [1e-3, 0.9, 0.1, 0.999, 0.001, 1e-8, 1]],
} as const;

for (const [name, [rule, count, told]] of Object.entries(rules)) {
  const [w, g] = [placed(parameters, 'w'), placed(parameters, 'g')];
  const averages = Array.from({ length: count }, (_, k) => placed(parameters, `${k}`));
  for (const { inside, outside } of averages) {
    // A square is not negative.
    for (const x of [inside, outside]) for (let i = 0; i < x.length; i++) x[i] = Math.abs(x[i]!);
  }
  const numbers = placed(told.length, 'numbers');
  for (const x of [numbers.inside, numbers.outside]) x.set(told);
  const [plain, twin] = (['outside', 'inside'] as const).map((at) =>
    rule(
      w[at],
      g[at],
      averages.map((each) => each[at]),
      numbers[at],
    ),
  ) as [linalg.Stretch, linalg.Stretch];

  for (const step of [plain, twin]) step(0, parameters);
  assertSame(name, w.inside, w.outside);
  compare(name, nanosecondsEach(parameters), [
    caseOf('loop', w.outside, () => plain(0, parameters)),
    caseOf('WebAssembly', w.inside, () => twin(0, parameters)),
  ]);
}
