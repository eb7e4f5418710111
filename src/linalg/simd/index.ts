/**
 * The room behind: the same kernels once more, in WebAssembly with two doubles to an instruction. They are
 * assembled when they are first asked for.
 */
import { addressOf, allocate, memory } from '../memory.js';
import { Module } from './assembler.js';
import { type BinaryKernels, binaryKernels } from './binary.js';
import { type CopyKernels, copyKernels } from './copy.js';
import { type DecayKernel, decayKernels } from './decay.js';
import { type ElementaryKernels, elementaryKernels } from './elementary.js';
import { type UnaryKernels, unaryKernels } from './elementwise.js';
import type { GramKernel } from './gram.js';
import { type MatmulKernel, matmulKernels } from './matmul.js';
import { type StepKernels, stepKernels } from './optimizers.js';
import { type PaddedKernels, paddedKernels } from './padded.js';
import { type ParametricKernels, parametricKernels } from './parametric.js';
import { type ReduceKernels, reduceKernels } from './reduce.js';
import { type ReduceColumnsKernels, reduceColumnsKernels } from './reduce-columns.js';
import { type RowsKernels, rowsKernels } from './rows.js';
import { type ScanKernels, scanKernels } from './scan.js';
import { type SparseKernels, sparseKernels } from './sparse.js';
import { type SymmetricKernels, symmetricKernels } from './symmetric-product.js';
import { type WasmMemory, type WasmModule, webAssembly } from './webassembly.js';

/** Addresses and counts are numbers; what each kernel does is said where it is written. */
export interface Kernels
  extends BinaryKernels,
    UnaryKernels,
    CopyKernels,
    ElementaryKernels,
    ReduceKernels,
    ReduceColumnsKernels,
    RowsKernels,
    ScanKernels,
    PaddedKernels,
    SymmetricKernels,
    ParametricKernels,
    SparseKernels,
    StepKernels {
  readonly decay: DecayKernel;
  readonly matmul: MatmulKernel;
  readonly gram: GramKernel;
}

/** What writes its functions into the module. */
const families: readonly ((module: Module) => void)[] = [
  unaryKernels,
  binaryKernels,
  copyKernels,
  elementaryKernels,
  reduceKernels,
  reduceColumnsKernels,
  decayKernels,
  scanKernels,
  rowsKernels,
  parametricKernels,
  sparseKernels,
  stepKernels,
  paddedKernels,
  symmetricKernels,
  matmulKernels,
];

let wanted = true;
let made: { readonly kernels: Kernels; readonly module: WasmModule } | null | undefined;

/** The kernels on the memory of `allocate`; undefined where there is no SIMD, or it is switched off. */
export function simd(): Kernels | undefined {
  if (!wanted) return undefined;
  if (made === undefined) made = make() ?? null;
  return made?.kernels;
}

/**
 * Switches the kernels off, so that the plain TypeScript ones run, or on again. The results are the
 * same to the last bit: this is for those who want to see it. It holds for what is planned from now on.
 */
export function useSimd(on: boolean): void {
  wanted = on;
}

/** The compiled kernels, for threads that join them to the same memory; undefined as above. */
export function simdModule(): WasmModule | undefined {
  return simd() && made?.module;
}

/** What one thread's instance of the module is given. */
export function imports(shared: WasmMemory): Record<string, Record<string, WasmMemory | number>> {
  const { from, memory: name, scratch } = Module.IMPORTS;
  const own = allocate(SCRATCH);
  scratches.push(own);
  return { [from]: { [name]: shared, [scratch]: addressOf(own) } };
}

/** 1 MiB for packed copies, in numbers. */
const SCRATCH = 2 ** 17;
/** Kept, for they are never given back. */
const scratches: Float64Array[] = [];

function make(): { kernels: Kernels; module: WasmModule } | undefined {
  const home = memory();
  if (!webAssembly || !home) return undefined;
  const code = new Module();
  for (const family of families) family(code);
  const bytes = code.bytes({ pages: 2 ** 16, shared: home.shared });
  // An engine without SIMD does not know the instructions; one that forbids compiling throws.
  if (!webAssembly.validate(bytes)) return undefined;
  try {
    const module = new webAssembly.Module(bytes);
    const { exports } = new webAssembly.Instance(module, imports(home.memory));
    return { kernels: exports as unknown as Kernels, module };
  } catch {
    return undefined;
  }
}
