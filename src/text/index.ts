export * from './cooccurrence.js';
export * from './corpus.js';
export * from './pairs.js';
export * from './small-world.js';
export * from './tokenise.js';
export * from './transform.js';
export * from './vocabulary.js';
