// A TypeDoc plugin: the page of an op shows the formula that the op itself carries. It is asked for it by
// being used; a function that is made of other ops has none of its own, and keeps to its docstring.

import { Comment, ReflectionKind } from 'typedoc';
import { constant } from '../../src/graph/index.ts';
import { Csr } from '../../src/linalg/index.ts';
import * as ops from '../../src/ops/index.ts';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on('resolveBegin', ({ project }) => {
    const room = project.getChildByName('ops');
    for (const reflection of room?.getChildrenByKind(ReflectionKind.Function) ?? []) {
      const formula = formulaOf(reflection.name);
      if (formula === undefined) continue;
      for (const signature of reflection.signatures) {
        signature.comment ??= new Comment();
        signature.comment.summary.push({ kind: 'text', text: `\n\n$$${formula}$$\n` });
      }
    }
  });
}

const builders = new Map(Object.entries(ops));
const vector = constant([0.5, 0.25]);
const matrix = constant([
  [0.5, 0.25],
  [0.25, 0.5],
]);
const sparse = Csr.fromDense(2, 2, new Float64Array([1, 0, 0, 1]));

/** Arguments that suit one op or another. */
const attempts = [
  [matrix],
  [matrix, matrix],
  [matrix, matrix, matrix],
  [matrix, [4]],
  [matrix, [0, 1]],
  [matrix, [0, 1], [1, 2]],
  [vector, [0, 1], 2],
  [vector, [3, 2]],
  [[matrix, matrix]],
  [
    matrix,
    [
      [1, 1],
      [1, 1],
    ],
  ],
  [sparse, matrix],
  [sparse, [0, 1]],
  [sparse, [0, 1], matrix],
  [[2], { seed: 1, label: 'noise' }],
];

function formulaOf(name) {
  for (const attempt of attempts) {
    try {
      const { op } = builders.get(name)(...attempt);
      if (op.name === name) return op.formula;
    } catch {
      // It wants something else.
    }
  }
  return undefined;
}
