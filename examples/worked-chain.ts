// The worked example of the notes: L depends on z, z on v and w, and both of them on vᵢ. So vᵢ has two
// children, and ∂L/∂vᵢ = ∂L/∂z (∂z/∂v ∂v/∂vᵢ + ∂z/∂w ∂w/∂vᵢ) is a sum of two terms. Each term is a node
// of the graph, and can be looked at like any other.

import { constant, Graph, label } from 'chainrule/graph';
import { exp, mul, square, tanh } from 'chainrule/ops';

const vi = label('vᵢ', constant(0.5));
const v = label('v', tanh(vi));
const w = label('w', square(vi));
const z = label('z', mul(v, w));
const L = label('L', exp(z));

const graph = new Graph(L, { keep: 'all', wrt: 'all' });
graph.forward(); // for i = 1 … N
for (const node of graph.nodes) console.log(`${node.label} = ${graph.scalar(node)}`);

graph.backward(); // for i = N … 1
for (const node of graph.nodes.toReversed()) {
  const gradient = graph.pass.get(node)!;
  const terms = gradient.contributions.map(
    ({ child, term }) => `${graph.scalar(term)} (through ${child.label})`,
  );
  const sum = terms.length > 0 ? `${terms.join(' + ')} = ` : '';
  console.log(`∂L/∂${node.label} = ${sum}${graph.scalar(gradient.node)}`);
}
