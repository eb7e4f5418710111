import { expect, test } from 'vitest';
import type { Case } from '../../src/check/index.js';
import { Tensor } from '../../src/check/index.js';
import { asTypeScript } from '../../src/check/words/written.js';

const made = (text: Case['text'], ...inputs: Tensor[]): Case => ({ text, f: (x) => x!, inputs });
const x = new Tensor([2], [0.5, -0]);

test('what checkGradient looks at is written as a call of it', () => {
  expect(
    asTypeScript(
      'gradient',
      made((a, b) => `matmul(${a}, tanh(${b}))`, x, x),
    ),
  ).toBe(
    `import { assertGradient } from 'chainrule/check';
import { matmul, tanh } from 'chainrule/ops';

assertGradient(
  (x1, x2) => matmul(x1, tanh(x2)),
  [{ shape: [2], values: [0.5, -0] }, { shape: [2], values: [0.5, -0] }],
);`,
  );
  const second = asTypeScript('symmetry', { ...made((a) => `sum(${a}, 0)`, x), slots: [0] });
  expect(second).toContain(`assertGradient(
  (x) => sum(x, 0),
  [{ shape: [2], values: [0.5, -0] }],
  { slots: [0], order: 2 },
);`);
});

test('what is short is one line, what is long has a line for each part', () => {
  expect(
    asTypeScript(
      'gradient',
      made((a) => `exp(${a})`, x),
    )
      .split('\n')
      .at(-1),
  ).toBe('assertGradient((x) => exp(x), [{ shape: [2], values: [0.5, -0] }]);');
  const long = new Tensor([8], [1, 2, 3, 4, 5, 6, 7, 8]);
  expect(
    asTypeScript(
      'order',
      made((a, b) => `mul(${a}, ${b})`, long, long),
    ),
  ).toContain(`
assertPassed(checkLaw(
  'order',
  (x1, x2) => mul(x1, x2),
  [
    { shape: [8], values: [1, 2, 3, 4, 5, 6, 7, 8] },
    { shape: [8], values: [1, 2, 3, 4, 5, 6, 7, 8] },
  ],
));`);
});

test('and other laws by their names', () => {
  const text = asTypeScript(
    'zero seed',
    made((a) => `tanh(${a})`, x),
  );
  expect(text).toMatch(/^import { assertPassed, checkLaw } from 'chainrule\/check';\n/);
  expect(text).toContain("assertPassed(checkLaw(\n  'zero seed',\n  (x) => tanh(x),\n  [");
});

test('what is the user’s own is not imported from the library, whatever its name', () => {
  expect(
    asTypeScript(
      'gradient',
      made((a) => `apply(softmax, ${a})`, x),
      { own: 'softmax' },
    ),
  ).toMatch(/import { softmax } from '.\/your-module.js';\n\n/);
  expect(
    asTypeScript(
      'gradient',
      made((a) => `tanh(${a})`, x),
      { own: 'tanh' },
    ),
  ).not.toContain('chainrule/ops');
});

test('numbers are written so that they are read back as they were', () => {
  const odd = new Tensor([], [0.1 + 0.2]);
  expect(
    asTypeScript(
      'gradient',
      made((a) => `sin(${a})`, odd),
    ),
  ).toContain('values: [0.30000000000000004]');
});
