/** Draws the pictures of the docs into docs/img: `npm run pictures`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { drawChain } from './chain.js';
import { drawHouse } from './house.js';
import { drawSmallWorld } from './small-world.js';
import { drawSoftmax } from './softmax.js';

const folder = new URL('../img/', import.meta.url);
mkdirSync(folder, { recursive: true });
const pictures: Record<string, () => string> = {
  chain: drawChain,
  house: drawHouse,
  'small-world': drawSmallWorld,
  'softmax-jacobian': drawSoftmax,
};
for (const [name, draw] of Object.entries(pictures)) {
  writeFileSync(new URL(`${name}.svg`, folder), `${draw().trimEnd()}\n`);
  console.log(`docs/img/${name}.svg`);
}
