import * as ops from '../ops/index.js';
import type { Law } from './law.js';
import type { Tensor } from './reference/index.js';
import type { Case } from './use.js';

/** What `checkGradient` looks at, and how it is asked for it. */
const BY_GRADIENT: Partial<Record<Law, string>> = {
  gradient: '',
  untouched: '',
  determinism: '',
  'second order': ', { order: 2 }',
  symmetry: ', { order: 2 }',
};

/**
 * A TypeScript program that checks a case once more.
 * @param own what is called in the text and is the user's, even if the library has something of that name
 */
export function asTypeScript(law: Law, { text, inputs, slots }: Case, own?: string): string {
  const names = inputs.map((_, slot) => (inputs.length === 1 ? 'x' : `x${slot + 1}`));
  const call = text(...names);
  const build = `(${names.join(', ')}) => ${call}`;
  const point = `[${inputs.map(literal).join(', ')}]`;
  const order = BY_GRADIENT[law];
  const options = slots ? `, { slots: [${slots.join(', ')}] }` : (order ?? '');
  const used = [...new Set([...call.matchAll(/\b([a-z]\w*)\(/gi)].map(([, name]) => name!))];
  const ours = used.filter((name) => name in ops && name !== own).sort();
  const theirs = own !== undefined && used.includes(own);
  const check = order === undefined ? 'assertPassed, checkLaw' : 'assertGradient';
  const statement =
    order === undefined
      ? `assertPassed(checkLaw('${law}', ${build}, ${point}${options}));`
      : `assertGradient(${build}, ${point}${options});`;
  return [
    `import { ${check} } from 'chainrule/check';`,
    ...(ours.length > 0 ? [`import { ${ours.join(', ')} } from 'chainrule/ops';`] : []),
    ...(theirs ? [`import { ${own} } from './your-module.js';`] : []),
    '',
    statement,
  ].join('\n');
}

/** A tensor as the checks take it. */
function literal({ shape, values }: Tensor): string {
  const numbers = values.map((x) => (Object.is(x, -0) ? '-0' : String(x)));
  return `{ shape: [${shape.join(', ')}], values: [${numbers.join(', ')}] }`;
}
