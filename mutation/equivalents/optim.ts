import type { Equivalents } from '../equivalents.js';

export const equivalents: Equivalents = {
  'src/optim/clip.ts': [
    {
      at: 'shorten(gradients, segments, «2» ** 600, 1);',
      to: '-2',
      why: '(−2)⁶⁰⁰ = 2⁶⁰⁰',
    },
  ],
  'src/optim/lag.ts': [
    {
      at: 'this.#done[row] = this.#steps + «1»;',
      to: '1.0000001',
      why: 'it is written into an Int32Array, which drops what is behind the point',
    },
    {
      at: 'if («this.#steps === 0») return;',
      to: 'false',
      why: 'a shortcut: at no steps, no row has missed any',
    },
    {
      at: 'if («missed === 0») return;',
      to: 'false',
      why: 'a shortcut: a decay of no times changes nothing',
    },
  ],
  'src/optim/memory.ts': [
    {
      at: 'for (let k = 0; «k < products.length»; k++) products[k]! *= ',
      to: 'k <= products.length',
      why: 'a Float64Array takes no notice of what is written behind its end',
    },
    {
      at: '#fading: readonly Fading[] = «[]»;',
      to: '["Stryker was here"]',
      why: 'before the first parameter there are no rows to ask for',
    },
    {
      at: 'idle: readonly number[] = «[]»,',
      to: '["Stryker was here"]',
      why: 'rows are asked for only by rules that say what fades',
    },
    {
      at: 'if («this.#fading.length === 0») return undefined;',
      to: 'false',
      why: 'a shortcut: rows in which nothing fades make up for nothing, whatever they missed',
    },
    {
      at: '«factor === 1» ? [] : [{ decay: decayOf(',
      to: 'false',
      why: 'a shortcut: 1·x = x, bit for bit',
    },
    {
      at: 'factor === «1» ? [] : [{ decay: decayOf(',
      to: '-1',
      why: 'the same shortcut: a factor is ≥ 0, so that it is taken for none',
    },
  ],
  'src/optim/optimizer.ts': [
    {
      at: 'const COST = «2.5»;',
      to: ['0', '-2.5', '2.5000002500000003'],
      why: 'what a step costs decides only whether threads share it; the bits are the same',
    },
  ],
};
