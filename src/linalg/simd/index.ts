/**
 * The room behind: the same kernels once more, in WebAssembly with two doubles to an instruction. They are
 * assembled when they are first asked for.
 */
import { addressOf, allocate, memory } from '../memory.js';
import { Module, v128 } from './assembler/index.js';
import { type BinaryKernels, binaryKernel, binaryNames, selectKernel } from './binary.js';
import { type CopyKernels, copyKernels } from './copy.js';
import { type DecayKernel, decayKernels } from './decay.js';
import { type ElementaryKernels, elementaryKernel, elementaryNames } from './elementary.js';
import { type UnaryKernels, unaryKernel, unaryNames } from './elementwise.js';
import type { GramKernel } from './gram.js';
import { type MatmulKernel, matmulKernels } from './matmul.js';
import { type StepKernels, stepKernel, stepNames } from './optimizers.js';
import { type PaddedKernels, paddedKernels } from './padded.js';
import { type ParametricKernels, parametricKernel, parametricNames } from './parametric.js';
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

/** Functions that are assembled together, when one of them is first asked for. */
interface Family {
  readonly names: readonly (keyof Kernels)[];
  write(module: Module): void;
}

/** Each in a module of its own. */
function each<Name extends keyof Kernels>(
  names: readonly Name[],
  write: (module: Module, name: Name) => void,
): Family[] {
  return names.map((name) => ({ names: [name], write: (module) => write(module, name) }));
}

const families: readonly Family[] = [
  ...each(unaryNames, unaryKernel),
  ...each(elementaryNames, elementaryKernel),
  ...each(parametricNames, parametricKernel),
  ...each(stepNames, stepKernel),
  ...binaryNames.map((name) => ({
    names: [name, `${name}Rows`] as const,
    write: (module: Module) => binaryKernel(module, name),
  })),
  { names: ['selectRows'], write: selectKernel },
  { names: ['copyRows', 'fill'], write: copyKernels },
  {
    names: ['sum', 'max', 'min', 'sumLines', 'maxLines', 'minLines', 'sumSquares'],
    write: reduceKernels,
  },
  { names: ['sumColumns', 'maxColumns', 'minColumns'], write: reduceColumnsKernels },
  { names: ['decay'], write: decayKernels },
  { names: ['allFinite', 'allZero'], write: scanKernels },
  { names: ['gatherRows', 'scatterRows'], write: rowsKernels },
  {
    names: [
      'sparseTimesVector',
      'sparseTransposeTimesVector',
      'sparseTimesDense',
      'sparseTransposeTimesDense',
    ],
    write: sparseKernels,
  },
  { names: ['multiplyBy', 'takeOff', 'rotateRows'], write: paddedKernels },
  { names: ['symmetricTimesVector', 'symmetricTimesTwo'], write: symmetricKernels },
  { names: ['matmul', 'gram'], write: matmulKernels },
];

let wanted = true;
let made: Kernels | null | undefined;

/** The kernels on the memory of `allocate`; undefined where there is no SIMD, or it is switched off. */
export function simd(): Kernels | undefined {
  if (!wanted) return undefined;
  if (made === undefined) made = (hasSimd() && onDemand()) || null;
  return made ?? undefined;
}

/**
 * Switches the kernels off, so that the plain TypeScript ones run, or on again. The results are the
 * same to the last bit: this is for those who want to see it. It holds for what is planned from now on.
 */
export function useSimd(on: boolean): void {
  wanted = on;
}

/** A compiled module, and which kernels are in it. */
export interface Assembled {
  readonly module: WasmModule;
  readonly names: readonly string[];
}

/** All kernels, compiled, for threads that join them to the same memory; none where there is no SIMD. */
export function allModules(): readonly Assembled[] {
  return simd()
    ? families.map((family) => ({ names: family.names, module: assembled(family) }))
    : [];
}

/** 1 MiB for packed copies, in numbers: what a thread's modules have to work in. */
export const SCRATCH: number = 2 ** 17;

/** What the modules of one thread are given: the memory, and the part of it that only this thread writes to. */
export function imports(
  shared: WasmMemory,
  own: Float64Array,
): Record<string, Record<string, WasmMemory | number>> {
  const { from, memory: name, scratch } = Module.IMPORTS;
  return { [from]: { [name]: shared, [scratch]: addressOf(own) } };
}

/**
 * Whether a module with a vector instruction compiles: an engine without SIMD does not know it, and one
 * that forbids compiling throws.
 */
function hasSimd(): boolean {
  const probe = new Module();
  probe.procedure('probe', { x: 'i32' }, ({ x }) => [v128.store(x, v128.load(x))]);
  try {
    return memory() !== undefined && compiled(probe) !== undefined;
  } catch {
    return false;
  }
}

/** This thread's room to work in, never given back. */
let scratch: Float64Array | undefined;

/**
 * An object with all kernels, each of which is assembled, with its family, when it is first looked at. Undefined where
 * the memory has no room left for them to work in.
 */
function onDemand(): Kernels | undefined {
  scratch = allocate(SCRATCH);
  if (addressOf(scratch) < 0) return undefined;
  const given = imports(memory()!.memory, scratch);
  const kernels = {};
  for (const family of families) {
    for (const name of family.names) {
      const get = (): unknown => {
        const { exports } = new webAssembly!.Instance(assembled(family), given);
        for (const each of family.names) {
          Object.defineProperty(kernels, each, { value: exports[each] });
        }
        return exports[name];
      };
      Object.defineProperty(kernels, name, { get, configurable: true, enumerable: true });
    }
  }
  return kernels as Kernels;
}

const modules = new Map<Family, WasmModule>();

function assembled(family: Family): WasmModule {
  let module = modules.get(family);
  if (!module) {
    const code = new Module();
    family.write(code);
    module = compiled(code);
    modules.set(family, module);
  }
  return module;
}

function compiled(code: Module): WasmModule {
  const bytes = code.bytes({ pages: 2 ** 16, shared: memory()!.shared });
  return new webAssembly!.Module(bytes);
}
