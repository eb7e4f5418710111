export * from './arithmetic.js';
export * from './functions.js';
export * from './indexing.js';
export * from './layout.js';
export * from './losses.js';
export * from './products.js';
export * from './reductions.js';
export * from './selection.js';
