import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

// What becomes of TeX in docstrings, with the Markdown parser that TypeDoc uses.

test('dollars make mathematics, in a line and on display', () => {
  const { html, errors } = rendered(
    'Softmax $y_i = e^{x_i}$; with stars $a*b*c$, and $a < b$.',
    '',
    '$$',
    '\\frac{1}{2}',
    '- x',
    '$$',
    '',
    'A display $$z^2$$ in a line.',
  );
  expect(errors).toEqual([]);
  expect(html).toContain('<msub><mi>y</mi><mi>i</mi></msub>');
  expect(html).toContain('<mi>a</mi><mo>∗</mo><mi>b</mi><mo>∗</mo><mi>c</mi>');
  expect(html).toContain('<mo>&lt;</mo>');
  const displays = html.match(/<math display="block".*?<\/math>/gs)!;
  expect(displays).toHaveLength(2);
  expect(displays[0]).toContain('<mfrac><mn>1</mn><mn>2</mn></mfrac>');
  expect(displays[1]).toMatch(/<msup><mi>z<\/mi><mn[^>]*>2<\/mn><\/msup>/);
  expect(html.match(/<math/g)).toHaveLength(5);
  expect(html).not.toContain('$');
});

test('prices, code and escaped dollars stay what they are', () => {
  const { html, errors } = rendered('$5 or $6, `$x$`, \\$y$, and 3 $ a $.');
  expect(errors).toEqual([]);
  expect(html).toBe('<p>$5 or $6, <code>$x$</code>, $y$, and 3 $ a $.</p>\n');
});

test('a display that never ends is text', () => {
  const { html, errors } = rendered('$$', 'x', '', 'y');
  expect(errors).toEqual([]);
  expect(html).toBe('<p>$$\nx</p>\n<p>y</p>\n');
});

test('a shape in front of a colon is not the definition of a link', () => {
  const { html } = rendered('[k]: largest first');
  expect(html).toBe('<p>[k]: largest first</p>\n');
});

test('TeX that is none is an error, which fails the build', () => {
  const { errors } = rendered('$\\frac{1$');
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^math: \$\\frac\{1\$: /);
});

interface Parser {
  render(markdown: string): string;
}

const plugin: string = '../../docs/typedoc/math.mjs';
const { load } = (await import(plugin)) as { load(app: object): void };

const require = createRequire(import.meta.resolve('typedoc'));
const MarkdownIt = require('markdown-it') as new () => Parser;

/** The plugin at work, on just as much of TypeDoc as it touches. */
function rendered(...lines: string[]): { html: string; errors: string[] } {
  const errors: string[] = [];
  const parser = new MarkdownIt();
  load({
    logger: { error: (message: string) => errors.push(message) },
    on: (_event: 'bootstrapEnd', act: () => void) => act(),
    options: {
      setValue: (_option: 'markdownItLoader', teach: (parser: Parser) => void) => teach(parser),
    },
  });
  return { html: parser.render(lines.join('\n')), errors };
}
