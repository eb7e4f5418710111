import { constant, Graph, glorot, Parameters, zeros } from 'chainrule/graph';
import { add, matmul, mean, squaredError, tanh } from 'chainrule/ops';
import { adam, trainingStep } from 'chainrule/optim';

const parameters = new Parameters({ seed: 1 });
const [W, b] = [parameters.add('W', glorot([2, 8])), parameters.add('b', zeros([8]))];
const u = parameters.add('u', glorot([8, 1]));

const x = constant([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
const y = matmul(tanh(add(matmul(x, W), b)), u);
const loss = mean(squaredError(y, constant([0, 1, 1, 0], [4, 1])));

const graph = new Graph([loss, y]); // v₁ … v_N, and the nodes of the backward pass
const optimizer = adam({ rate: 0.1 });
for (let step = 0; step < 200; step++) trainingStep(graph, {}, optimizer);
console.log(graph.value(y)); // ≈ [0, 1, 1, 0]
