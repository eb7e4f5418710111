/** What Stryker cannot plant: the faults that backward rules and kernels really have had. */
import { overwrite } from './accumulation.js';
import { literalNudge, literalSign, literalZero } from './literals.js';
import type { Mutator } from './mutator.js';
import { swappedName } from './names.js';
import { swappedAxes, swappedOperands } from './order.js';
import { droppedCall, droppedCopy, skippedOp, skippedReduction } from './skipped.js';
import { droppedFactor, droppedTerm } from './terms.js';

export type { Mutator, Path } from './mutator.js';

export const ourMutators: readonly Mutator[] = [
  overwrite,
  literalZero,
  literalSign,
  literalNudge,
  droppedTerm,
  droppedFactor,
  swappedOperands,
  swappedAxes,
  skippedReduction,
  skippedOp,
  droppedCopy,
  droppedCall,
  swappedName,
];
