import type { Equivalents } from '../equivalents.js';

const BEHIND_THE_END = 'a typed array takes no notice of what is written behind its end';

export const equivalents: Equivalents = {
  'src/graph/anomaly.ts': [
    {
      at: 'if («values.length === 1») return Number.isFinite(values[0]);',
      to: 'false',
      why: 'a shortcut that makes no scan: what a scan says of one number is the same',
    },
    {
      at: 'if (values.length === «1») return Number.isFinite(values[0]);',
      to: '-1',
      why: 'a shortcut that makes no scan: what a scan says of one number is the same',
    },
  ],
  'src/graph/gradients.ts': [
    {
      at: 'const u = full(y.shape, «0»);',
      to: '1',
      why: 'u ↦ Jᵀu is linear: its own derivative is the same at every u',
    },
  ],
  'src/graph/leaves.ts': [
    {
      at: 'if («values instanceof Float64Array && values.length === out.length») {',
      to: 'false',
      why: 'a faster way for what is fed in every run: the other one copies the same numbers',
    },
    {
      at: 'if («out.length > 16») out.set(values);',
      to: ['true', 'false', 'out.length >= 16', 'out.length <= 16'],
      why: 'two ways to copy the same numbers, of which one is faster for few',
    },
    {
      at: 'if (out.length > «16») out.set(values);',
      to: ['0', '-16'],
      why: 'two ways to copy the same numbers, of which one is faster for few',
    },
    {
      at: 'else for (let i = 0; «i < out.length»; i++) out[i] = values[i]!;',
      to: 'i <= out.length',
      why: BEHIND_THE_END,
    },
  ],
  'src/graph/node.ts': [
    { at: 'let created = «0»;', to: '1', why: 'numbers of nodes are compared, and nothing else' },
  ],
  'src/graph/row-gradient.ts': [
    {
      at: 'if («k > 0») clearBeside(0, distinct * width);',
      to: ['true', 'k >= 0'],
      why: 'the first scatter uses nothing of what is beside it: that is cleared once more before it is used, or has no elements',
    },
    {
      at: 'const indices = xs.splice(xs.length / «2»);',
      to: '-2',
      why: 'splice counts a negative place from the end, from where the half is as far',
    },
    {
      at: 'if («this.#spoiled») return;',
      to: 'false',
      why: 'NaN is written once more over NaN: what is left out is time',
    },
    {
      at: 'this.#spoiled = «true»;',
      to: 'false',
      why: 'NaN is written once more over NaN: what is left out is time',
    },
  ],
  'src/graph/row-list.ts': [
    {
      at: '#given = «0»;',
      to: '1',
      why: 'from wherever numbers are counted, each index takes its own from what was given before it',
    },
    {
      at: 'for (let k = 0; «k < this.#count»; k++) this.#numbers',
      to: 'k <= this.#count',
      why: 'behind the last row of the list stands one that was not met since, or none',
    },
    {
      at: 'for (let i = 0; «i < index.length»; i++) {',
      to: 'i <= index.length',
      why: 'behind the last element there is no row, to which no number belongs',
    },
    {
      at: 'for (let row = 0; «row < this.#numbers.length»; row++) {',
      to: 'row <= this.#numbers.length',
      why: 'behind the last row nothing is met, and what lies between it and the end is empty',
    },
  ],
  'src/graph/sum.ts': [
    {
      at: 'const ADDITION = «0.3»;',
      to: '0.30000003000000003',
      why: 'what it costs, roughly: it decides how many threads share the work, never a bit of it',
    },
    {
      at: 'const start = «startSum(y, first, second)»;',
      to: 'startSum(y, second, first)',
      why: 'a + b = b + a, to the bit',
    },
  ],
  'src/graph/trace.ts': [
    {
      at: 'const inputs = «parts > LONGEST_RULE» ? [] : parents.map(visit);',
      to: 'parts >= LONGEST_RULE',
      why: 'of as many parts as may be, each input would be one too many: the rule is left out either way',
    },
    {
      at: 'const inputs = parts > LONGEST_RULE ? «[]» : parents.map(visit);',
      to: '["Stryker was here"]',
      why: 'a rule of so many parts is left out, whatever was read of it',
    },
  ],
};
