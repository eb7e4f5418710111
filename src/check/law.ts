/** What must hold of an op or of a graph, each in a sentence. */
export const LAWS = {
  value: 'the value is that of the definition',
  gradient: 'the gradient is that of differences',
  'forward mode': 'forward and reverse mode are each other’s transpose: ⟨J·t, u⟩ = ⟨t, Jᵀu⟩',
  'second order': 'the gradient of the gradient is that of differences',
  symmetry: 'the Hessian is symmetric',
  linearity: 'the backward pass is linear in its seed, bit for bit',
  'zero seed': 'a seed of zeros gives zeros',
  branches:
    'the gradient of a node that is used twice is the sum of those of either use, bit for bit',
  order: 'any order of executing one graph gives the same bits',
  poison: 'what the buffers held before does not show',
  untouched: 'inputs and seed are left as they were',
  determinism: 'two runs give the same bits',
  graphs: 'it is right among other ops, in random graphs, too',
  kinks: 'at a kink, the gradient lies between the one-sided derivatives',
  'special points': 'where differences see nothing, the gradient is the one that is known',
  misfits: 'wrong shapes and arguments are refused, by a message that says so',
} as const;

/** The name of a law: a key of `LAWS`. */
export type Law = keyof typeof LAWS;
