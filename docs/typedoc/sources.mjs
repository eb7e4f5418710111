// A TypeDoc plugin: "Defined in src/graph/node.ts:15" as plain text. The pages are read from disk,
// where a link would have nowhere to lead that does not depend on whose copy it is.

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on('resolveEnd', ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      for (const source of reflection.sources ?? []) source.url = undefined;
    }
  });
}
