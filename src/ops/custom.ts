import { apply, ChainruleError, type Node, type Op, scratch } from '../graph/index.js';
import { checkShape, type Shape, type View } from '../linalg/index.js';

/** An op by numeric loops, for those who have the loops and not the rules. */
export interface CustomOp {
  /** What it is called in messages, traces and reports. */
  readonly name: string;
  /** TeX; the name where left out. */
  readonly formula?: string;
  /** The shape of y. Throws where the inputs do not fit. */
  shape(...inputs: Shape[]): Shape;
  /** Fills y from the inputs. */
  forward(y: View, inputs: readonly View[]): void;
  /** Fills the gradient of every input, each of its input's shape, from that of y. */
  backward(dx: readonly View[], dy: View, y: View, inputs: readonly View[]): void;
}

/**
 * The builder of an op given by loops. It can be differentiated once, and backward: its gradient is a node
 * that says its name when it is asked for a second derivative or for forward mode. (An op given by rules is an
 * `Op`, and can be differentiated as often as you like.)
 * @throws ChainruleError if one of the three functions is missing
 */
export function customOp(custom: CustomOp): (...inputs: Node[]) => Node {
  for (const part of ['shape', 'forward', 'backward'] as const) {
    if (typeof custom[part] === 'function') continue;
    throw new ChainruleError(
      `customOp: ${part} of ${custom.name} is ${custom[part]}; an op given by loops is { name, shape(…inputs), forward(y, inputs), backward(dx, dy, y, inputs) }`,
    );
  }
  const op: Op = {
    name: custom.name,
    formula: custom.formula ?? `y = \\text{${custom.name}}(x)`,
    shape: (...inputs) => checkShape(custom.shape(...inputs), custom.name),
    kernel:
      (y, ...inputs) =>
      () =>
        custom.forward(y, inputs),
    vjp: (dy, y, ...inputs) =>
      inputs.map((_, slot) => () => apply(gradientOp(custom, slot), dy, y, ...inputs)),
  };
  return (...inputs) => apply(op, ...inputs);
}

/** ∂L/∂(input of one slot), from ∂L/∂y, y and the inputs. The loops fill all slots, so the others go to scratch. */
const gradientOp = (custom: CustomOp, slot: number): Op => ({
  name: `${custom.name}′`,
  formula: `\\partial\\mathcal L / \\partial x_{${slot + 1}}`,
  shape: (_dy, _y, ...inputs) => inputs[slot]!,
  kernel: (dx, dy, y, ...inputs) => {
    const all = inputs.map((input, i) =>
      i === slot ? dx : { ...input, data: scratch(input.data.length) },
    );
    return () => {
      dx.data.fill(0);
      custom.backward(all, dy, y, inputs);
    };
  },
  vjp: () => {
    throw new ChainruleError(
      `${custom.name} was given by numeric loops, so it has no second derivative and no forward mode; write it as an Op with a backward rule in ops`,
    );
  },
});
