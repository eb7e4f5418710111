export type { ReadProgress } from './bytes.js';
export * from './corpus-file.js';
export * from './evaluation-files.js';
export * from './text-file.js';
export * from './vectors.js';
export { refuseToReplace, type WriteOptions, writeFile, writeFiles } from './write-file.js';
