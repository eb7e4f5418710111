import * as ops from '../../ops/index.js';

/** Where what is the user's own comes from, if that is not known. */
const YOURS = './your-module.js';

/** The default export of a module has no name of its own; this is what it is called in a program. */
const DEFAULT = 'mine';

/** What an export is called where it is imported. */
export const importedAs = (name: string): string => (name === 'default' ? DEFAULT : name);

/** What is called in TypeScript, as `f(…)` and not as a method. */
export const calledIn = (code: string): string[] => [
  ...new Set(Array.from(code.matchAll(/(?<![.\w$])([a-z_$][\w$]*)\(/gi), ([, name]) => name!)),
];

/**
 * The imports of a program.
 * @param checks what it takes of the kit
 * @param code what builds graph in it
 * @param own exports of the user's own, even if the library has something of that name
 * @param from the module that they come from
 */
export function importsOf(
  checks: readonly string[],
  code: string,
  own: readonly string[],
  from: string = YOURS,
): string[] {
  const words = new Set(code.match(/(?<![.\w$])[a-z_$][\w$]*/gi));
  const theirs = own.filter((name) => words.has(importedAs(name)));
  const called = calledIn(code).filter((name) => !theirs.map(importedAs).includes(name));
  const line = (names: readonly string[], module: string): string[] =>
    names.length > 0 ? [`import { ${names.join(', ')} } from '${module}';`] : [];
  return [
    ...line(checks, 'chainrule/check'),
    ...line(
      called.filter((name) => name === 'apply'),
      'chainrule/graph',
    ),
    ...line(words.has('Csr') ? ['Csr'] : [], 'chainrule/linalg'),
    ...line(called.filter((name) => name in ops).sort(), 'chainrule/ops'),
    ...(theirs.includes('default') ? [`import ${DEFAULT} from '${from}';`] : []),
    ...line(theirs.filter((name) => name !== 'default').sort(), from),
  ];
}
