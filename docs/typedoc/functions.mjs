// A TypeDoc plugin: `export const tanh: (x: Operand) => Node = …` is a function to whoever calls it, so
// it is listed as one, however it was made.

import { ReflectionFlag, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  const early = 1000;
  app.converter.on(
    'resolveBegin',
    ({ project }) => {
      for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
        const literal =
          variable.type?.type === 'reflection' ? variable.type.declaration : undefined;
        if (!literal?.signatures) continue;
        variable.kind = ReflectionKind.Function;
        variable.flags.setFlag(ReflectionFlag.Const, false);
        variable.signatures = literal.signatures;
        for (const signature of variable.signatures) {
          signature.parent = variable;
          signature.name = variable.name;
          signature.comment = variable.comment;
          signature.sources = variable.sources;
        }
        delete variable.comment;
        delete variable.type;
        delete literal.signatures;
        project.removeReflection(literal);
      }
    },
    early,
  );
}
