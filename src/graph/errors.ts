import { atUserLine } from '../linalg/index.js';

/**
 * A mistake in how the library is used. Its message says what is wrong and what would fit, and its
 * stack starts at the user's own line: the frames inside this library say nothing about the mistake.
 */
export class ChainruleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    atUserLine(this);
  }
}

/** Shapes, lengths or axes that do not fit together. */
export class ShapeError extends ChainruleError {}

/** A value that is not finite where training needs one that is. */
export class NotFiniteError extends ChainruleError {}
