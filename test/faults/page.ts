import { type Blamed, blamed, isTold } from './blame.js';
import { catalogue, faults } from './catalogue.js';
import {
  alarms,
  type Checkers,
  checkerNames,
  markOf,
  type PeerName,
  peerNames,
  type Said,
} from './checkers/compare.js';
import { CLASSIC, type Fault, type Sighting } from './fault.js';
import { type Find, isEngine, MOST_DRAWS, SEED } from './hunt.js';
import { kept } from './libraries/kept.js';
import type { Share } from './shares.js';

/** One fault, what the kit found, and what the checkers of other libraries say of it. */
export interface Row {
  readonly fault: Fault;
  readonly find: Find;
  readonly marks: Readonly<Record<PeerName, Said>>;
  /** The checkers whose port says something else than the library itself; undefined if that was not asked of this graph. */
  readonly portDiffers: readonly (keyof Checkers)[] | undefined;
  /** Whom `assertGraph` blames for it, where it sees it. */
  readonly blamed?: Blamed;
}

/** All faults hunted once more, with other seeds. */
export interface Repeats {
  readonly seeds: readonly number[];
  readonly hunts: number;
  readonly missed: number;
  /** The fault that took the most graphs, and how many. */
  readonly slowest: { readonly name: string; readonly draws: number };
  /** How many were shrunk to five nodes at most, and the most nodes that were left. */
  readonly small: number;
  readonly largest: number;
}

export const MOST_NODES = 5;

const signs: Readonly<Record<Said, string>> = {
  found: '●',
  handed: '○',
  missed: '–',
  alarm: '!',
  'asked for': '✓',
};

const heads: Readonly<Record<PeerName, string>> = {
  gradcheck: 'torch',
  'gradcheck, fast': 'fast',
  'JAX check_grads': 'JAX',
  'autograd check_grads': 'autograd',
  tfjs: 'tfjs',
};

export function rowOf(fault: Fault, find: Find): Row {
  const ported = Object.fromEntries(
    peerNames.map((name) => [name, markOf(name, fault, find)]),
  ) as Row['marks'];
  const asked = libraries.faults[fault.name];
  const said = asked?.graph === find.text ? asked.said : undefined;
  const { recipe } = find;
  return {
    fault,
    find,
    marks: { ...ported, ...said },
    portDiffers: said && checkerNames.filter((name) => said[name] !== ported[name]),
    ...(recipe && isTold(fault) && { blamed: blamed(fault, recipe) }),
  };
}

const libraries = kept();

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
const link = (source: Sighting | typeof CLASSIC): string =>
  source === CLASSIC ? source : `[${source.name}](${source.url})`;

function tableOf(rows: readonly Row[]): string[] {
  return [
    `| planted | given away by | graphs | nodes | the smallest graph | ${peerNames.map((name) => heads[name]).join(' | ')} |`,
    `| :-- | :-- | --: | --: | :-- | ${peerNames.map(() => ':-:').join(' | ')} |`,
    ...rows.map(({ fault, find, marks }) => {
      const { name, what, source } = fault;
      const about = `**${cell(name)}**<br>${cell(what)}<br>${link(source)}`;
      const smallest = `\`${find.text.replaceAll('|', '\\|')}\``;
      const said = peerNames.map((peer) => signs[marks[peer]]);
      return `| ${[about, find.oracle, find.draws, find.nodes, smallest, ...said].join(' | ')} |`;
    }),
  ];
}

const count = <T>(list: readonly T[], holds: (item: T) => boolean): number =>
  list.filter(holds).length;

function summaryOf(rows: readonly Row[]): string[] {
  const columns = ['found', 'handed', 'alarm', 'missed', 'asked for'] as const;
  return [
    `| | ${columns.map((mark) => `${signs[mark]} ${titles[mark]}`).join(' | ')} |`,
    `| :-- | ${columns.map(() => '--:').join(' | ')} |`,
    ...peerNames.map((peer) => {
      const counts = columns.map((mark) => count(rows, ({ marks }) => marks[peer] === mark));
      return `| ${peer} | ${counts.join(' | ')} |`;
    }),
  ];
}

const versions = Object.entries(libraries.versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ');

function portsOf(rows: readonly Row[]): string {
  const asked = rows.flatMap(({ fault, portDiffers }) =>
    portDiffers ? [{ fault, portDiffers }] : [],
  );
  const apart = asked.flatMap(({ fault, portDiffers }) =>
    portDiffers.map((name) => `${name} on *${cell(fault.name)}*`),
  );
  const [all, same] = [
    checkerNames.length * asked.length,
    checkerNames.length * asked.length - apart.length,
  ];
  const left = rows.length - asked.length;
  return `Their procedures are ported to this engine, too, from their source, with their own step sizes and tolerances ([\`test/faults/checkers\`](../test/faults/checkers)), for machines without them${left > 0 ? ` and for the ${left} faults that they were not asked about` : ''}. In ${same} of ${all} cases the port says what the library says${apart.length > 0 ? `, and not in these: ${apart.join('; ')}` : ''}.`;
}

function blameOf(rows: readonly Row[]): string {
  const told = rows.filter(({ blamed }) => blamed);
  const engines = told.filter(({ fault }) => isEngine(fault));
  const right = (list: readonly Row[]): number =>
    count(list, ({ blamed }) => blamed === 'op' || blamed === 'engine');
  const of = (who: Blamed): string => {
    const list = told.filter(({ blamed }) => blamed === who).map(({ fault }) => fault.name);
    return list.length > 0 ? `${list.length} (*${list.map(cell).join('*, *')}*)` : 'none';
  };
  const ops = told.filter(({ fault }) => !isEngine(fault));
  return `To find is half of it; the other half is to say whose fault it is. Of the ${ops.length} wrong ops that show in the gradient of a random graph, \`assertGraph\` blames ${right(ops)} by name, and of the ${engines.length} wrong engines, it calls ${right(engines)} an engine, with every rule in it right. For ${of('law')} it names a law that does not hold, and what broke it; for ${of('nobody')} it says what does not agree, and blames nobody. Innocent ones that are blamed: ${of('innocent')}.`;
}

const titles: Readonly<Record<Said, string>> = {
  found: 'found by its usual tests',
  handed: 'found in our graph only',
  alarm: 'the right rule is called wrong there, too',
  missed: 'missed there, too',
  'asked for': 'its own tests ask for it',
};

function oraclesOf(rows: readonly Row[]): string[] {
  const found = new Map<string, number[]>();
  for (const { find } of rows) {
    found.set(find.oracle, [...(found.get(find.oracle) ?? []), find.draws]);
  }
  const median = (draws: number[]): number => draws.sort((a, b) => a - b)[draws.length >> 1]!;
  return [
    '| given away by | which means | faults | graphs, median | most |',
    '| :-- | :-- | --: | --: | --: |',
    ...[...found]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([oracle, draws]) => {
        const means = meanings[oracle];
        if (!means) throw new RangeError(`the page does not say what ${oracle} is`);
        return `| ${oracle} | ${means} | ${draws.length} | ${median(draws)} | ${Math.max(...draws)} |`;
      }),
  ];
}

const meanings: Readonly<Record<string, string>> = {
  'forward mode':
    '⟨t, Jᵀu⟩ by the backward pass is not ⟨J·t, u⟩ by dual numbers over the definition of each op, to 10⁻¹² of the terms',
  differences:
    'that agrees, but d/ds ⟨u, y(x + s·t)⟩ by extrapolated differences is another: what is computed changes',
  value: 'y itself is not what the definitions say',
  gradient: 'an entry of the gradient is not that of differences',
  exception: 'something throws: a term of another shape, a buffer that is read and written at once',
  exact: 'the gradient of a polynomial is not that of exact arithmetic, bit for bit',
  paths: 'a partial derivative is not the sum over all paths of the products of the Jacobians',
  'second order': 'sᵀHt is not that of dual numbers over dual numbers',
  symmetry: 'the Hessian is not symmetric',
  kinks: 'at a kink the slope is not the one in the table, or not between the one-sided ones',
  'special points':
    'where differences see nothing, the gradient is not the known one, to 4 units in the last place',
  linearity: 'a seed twice as large gives not twice the gradient, bit for bit',
  'zero seed': 'a seed of zeros does not give zeros',
  determinism: 'two runs do not give the same bits',
  untouched: 'a kernel has written to what it only reads',
  order: 'another order of execution does not give the same bits',
  poison: 'buffers that held NaN before do not give the same bits',
  branches: 'f(x, x) has not the sum of the gradients of its two branches',
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** docs/faults.md, figures and all. */
export function page(rows: readonly Row[], repeats: Repeats, shares: readonly Share[]): string {
  const named = count(faults, ({ source }) => source !== CLASSIC);
  const worst = rows.reduce((most, { find }) => Math.max(most, find.nodes), 0);
  const invisible = rows.filter(({ marks }) =>
    peerNames.every((peer) => marks[peer] === 'missed' || marks[peer] === 'alarm'),
  );
  const falseAlarms = peerNames.flatMap((name) => {
    const failing = name === 'tfjs' ? alarms(name) : libraries.alarms[name];
    const ops = failing.filter((op) => op !== 'stopGradient');
    return ops.length > 0 ? [`${name} on ${ops.join(', ')}`] : [];
  });
  return `${[
    '<!-- Written by `npm run faults`. -->',
    '',
    '# Planted faults',
    '',
    `Who checks the checker? ${faults.length} faults, each planted by itself: wrong backward rules, rules that are right and whose own derivative is wrong, kernels that write where they should read, and engines that join right rules wrongly. ${named} of them were seen in a library, an issue or a review, and are named with the place; the others are slips that everybody has made once. The kit has to find every one, within ${MOST_DRAWS.toLocaleString('en')} random graphs or by the table that is there for its kind, and to shrink what it finds to ${MOST_NODES} nodes at most, inputs included.`,
    '',
    'A wrong op is planted under a right name ([`plant.ts`](../test/faults/plant.ts)): the graph is built as ever, and every node of that op is exchanged for one with the wrong rule or kernel; its text and its definition stay what they are. A wrong engine is a plain copy of the backward loop ([`loop.ts`](../test/faults/engines/loop.ts)) or of an evaluator ([`evaluator.ts`](../test/faults/engines/evaluator.ts)) with one part exchanged: the order of visits, the sum over children, who gets which buffer.',
    '',
    '```',
    'npm run faults                   # hunts them all, and writes this page',
    'npm run faults -- "tanh: 1 − y"  # hunts one, and prints what is found',
    '```',
    '',
    `All ${rows.length} were found, and none is larger than ${worst} nodes after shrinking. (The table is that of seed ${SEED}. With the seeds ${repeats.seeds.join(', ')}, ${repeats.hunts - repeats.missed} of ${repeats.hunts} hunts found what they were after, the slowest after ${repeats.slowest.draws.toLocaleString('en')} graphs (*${repeats.slowest.name}*); ${repeats.small} of them shrank to ${MOST_NODES} nodes or fewer, the largest to ${repeats.largest}: fast-check shrinks the list of steps, and where that ends in a hollow, ops are left out one at a time.) [\`faults.test.ts\`](../test/faults/faults.test.ts) hunts them again with another seed, and holds the graphs below to what is said of them: with the fault they fail, without it they pass.`,
    '',
    ...oraclesOf(rows),
    '',
    'Why so many ways to look? Each of the last ones is there for faults that no difference quotient shows. A mask `≥` for `>` is wrong at a single number, which is never drawn. 1 − y² is 0 where tanh has rounded to 1, and so is every difference of tanh. A gradient that depends on what a buffer held before is right in the first run. A rule that reads a detached copy of x is right to first order. And the engine faults need graphs that share nodes: over trees, *the last child wins* is no fault at all.',
    '',
    blameOf(rows),
    '',
    '## What other checkers say of them',
    '',
    `They were asked themselves (${versions}): each fault is handed to them as users hand over what they wrote, as a \`torch.autograd.Function\`, a \`custom_vjp\`, a primitive with a vjp, whose values and gradients are computed by this engine at the other end of a pipe ([\`test/faults/libraries\`](../test/faults/libraries)).`,
    '',
    '```',
    'npm run faults:libraries -- PYTHON   # asks them all again: a Python with `pip install torch jax autograd`',
    '```',
    '',
    portsOf(rows),
    '',
    '- **torch**: [`gradcheck`](https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html) and `gradgradcheck` in 64 bits: the whole Jacobian by central differences, eps 10⁻⁶, to 10⁻⁵ + 10⁻³·|numerical|; the backward pass twice with equal bits; and nothing for a gradient of zeros.',
    '- **fast**: the same with `fast_mode=True`: one number vᵀJu for each input, u and v positive and of length 1 ([pytorch/pytorch#53876](https://github.com/pytorch/pytorch/issues/53876)).',
    '- **JAX**: [`check_grads`](https://github.com/jax-ml/jax/blob/HEAD/jax/_src/public_test_util.py), mode `rev`, order 2, in 64 bits: one direction, always the same, eps 10⁻⁴, to 10⁻⁵ + 10⁻⁵·|numerical|. (In 32 bits, which is the default, the tolerance is 2·10⁻³.)',
    '- **autograd**: [`check_grads`](https://github.com/HIPS/autograd/blob/HEAD/autograd/test_util.py), mode `rev`, order 2: one random direction, eps 10⁻⁶; close is an error below 10⁻⁶, relative *or* absolute.',
    '- **tfjs**: gradients at inputs picked by hand, those of its own tests (version 4.22), compared with values by a formula to 10⁻³; two numbers that are not finite are always close.',
    '',
    'Each gets its usual tests: for the first four a few small shapes, square and not, broadcast and not, of normal numbers, or a small network for an engine; for tfjs its own. If nothing shows there, it is handed the very graph that the kit has found. Those are good tests; most libraries have fewer.',
    '',
    ...summaryOf(rows),
    '',
    'So gross mistakes in a rule are found by everybody who tests the op at all, in a shape that shows them. What is left is of five kinds.',
    '',
    '- **Small.** A constant with seven digits, a factor 1 + 10⁻⁷: all tolerances are wider. They are what they are because plain central differences are no better: with eps 10⁻⁶ they are off by 10⁻¹⁰ of |f| at best, and by far more where f bends. Extrapolated ones know their own error, and dual numbers have none; so here the gate is 10⁻¹².',
    '- **At a point of measure zero.** Ties, kinks, zeros, infinities. Nobody draws them. Handed over, many are found, for the middle between two slopes is what a central difference gives and what an even split of a tie is; but at the 0 of relu it calls the right rule wrong, too (!). It takes a table that says what the slope is there, and one-sided derivatives that it lies between.',
    '- **Where f is flat.** *tanh: 1 − y²* gives 0 for 10⁻¹⁷. The difference is nothing, and it is what a saturated unit needs to come back. The table of special points knows the derivative to the last place.',
    '- **In memory.** A sum over children that is added up in the buffer of its first term; a result that is written over its input, which another node reads through a reshape: all numbers are right until somebody else looks at the buffer, and in a test of one op nobody does. Here every node is compared, in graphs whose nodes have several readers, and for kernels that write where they should read it is the buffers themselves that are looked at.',
    '- **In the engine.** A dead end that blocks the rest, two nodes taken for one: a test of one op does not meet them, a small network need not. Here chance is the better tester: 8 ops at random, four graphs in five with a shared node.',
    '',
    `${invisible.length} of the faults are seen by none of the five, even in the graph that shows them to us: ${invisible.map(({ fault }) => `*${cell(fault.name)}*`).join(', ')}.`,
    '',
    `And one thing the other way round: on its usual tests a checker should be silent where nothing is planted. ${falseAlarms.length > 0 ? `It is not: ${falseAlarms.join('; ')}, where a normal number is so near to a pole that plain differences are off by more than the tolerance.` : 'They all are.'} (\`stopGradient\` is left out of this: differences see the slope that it is there to hide.)`,
    '',
    '## The faults',
    '',
    `●${' '}${titles.found}; ○${' '}${titles.handed}; –${' '}${titles.missed}; !${' '}${titles.alarm}; ✓${' '}${titles['asked for']} (a convention, not an error; ours is another). *Graphs* are those drawn until the fault shows, or the points of a table that were looked at; *nodes* are the inputs and ops of the smallest graph.`,
    '',
    ...Object.entries(catalogue).flatMap(([title, list]) => [
      `### ${title}`,
      '',
      ...tableOf(rows.filter(({ fault }) => list.includes(fault))),
      '',
    ]),
    '## Checkers have failed, too',
    '',
    'A check that cannot fail is worse than none. These could not, or not where they should:',
    '',
    '- [chainer/chainer#3541](https://github.com/chainer/chainer/issues/3541): wrong gradients pass `check_backward`; an early exit took every input for one to be skipped. [#4656](https://github.com/chainer/chainer/issues/4656): inputs are skipped to make a test pass.',
    '- [pytorch/pytorch#53916](https://github.com/pytorch/pytorch/pull/53916): `gradcheck` with `raise_exception=False` returned true where it should have failed.',
    '- [pytorch/glow#1559](https://github.com/pytorch/glow/issues/1559): with the body of a gradient taken out, most of the tests of it still pass.',
    '- [pytorch/glow#2482](https://github.com/pytorch/glow/pull/2482): in 4 of 17 such tests the input had no effect at all, so that zeros were compared with zeros.',
    '- [twitter-archive/torch-autograd#87](https://github.com/twitter-archive/torch-autograd/pull/87): the test of second derivatives compared the first ones only; put right, it fails.',
    '- [NervanaSystems/ngraph#2028](https://github.com/NervanaSystems/ngraph/pull/2028): `all_close` is true for a number and NaN; with a check for it, eight tests fail. tfjs has any two numbers that are not finite as close.',
    '- [HIPS/autograd#412](https://github.com/HIPS/autograd/pull/412): a gradient with the wrong sign was released, since a slip in the test script kept its test from running.',
    '- [NVIDIA/warp#508](https://github.com/NVIDIA/warp/issues/508): passed with a relative error of 1.6·10³, as the tolerance is absolute *or* relative. [jax-ml/jax#3130](https://github.com/jax-ml/jax/issues/3130): tolerances that grow with the wrong size.',
    '- [BVLC/caffe#6814](https://github.com/BVLC/caffe/issues/6814): the estimate is twice the gradient that two other libraries agree on.',
    '- [HomericIntelligence/Odyssey#2018](https://github.com/HomericIntelligence/Odyssey/issues/2018): right gradients fail, so the tolerance is raised to 10⁻².',
    '- [ICB-DCM/pyPESTO#1495](https://github.com/ICB-DCM/pyPESTO/issues/1495): the test of the gradient check asserts that the gradients are wrong.',
    '',
    'Against this the kit has the faults above; controls, which are the same engines with nothing planted in them and have to pass; and it counts what its graphs are made of. A verdict on nothing but zeros does not count as passed, and NaN is close to nothing.',
    '',
    '| of the random graphs | share | bound |',
    '| :-- | --: | --: |',
    ...shares.map(({ what, share, bound, atLeast }) => {
      return `| ${what} | ${percent(share)} | ${atLeast ? 'at least' : 'at most'} ${percent(bound)} |`;
    }),
  ].join('\n')}\n`;
}
