/**
 * Asks torch, JAX and autograd themselves about the planted faults: `npm run faults:libraries -- PYTHON`, with a Python
 * that has them (`pip install torch jax autograd`). What they say is kept in kept.json, from which `npm run faults`
 * writes its tables.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { faults } from '../catalogue.js';
import { alarms, type Checkers, checkerNames, markOf } from '../checkers/compare.js';
import { hunt } from '../hunt.js';
import { file, type Kept } from './kept.js';
import { Library } from './library.js';

const [python = 'python3', part = ''] = process.argv.slice(2);
const { status } = spawnSync(python, ['-c', 'import torch, jax, autograd'], { stdio: 'inherit' });
if (status !== 0) {
  console.error(
    `faults:libraries: ${python} does not have torch, jax and autograd; give one that does`,
  );
  process.exit(1);
}

const library = new Library(python);
const own = (...names: string[]) => names.map((name) => library.check(name));
const checkers: Checkers = {
  gradcheck: own('gradcheck', 'gradgradcheck'),
  'gradcheck, fast': own('gradcheck, fast', 'gradgradcheck, fast'),
  'JAX check_grads': own('JAX, order 1', 'JAX, order 2'),
  'autograd check_grads': own('autograd, order 1', 'autograd, order 2'),
};

const byChecker = <T>(value: (name: keyof Checkers) => T) =>
  Object.fromEntries(checkerNames.map((name) => [name, value(name)])) as Record<keyof Checkers, T>;

const asked: Record<string, Kept['faults'][string]> = {};
for (const fault of faults.filter(({ name }) => name.includes(part))) {
  const found = hunt(fault);
  if (!found) throw new Error(`${fault.name}: not found, so there is no graph to show`);
  const said = byChecker((name) => markOf(name, fault, found, checkers));
  const ported = byChecker((name) => markOf(name, fault, found));
  asked[fault.name] = { graph: found.text, said };
  const apart = checkerNames.filter((name) => said[name] !== ported[name]);
  const differs = apart.map((name) => `${name} says ${said[name]}, its port ${ported[name]}`);
  console.log(`${fault.name.padEnd(36)} ${differs.join('; ') || 'as the ports say'}`);
}
if (part === '') {
  const kept: Kept = {
    versions: library.versions,
    alarms: byChecker((name) => alarms(name, checkers)),
    faults: asked,
  };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
}
library.close();
