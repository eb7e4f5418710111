// A TypeDoc plugin: what Markdown means here. TeX between dollars in docstrings and pages becomes MathML,
// which browsers draw by themselves: inline `$…$` as Pandoc has it (no space inside the dollars, no digit
// after the second, so that prices stay prices), displayed `$$…$$` in a line of text or in lines of its
// own.

import temml from 'temml';

/** @param {import('typedoc').Application} app */
export function load(app) {
  const toMathML = (tex, displayMode) => {
    try {
      return temml.renderToString(tex, { displayMode, throwOnError: true, strict: false });
    } catch (error) {
      app.logger.error(`math: $${tex}$: ${error.message}`);
      return tex;
    }
  };
  const teachMath = (markdown) => {
    markdown.inline.ruler.before('escape', 'math', inlineMath);
    markdown.block.ruler.before('fence', 'math_block', blockMath, {
      alt: ['paragraph', 'reference', 'blockquote', 'list'],
    });
    // "[n, k]: a row a word" says a shape. It is no definition of a link.
    markdown.block.ruler.disable('reference');
    markdown.renderer.rules.math = (tokens, i) =>
      toMathML(tokens[i].content, tokens[i].markup === '$$');
    markdown.renderer.rules.math_block = (tokens, i) =>
      `<p>${toMathML(tokens[i].content, true)}</p>\n`;
  };
  // Not earlier: options are read anew once the plugins are there.
  app.on('bootstrapEnd', () => app.options.setValue('markdownItLoader', teachMath));
}

const INLINE = /\$\$([^$`]+)\$\$|\$((?! )(?:\\[\s\S]|[^$`\\])+?(?<! ))\$(?!\d)/y;

function inlineMath(state, silent) {
  INLINE.lastIndex = state.pos;
  const match = INLINE.exec(state.src);
  if (!match) return false;
  if (!silent) {
    const token = state.push('math', 'math', 0);
    token.content = match[1] ?? match[2];
    token.markup = match[1] === undefined ? '$' : '$$';
  }
  state.pos = INLINE.lastIndex;
  return true;
}

/** Lines from one that starts with `$$` to one that ends with it. */
function blockMath(state, start, end, silent) {
  const line = (i) => state.src.slice(state.bMarks[i] + state.tShift[i], state.eMarks[i]).trimEnd();
  if (!line(start).startsWith('$$')) return false;
  let tex = line(start).slice(2);
  let last = start;
  while (!tex.endsWith('$$')) {
    last++;
    if (last >= end || state.sCount[last] < state.blkIndent) return false;
    tex += '\n' + line(last);
  }
  if (tex.indexOf('$$') !== tex.length - 2) return false;
  if (silent) return true;
  const token = state.push('math_block', 'math', 0);
  token.block = true;
  token.content = tex.slice(0, -2);
  token.map = [start, last + 1];
  state.line = last + 1;
  return true;
}
