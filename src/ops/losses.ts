import { type Node, ShapeError } from '../graph/index.js';
import { formatShape, sameShape } from '../linalg/index.js';
import { softplus } from './activation.js';
import { add, mul, neg, square, sub } from './arithmetic.js';
import { broadcastTogether, type Operand, sum } from './broadcast.js';
import { equal, where } from './comparison.js';
import { type Indices, pick } from './indexing.js';
import { logSoftmax } from './reduce.js';

// Each loss gives one number a row, [..., width] → [...]; the mean of them is the loss of a batch.

/** The target in the shape of the prediction: it may be repeated to it, but not the other way round. */
function targetOf(loss: string, prediction: Node, target: Operand): Node {
  const [, fitted] = broadcastTogether(loss, { prediction, target });
  if (sameShape(fitted!.shape, prediction.shape)) return fitted!;
  throw new ShapeError(
    `${loss}(prediction = ${prediction}, target = ${target}): the target has to fit the prediction, ${formatShape(prediction.shape)}`,
  );
}

/**
 * ‖x̂ − x‖₂² of each row.
 * @throws ShapeError, as the other losses, if the target does not broadcast to the prediction's shape
 */
export function squaredError(prediction: Node, target: Operand): Node {
  return sum(square(sub(prediction, targetOf('squaredError', prediction, target))), -1);
}

/**
 * −Σ tᵢ ln softmax(logits)ᵢ of each row, for a target distribution t. Where t is 0 the logarithm does
 * not count, even −∞; the gradient of such a t is given as 0.
 */
export function crossEntropy(logits: Node, target: Operand): Node {
  const t = targetOf('crossEntropy', logits, target);
  const log = logSoftmax(logits);
  const impossible = mul(equal(t, 0), equal(log, Number.NEGATIVE_INFINITY));
  return neg(sum(mul(t, where(impossible, 0, log)), -1));
}

/** −ln softmax(logits)ₖ of each row, for the number k of the right class. */
export function crossEntropyOfClass(logits: Node, classes: Indices): Node {
  return neg(pick(logSoftmax(logits), classes));
}

/**
 * −t ln σ(x) − (1 − t) ln σ(−x) of each element, for logits x and targets t in [0, 1]; as
 * t·softplus(−x) + (1 − t)·softplus(x), which no logit is too large for.
 */
export function binaryCrossEntropy(logits: Node, target: Operand): Node {
  const t = targetOf('binaryCrossEntropy', logits, target);
  return add(mul(t, softplus(neg(logits))), mul(sub(1, t), softplus(logits)));
}
