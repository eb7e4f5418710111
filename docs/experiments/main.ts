/**
 * Puts the notes' questions to our own code: prints the tables, writes them into docs/experiments.md
 * between their marks, and draws the pictures. `npm run experiments [NAME …]`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withFindings } from './document.js';
import { printed } from './experiment.js';
import { klAsEntropies } from './kl-as-entropies.js';
import { lambda } from './lambda.js';
import { oneHotOrContexts } from './one-hot-or-contexts.js';
import { penalty } from './penalty.js';
import { twoBumps } from './two-bumps.js';
import { twoOrders } from './two-orders.js';
import { whichLoss } from './which-loss.js';

const experiments = [
  oneHotOrContexts,
  whichLoss,
  lambda,
  penalty,
  twoBumps,
  twoOrders,
  klAsEntropies,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !experiments.some((one) => one.name === name));
if (unknown.length > 0) {
  const names = experiments.map(({ name }) => name).join(', ');
  console.error(`experiments: there is no ${unknown.join(', ')}; there are ${names}`);
  process.exit(1);
}

const page = new URL('../experiments.md', import.meta.url);
const images = new URL('../img/', import.meta.url);
mkdirSync(images, { recursive: true });
for (const { name, question, run } of experiments) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${question}  (${name})\n`);
  const { tables, pictures } = run();
  for (const finding of tables) console.log(`${printed(finding)}\n`);
  writeFileSync(page, withFindings(readFileSync(page, 'utf8'), tables));
  for (const [file, svg] of Object.entries(pictures)) {
    writeFileSync(new URL(file, images), `${svg.trimEnd()}\n`);
  }
}
