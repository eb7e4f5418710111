/**
 * The part of the WebAssembly interface that is used here, as an object that may be missing. (TypeScript
 * knows it only together with all the rest of a browser.)
 */
interface WebAssemblyApi {
  readonly Memory: new (limits: {
    initial: number;
    maximum: number;
    shared?: boolean;
  }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, WasmMemory | number>>>>,
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
  validate(bytes: Uint8Array): boolean;
}

/** Compiled code, not yet joined to a memory; worker threads can be handed it. */
export type WasmModule = object;

/** Linear memory: one long row of bytes that grows by pages of 64 KiB. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

export const webAssembly: WebAssemblyApi | undefined = (
  globalThis as { WebAssembly?: WebAssemblyApi }
).WebAssembly;
