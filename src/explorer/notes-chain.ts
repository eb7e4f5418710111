import { input, label, type Trace, trace } from '../graph/index.js';
import { mul, sqrt, square } from '../ops/index.js';
import { printNumber } from './names.js';
import type { PageHeader } from './page.js';

/**
 * The notes' worked chain 𝓛 ← z ← (v, w) ← vᵢ, with the plainest functions in the place of its arrows:
 * v = vᵢ², w = √vᵢ, z = v·w and 𝓛 = z², at vᵢ = 4. So 𝓛 = vᵢ⁵, and 5·4⁴ = 1280 is what must come out.
 */
export function notesChain(): Trace {
  const vi = input('vᵢ', []);
  const v = label('v', square(vi));
  const w = label('w', sqrt(vi));
  const z = label('z', mul(v, w));
  const L = label('L', square(z));
  return trace(L, { vᵢ: 4 });
}

/** The same chain, as it is typed. */
export const notesProgram = 'v = vᵢ^2; w = sqrt(vᵢ); z = v*w; L = z^2';
export const notesValues: readonly string[] = ['vᵢ=4'];

const partial = (bottom: string, top = 'ℒ'): string =>
  `\\frac{\\partial ${top}}{\\partial ${bottom}}`;

/** What stands above it in a page. */
export const notesPage: PageHeader = {
  title: 'The notes’ worked chain',
  program: [notesProgram, ...notesValues].join('   '),
  remark: {
    text: 'What to look for:',
    tex: `${partial('v_i')} = ${partial('z')} \\left( ${partial('v', 'z')} \\; ${partial('v_i', 'v')} + ${partial('w', 'z')} \\; ${partial('v_i', 'w')} \\right)`,
  },
};

/** The line of the notes that takes ∂𝓛/∂z out of the sum, in symbols and in the numbers of the trace. */
export function notesFactored(chain: Trace): { symbols: string; numbers: string; value: string } {
  const local = (i: number, child: number): string => {
    const gradient = chain.gradients.find((each) => each.i === i)!;
    return printNumber(gradient.terms.find((term) => term.child === child)!.local[0]!);
  };
  const [vi, v, w, z, L] = [1, 2, 3, 4, 5] as const;
  return {
    symbols: '∂L/∂z · (∂z/∂v · ∂v/∂vᵢ + ∂z/∂w · ∂w/∂vᵢ)',
    numbers: `${local(z, L)} · (${local(v, z)} · ${local(vi, v)} + ${local(w, z)} · ${local(vi, w)})`,
    value: printNumber(chain.gradients.at(-1)!.value![0]!),
  };
}
