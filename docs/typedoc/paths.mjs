// A TypeDoc plugin: paths as a reader wants them. Rooms and pages go by their names, without the folder
// they are kept in; and "Defined in src/graph/node.ts:15" is plain text, since the pages are read from
// disk, where a link would have nowhere to lead that does not depend on whose copy it is.

import { ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(
    'resolveBegin',
    ({ project }) => {
      const pages = ReflectionKind.Module | ReflectionKind.Document;
      for (const page of project.getReflectionsByKind(pages)) {
        page.name = page.name.replace(/^(src|docs)\//, '');
      }
    },
    2000,
  );
  app.converter.on('resolveEnd', ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      for (const source of reflection.sources ?? []) source.url = undefined;
    }
  });
}
