import { expect, test } from 'vitest';
import { checkOp } from '../../src/check/index.js';
import { dotOfFailure } from '../../src/cli/check/dot.js';
import { mul, square } from '../../src/ops/index.js';
import { cubeBy } from '../check/support/ops.js';
import { writing } from '../check/support/your-module.js';

test('the picture is of the failure that is explained, whatever fails before it', () => {
  const wrong = checkOp(
    cubeBy((dy, _y, x) => mul(dy, square(x))),
    {},
    { laws: ['gradient'], seed: 1, runs: 5 },
  );
  const report = checkOp(writing, {}, { laws: ['untouched'], seed: 1, runs: 5 });
  const laws = [...wrong.laws, ...report.laws];
  expect(dotOfFailure({ ...report, laws })).toContain('label="writing');
  expect(dotOfFailure({ ...report, laws, telling: 'gradient' })).toContain('label="cube');
  expect(dotOfFailure(checkOp(square, {}, { laws: ['order'], runs: 2 }))).toBeUndefined();
});
