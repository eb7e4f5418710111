// The most that this machine can do with two doubles to an instruction: multiplications and additions on
// registers alone, no memory at all. What kernels are a share of.

import {
  f64,
  f64x2,
  i32,
  type Local,
  loopWhile,
  Module,
} from '../../src/linalg/simd/assembler/index.js';
import { webAssembly } from '../../src/linalg/simd/webassembly.js';
import type { Peak } from '../harness.js';
import { gigaflops } from './units.js';

/** Chains x ← x·m and chains x ← x + a side by side: enough that no unit waits for a result, few enough for the registers. */
const CHAINS = 12;
const TURNS = 40_000;

/** Of one thread. */
export const peak: Peak = {
  name: 'registers',
  unit: gigaflops(TURNS * CHAINS * 2),
  run: multiplyAndAdd(),
};

function multiplyAndAdd(): () => number {
  if (!webAssembly) throw new Error('there is no WebAssembly here');
  const module = new Module();
  module.function('run', { turns: 'i32' }, 'f64', ({ turns }, declare) => {
    const [m, a] = [declare('v128'), declare('v128')];
    const chains = Array.from({ length: CHAINS }, () => declare('v128'));
    const sum = (some: readonly Local<'v128'>[]) =>
      some.slice(1).reduce((total, x) => f64.add(total, f64x2.lane(0, x)), f64x2.lane(0, some[0]!));
    return [
      m.set(f64x2.splat(1)),
      a.set(f64x2.splat(1)),
      ...chains.map((x, i) => x.set(f64x2.splat(i))),
      loopWhile(turns, [
        ...chains.map((x, i) => x.set(i % 2 === 0 ? f64x2.mul(x, m) : f64x2.add(x, a))),
        turns.set(i32.sub(turns, 1)),
      ]),
      sum(chains),
    ];
  });
  const memory = new webAssembly.Memory({ initial: 1, maximum: 1 });
  const bytes = module.bytes({ pages: 1, shared: false });
  const { from, memory: name, scratch } = Module.IMPORTS;
  const imports = { [from]: { [name]: memory, [scratch]: 0 } };
  const { run } = new webAssembly.Instance(new webAssembly.Module(bytes), imports).exports;
  return () => run!(TURNS);
}
