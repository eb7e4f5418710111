// micrograd (Karpathy 2020) in TypeScript: an object for each number, a closure for each operation, and an
// order found anew at every step. It stands for its many ports, of which the registry that this was written
// with had none. It is written to be fast as far as that design lets it: no sets, no names, no strings.

import type { Contestant } from './contestant.js';
import { inTurn, type Training, trainer } from './network.js';

const nothing = (): void => {};

class Value {
  data: number;
  grad = 0;
  visited = false;
  backwardStep: () => void = nothing;
  readonly first: Value | undefined;
  readonly second: Value | undefined;

  constructor(data: number, first?: Value, second?: Value) {
    this.data = data;
    this.first = first;
    this.second = second;
  }

  add(other: Value): Value {
    const out = new Value(this.data + other.data, this, other);
    out.backwardStep = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  mul(other: Value): Value {
    const out = new Value(this.data * other.data, this, other);
    out.backwardStep = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  relu(): Value {
    const out = new Value(this.data < 0 ? 0 : this.data, this);
    out.backwardStep = () => {
      if (out.data > 0) this.grad += out.grad;
    };
    return out;
  }

  backward(): void {
    const order: Value[] = [];
    const visit = (v: Value): void => {
      if (v.visited) return;
      v.visited = true;
      if (v.first) visit(v.first);
      if (v.second) visit(v.second);
      order.push(v);
    };
    visit(this);
    this.grad = 1;
    for (let i = order.length - 1; i >= 0; i--) order[i]!.backwardStep();
  }
}

/** One row at a time, hidden layers with relu, gradient descent. */
export function microgradTraining({ widths, layers, rate, examples }: Training): Contestant {
  const neurons = layers.map(({ W, b }, k) =>
    Array.from({ length: widths[k + 1]! }, (_, j) => ({
      w: Array.from({ length: widths[k]! }, (_, i) => new Value(W[i * widths[k + 1]! + j]!)),
      b: new Value(b[j]!),
    })),
  );
  const parameters = neurons.flat().flatMap(({ w, b }) => [...w, b]);
  const example = inTurn(examples);

  const step = (): number => {
    const { x, t } = example();
    let h = Array.from(x, (value) => new Value(value));
    for (const [k, layer] of neurons.entries()) {
      h = layer.map(({ w, b }) => {
        let z = b;
        for (let i = 0; i < w.length; i++) z = z.add(w[i]!.mul(h[i]!));
        return k === neurons.length - 1 ? z : z.relu();
      });
    }
    const off = h[0]!.add(new Value(-t[0]!));
    const loss = off.mul(off);
    for (const p of parameters) {
      p.grad = 0;
      p.visited = false;
    }
    loss.backward();
    for (const p of parameters) p.data -= rate * p.grad;
    return loss.data;
  };
  return trainer('micrograd', step);
}
