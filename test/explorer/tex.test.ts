import fc from 'fast-check';
import temml from 'temml';
import { describe, expect, test } from 'vitest';
import { formulaOf, parseTex, substitute, type Tex, texToText } from '../../src/explorer/index.js';
import { texToMathml } from '../../src/explorer/tex-mathml.js';
import { splitSubscript, subscript } from '../../src/explorer/tex-text.js';
import { Graph, input } from '../../src/graph/index.js';
import { trace } from '../../src/graph/trace.js';
import * as ops from '../../src/ops/index.js';
import { catalogue } from '../ops/catalogue/index.js';

const named = (names: Record<string, string>): ReadonlyMap<string, Tex> =>
  new Map(Object.entries(names).map(([from, to]) => [from, { kind: 'name', text: to }]));

describe('TeX as text', () => {
  test.each([
    ['y = a\\,b', 'y = a · b'],
    ['y = -x', 'y = −x'],
    ['y = a - b', 'y = a − b'],
    ['y = x^2', 'y = x²'],
    ['y = a^b', 'y = aᵇ'],
    ['y = e^{-t^2}', 'y = e^(−t²)'],
    ['y = \\sigma(x) = 1 / (1 + e^{-x})', 'y = σ(x) = 1 / (1 + e⁻ˣ)'],
    ['y = \\ln \\sigma(x)', 'y = ln σ(x)'],
    ['y_{ij} = x_{ji}', 'yᵢⱼ = xⱼᵢ'],
    ['C = A^\\top B', 'C = Aᵀ B'],
    ['\\tfrac{2}{\\sqrt\\pi} \\int_0^x e^t dt', '2/√π ∫₀ˣ eᵗ d t'],
    ['\\frac{a + b}{c}', '(a + b)/c'],
    ['y = [a \\ge b]', 'y = [a ≥ b]'],
    ['\\varepsilon \\sim \\mathcal N(0, I)', 'ε ∼ N(0, I)'],
    ['y = \\textstyle\\sum_i x_i', 'y = ∑ᵢ xᵢ'],
  ])('%s', (source, text) => {
    expect(texToText(parseTex(source))).toBe(text);
  });

  test('with the names of nodes', () => {
    const show = (source: string): string =>
      texToText(substitute(parseTex(source), named({ x: 'v₅', y: 'v₆', a: 'w', b: 'rate' })));
    expect(show('y = x^2')).toBe('v₆ = v₅²');
    expect(show('y = a\\,b')).toBe('v₆ = w · rate');
    expect(show('y = e^x')).toBe('v₆ = e^v₅');
    expect(show('y_i = e^{x_i}')).toBe('(v₆)ᵢ = e^(v₅)ᵢ');
  });

  test('with numbers: negative ones in parentheses where they must be', () => {
    const minus = (source: string): string =>
      texToText(
        substitute(
          parseTex(source),
          new Map([
            ['a', { kind: 'number', text: '−2' }],
            ['b', { kind: 'number', text: '−3' }],
          ]),
        ),
      );
    expect(minus('a\\,b')).toBe('−2 · (−3)');
    expect(minus('a - b')).toBe('−2 − (−3)');
    expect(minus('-a')).toBe('−(−2)');
    expect(minus('a^2')).toBe('(−2)²');
    expect(minus('\\max(a, b)')).toBe('max(−2, −3)');
    expect(minus('\\tanh a')).toBe('tanh(−2)');
  });

  test('subscripts: there and back', () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        expect(splitSubscript(`v${subscript(n)}`)).toEqual(['v', String(n)]);
      }),
    );
    expect(splitSubscript('vᵢ')).toEqual(['v', 'i']);
    expect(splitSubscript('weights')).toEqual(['weights', '']);
  });
});

/** Every op of the catalogue, as some use of it makes it. */
function opsOfCatalogue() {
  const found = new Map<string, { formula: string; slots: readonly string[]; inputs: number }>();
  for (const { smooth } of Object.values(catalogue)) {
    const [made] = fc.sample(smooth, { numRuns: 1, seed: 1 });
    const inputs = made!.inputs.map(({ shape }, k) => input(`x${k}`, shape));
    for (const { op, parents } of new Graph(made!.f(...inputs), { wrt: [] }).nodes) {
      found.set(op.name, { formula: op.formula, slots: op.slots ?? [], inputs: parents.length });
    }
  }
  return found;
}

test('the formula of every op reads as temml reads it, and nothing of TeX is left over', () => {
  const all = [...opsOfCatalogue()];
  expect(all.length).toBeGreaterThan(40);
  for (const [name, { formula }] of all) {
    const text = texToText(parseTex(formula));
    const mathml = texToMathml(parseTex(formula));
    expect(text, name).not.toMatch(/[\\{}]/);
    expect(lettersOf(mathml), name).toBe(lettersOf(temml.renderToString(formula)));
    expect(tagsOf(mathml), name).toEqual(tagsOf(temml.renderToString(formula)));
  }
});

/** What is written, from left to right, without spaces and the signs that stand for a product. */
function lettersOf(mathml: string): string {
  return mathml
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .normalize('NFKD')
    .replace(/[\s·\u2061\u2062\u200b]/g, '')
    .replace(/[-−]/g, '−');
}

/** How often there is something above, below, on top of or under a root. */
function tagsOf(mathml: string): Record<string, number> {
  const count = (pattern: RegExp): number => (mathml.match(pattern) ?? []).length;
  return {
    scripts: count(/<(msub|msup|munder|mover)\b/g) + 2 * count(/<(msubsup|munderover)\b/g),
    fractions: count(/<mfrac\b/g),
    roots: count(/<msqrt\b/g),
  };
}

test('a formula with the names of its node and its parents', () => {
  const x = input('x', []);
  const { nodes } = trace(ops.where(ops.greater(x, 0), ops.tanh(x), 1), { x: 2 });
  const shown = nodes.map((node) => {
    const name = (i: number): Tex => ({ kind: 'name', text: `v${subscript(i)}` });
    const formula = formulaOf(node, `v${subscript(node.i)}`, node.parents.map(name));
    return formula && [formula.result, ...formula.value].map(texToText).join(' = ');
  });
  expect(shown.filter((formula) => formula !== undefined)).toEqual([
    'v₃ = [v₁ > v₂]',
    'v₄ = tanh v₁',
    expect.stringMatching(/^v₆ = (where\(v₃, v₄, v₅\)|v₃ \? v₄ : v₅)$/),
  ]);
});
