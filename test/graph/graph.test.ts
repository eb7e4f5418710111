import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  apply,
  ChainruleError,
  constant,
  evaluate,
  from,
  full,
  Graph,
  gradient,
  gradients,
  hvp,
  indices,
  input,
  jvp,
  label,
  type Node,
  NotFiniteError,
  type Op,
  Parameters,
  recordOrigins,
  ShapeError,
} from '../../src/graph/index.js';
import {
  add,
  customOp,
  div,
  exp,
  gather,
  log,
  max,
  mul,
  normalNoise,
  sqrt,
  square,
  sub,
  sum,
} from '../../src/ops/index.js';

const parameters = new Parameters();
const w = parameters.add('w', from([1, 2]));
const x = input('x', [2]);
const loss = sum(mul(w, x));

describe('feeds', () => {
  const graph = new Graph(loss);
  const wrong: [string, () => void, RegExp][] = [
    [
      'nothing fed',
      () => graph.forward(),
      /^input \[2\] "x" is not fed: give it as forward\(\{ x: … \}\); fed were: none/,
    ],
    [
      'a name that no input has',
      () => graph.forward({ x: [1, 2], y: 3 }),
      /^no input is called "y"; the inputs are: x/,
    ],
    [
      'another name in place of the right one',
      () => graph.forward({ y: [1, 2] }),
      /^no input is called "y"; the inputs are: x/,
    ],
    [
      'a name, where there are no inputs',
      () => new Graph(sum(w)).forward({ y: 1 }),
      /^no input is called "y"; the inputs are: none/,
    ],
    [
      'one of two',
      () => new Graph(sum(mul(x, input('y', [2])))).forward({ x: [1, 2] }),
      /^input \[2\] "y" is not fed: give it as forward\(\{ y: … \}\); fed were: x/,
    ],
    ['undefined', () => graph.forward({ x: undefined as never }), /^input \[2\] "x" is not fed/],
    [
      'what only the prototype has',
      () => graph.forward(Object.create({ x: [1, 2] })),
      /^input \[2\] "x" is not fed/,
    ],
    [
      'too few numbers',
      () => graph.forward({ x: [1] }),
      /^input \[2\] "x": got 1 numbers, but its shape is \[2\] \(2 numbers\)/,
    ],
    [
      'another shape',
      () => graph.forward({ x: [[1], [2]] }),
      /got numbers of shape \[2, 1\], but its shape is \[2\]/,
    ],
    [
      'ragged rows',
      () => graph.forward({ x: [[1], [2, 3]] }),
      /nested arrays are ragged: row 0 has shape \[1\], row 1 has \[2\]/,
    ],
    ['one number', () => graph.forward({ x: 1 }), /got a single number, but its shape is \[2\]/],
    ['a string', () => graph.forward({ x: '12' as never }), /12 is no number or array of numbers/],
    [
      'undefined among the numbers',
      () => graph.forward({ x: [1, undefined as never] }),
      /undefined is no number/,
    ],
    ['null among the numbers', () => graph.forward({ x: [1, null as never] }), /null is no number/],
    [
      'a step that is none',
      () => graph.forward({ x: [1, 2] }, { step: 0.5 }),
      /^forward: the step is 0.5; it is a whole number/,
    ],
    [
      'nothing, for a name that every object has',
      () => new Graph(sum(input('constructor', [2]))).forward({}),
      /^input \[2\] "constructor" is not fed/,
    ],
  ];
  test.each(wrong)('%s', (_, run, message) => {
    expect(run).toThrow(ChainruleError);
    expect(run).toThrow(message);
  });

  test('after a feed that failed nothing can be read, and nothing run backward', () => {
    graph.forward({ x: [1, 1] });
    graph.backward();
    expect(() => graph.forward({ x: [1] })).toThrow(ShapeError);
    expect(() => graph.loss).toThrow(/no value yet; run forward first/);
    expect(() => graph.backward()).toThrow(/run forward first/);
    graph.forward({ x: [3, 4] });
    expect(graph.loss).toBe(11);
  });

  test('what a prototype has is no feed', () => {
    graph.forward(Object.assign(Object.create({ y: 1 }), { x: [3, 4] }));
    expect(graph.loss).toBe(11);
  });

  test('flat arrays, typed arrays, nested arrays, and a number for one element', () => {
    for (const values of [[3, 4], Float64Array.of(3, 4), Float32Array.of(3, 4)]) {
      graph.forward({ x: values });
      expect(graph.loss).toBe(11);
    }
    const m = input('m', [2, 1]);
    expect(evaluate(sum(m), { m: [[3], [4]] })[0]).toBe(7);
    expect(evaluate(sum(m), { m: [3, 4] })[0]).toBe(7);
    expect(evaluate(input('s', []), { s: 5 })[0]).toBe(5);
    expect(evaluate(input('s', [1, 1]), { s: 5 })[0]).toBe(5);
    expect(evaluate(input('e', [0, 3]), { e: [] })).toEqual(new Float64Array(0));
  });

  test('indices are whole numbers in range, checked when they are fed', () => {
    const k = indices('k', [2], { below: 3 });
    const rows = gather(constant([10, 20, 30]), k);
    expect(evaluate(rows, { k: [2, 0] })).toEqual(Float64Array.of(30, 10));
    for (const bad of [3, -1, 0.5, Number.NaN]) {
      expect(() => evaluate(rows, { k: [0, bad] })).toThrow(
        new RegExp(
          `^indices \\[2\\] "k": element 1 is ${bad}; an index is a whole number from 0 to 2`,
        ),
      );
    }
    expect(() => indices('k', [2], { below: 0 })).toThrow(/below is 0/);
    expect(() => gather(constant([1, 2]), k)).toThrow(
      /goes up to 2, but there are 2 to choose from/,
    );
    const table = input('t', [3]);
    expect(gradient(sum(gather(table, k)), table, { t: [1, 2, 3], k: [1, 1] })).toEqual(
      Float64Array.of(0, 2, 0),
    );
  });
});

describe('reading', () => {
  const hidden = square(mul(w, x));
  const graph = new Graph(sum(hidden));

  test('before a run', () => {
    const graph = new Graph(sum(hidden));
    expect(() => graph.loss).toThrow(/^sum \[\] has no value yet; run forward first/);
    expect(() => graph.backward()).toThrow(/run forward first/);
  });

  test('a value that was not kept, one of the backward pass, and one of another graph', () => {
    graph.forward({ x: [1, 1] });
    expect(() => graph.value(hidden)).toThrow(
      /^the value of square \[2\] was not kept; make the graph with \{ keep: \[node\] \}/,
    );
    expect(() => graph.value(loss)).toThrow(
      /^sum \[\] is not part of this graph, whose outputs are sum \[\]/,
    );
    expect(() => graph.gradient(w)).toThrow(/is a node of the backward pass; run backward first/);
    graph.backward();
    expect(graph.gradient(w)).toEqual(Float64Array.of(2, 4));
    expect(() => graph.gradient(x)).toThrow(
      /^the gradient of input \[2\] "x" was not asked for; .*wrt/,
    );
    expect(() => graph.scalar(w)).toThrow();
  });

  test('what a public call returns is a copy; the flat gradient is live', () => {
    graph.forward({ x: [1, 1] });
    graph.backward();
    const copy = graph.value(graph.outputs[0]!);
    copy.fill(99);
    expect(graph.loss).toBe(5);
    graph.gradient(w).fill(99);
    expect(graph.gradients).toEqual(Float64Array.of(2, 4));
    expect(graph.gradients).toBe(graph.gradients);
  });

  test('a backward pass that throws half-way leaves no gradients to read', () => {
    let broken = false;
    const fragile = customOp({
      name: 'fragile',
      shape: (shape) => shape,
      forward: (y, [v]) => y.data.set(v!.data),
      backward: ([dv], dy) => {
        if (broken) throw new Error('broken');
        dv!.data.set(dy.data);
      },
    });
    const short = new Graph(sum(square(fragile(w))));
    short.forward();
    short.backward();
    expect(short.gradients).toEqual(Float64Array.of(2, 4));
    broken = true;
    expect(() => short.backward()).toThrow('broken');
    expect(() => short.gradients).toThrow(/no values yet/);
    expect(() => short.gradient(w)).toThrow(/run backward first/);
    expect(short.loss).toBe(5);
    broken = false;
    short.backward();
    expect(short.gradients).toEqual(Float64Array.of(2, 4));
  });

  test('gradients that are not those of the latest run, or of all parameters, cannot be read', () => {
    const store = new Parameters();
    const graph = new Graph(sum(square(store.add('a', from([1, 2])))));
    const stale = /^the gradients have no values yet; run forward and backward first/;
    expect(() => graph.gradients).toThrow(stale);
    graph.forward();
    graph.backward();
    expect(graph.gradients).toEqual(Float64Array.of(2, 4));
    graph.forward();
    expect(() => graph.gradients).toThrow(stale);
    graph.backward();
    store.add('late', from([3]));
    expect(() => graph.gradients).toThrow(stale);
    graph.forward();
    graph.backward();
    expect(graph.gradients).toEqual(Float64Array.of(2, 4, 0));
  });

  test('scalar is for one element', () => {
    const vector = new Graph(mul(x, 2), { wrt: [] });
    vector.forward({ x: [1, 2] });
    expect(() => vector.loss).toThrow(/^scalar: mul \[2\] has 2 elements; read it with value/);
    expect(() => vector.backward()).toThrow(
      /mul \[2\] depends on no parameter, or has more than one element/,
    );
  });

  test('after dispose everything throws', () => {
    const short = new Graph(loss);
    short.forward({ x: [1, 1] });
    short.dispose();
    for (const use of [
      () => short.loss,
      () => short.forward({ x: [1, 1] }),
      () => short.backward(),
      () => short.gradients,
      () => short.gradient(x),
      () => short.gradient(constant(1)),
    ]) {
      expect(use).toThrow(/this graph was disposed of; make a new one/);
    }
  });

  test("wrt: 'all' keeps the gradient of everything on the way", () => {
    const whole = new Graph(sum(hidden), { keep: 'all', wrt: 'all' });
    whole.forward({ x: [3, 1] });
    whole.backward();
    expect(whole.gradient(hidden)).toEqual(Float64Array.of(1, 1));
    expect(whole.gradient(x)).toEqual(Float64Array.of(6, 8));
    expect(whole.gradients).toEqual(Float64Array.of(18, 4));
    expect(whole.value(hidden)).toEqual(Float64Array.of(9, 4));
  });
});

describe('building', () => {
  test('mistakes in what is differentiated', () => {
    const vector = mul(x, 2);
    const scalar = input('s', []);
    expect(() => new Graph([])).toThrow(/at least one output/);
    expect(() => new Graph([x, undefined as never])).toThrow(
      /^new Graph: input outputs\[1\] is undefined; a node/,
    );
    expect(() => gradients(sum(vector), [3 as never])).toThrow(
      /^gradients: input xs\[0\] is 3; a node/,
    );
    expect(() => new Graph([x, input('x', [3])])).toThrow(
      /two inputs of this graph are called "x"/,
    );
    expect(() => gradients(vector, [x])).toThrow(
      /mul \[2\] has the shape \[2\]; a loss has a single element: take sum/,
    );
    expect(() => gradients(vector, [scalar])).toThrow(/a loss has a single element/);
    expect(() => gradients(vector, [x], constant([1]))).toThrow(
      /seed constant \[1\], but mul \[2\]/,
    );
    expect(() => jvp(vector, [x], [])).toThrow(/jvp: 1 inputs but 0 tangents/);
    expect(() => jvp(vector, [x], [constant(1)])).toThrow(
      /jvp: the tangent of input \[2\] "x" has the shape \[\]; it needs \[2\]/,
    );
    expect(() => hvp(sum(vector), [x, scalar], [constant([1, 1])])).toThrow(
      /hvp: 2 inputs but 1 tangents/,
    );
    expect(() => hvp(sum(vector), [x], [constant(1)])).toThrow(/hvp: the tangent/);
  });

  test('parameters of two stores', () => {
    const other = new Parameters().add('w', from([1, 2]));
    expect(() => new Graph(sum(mul(w, other)))).toThrow(/come from two stores/);
  });

  test('names and shapes of leaves', () => {
    expect(() => input('', [2])).toThrow(/a name is needed/);
    expect(() => input('x', [-1])).toThrow(/input "x": the shape \[-1\] has the length -1/);
    expect(() => input('x', [1.5])).toThrow(/1.5/);
    expect(() => input('x', 3 as never)).toThrow(/a shape is an array of lengths/);
    expect(() => constant([[1], [2, 3]])).toThrow(/ragged/);
    expect(() => constant([1, 2, 3], [2])).toThrow(
      /constant: got 3 numbers, but its shape is \[2\]/,
    );
    for (const none of [undefined, null, true, 'abc', [[1, 'a']], [[1, undefined]], [1, null]]) {
      expect(() => constant(none as never)).toThrow(/^constant: .* is no number/);
    }
    expect(() => indices('k', [1], undefined as never)).toThrow(/below is undefined/);
    expect(full([2, 2], 7).shape).toEqual([2, 2]);
  });

  test('a rule that gives a gradient of the wrong shape is named', () => {
    const op: Op = {
      name: 'careless',
      formula: 'y = \\sum x',
      shape: () => [],
      kernel: () => () => {},
      vjp: (dy) => [() => dy],
    };
    expect(() => gradients(apply(op, x), [x])).toThrow(
      /the backward rule of careless is wrong: for its input x = input \[2\] "x" it gave constant \[\]; .* \[2\]/,
    );
  });

  test('what is no node is named, and not written out where it may be long', () => {
    const op: Op = {
      name: 'op',
      formula: '',
      shape: (x) => x,
      kernel: () => () => {},
      vjp: () => [],
    };
    const cases: [unknown[], string][] = [
      [[3], 'op: input x is 3; a node or a number is needed'],
      [[x, 'x'], 'op: input b is "x"; a node or a number is needed'],
      [[x, x, undefined], 'op: input x3 is undefined; a node or a number is needed'],
      [
        [[1, 2]],
        'op: input x is an array; a node or a number is needed, such as constant(…) makes',
      ],
      [[x, new Float64Array(9)], 'op: input b is an array; a node or a number is needed, such as'],
    ];
    for (const [given, message] of cases) {
      const make = () => apply(op, ...(given as Node[]));
      expect(make).toThrow(ChainruleError);
      expect(make).toThrow(message);
    }
  });

  test('an error of a rule for shapes that is not about shapes comes through as it is', () => {
    const broken = new TypeError('of its own');
    const shape = () => {
      throw broken;
    };
    const op: Op = { name: 'op', formula: '', shape, kernel: () => () => {}, vjp: () => [] };
    expect(() => apply(op, x)).toThrow(broken);
  });

  test('forward mode of what does not depend on x is 0', () => {
    const y = square(constant([1, 2, 3]));
    expect([...evaluate(jvp(y, [x], [full([2], 1)]))]).toEqual([0, 0, 0]);
    expect([...evaluate(jvp(y, [], []))]).toEqual([0, 0, 0]);
  });

  test('a node prints itself with op, shape and label', () => {
    const z = label('z', add(x, 1));
    expect(String(z)).toBe('add [2] "z"');
    expect(inspect([z])).toBe('[ add [2] "z" ]');
    expect(String(constant(3))).toBe('constant []');
  });

  test("an error's stack begins at the user's own line", () => {
    const stack = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        return (error as Error).stack!.split('\n')[1]!;
      }
      return '';
    };
    expect(stack(() => add(x, input('y', [3])))).toContain('graph.test.ts');
    expect(stack(() => new Graph(loss).forward())).toContain('graph.test.ts');
    expect(stack(() => input('x', [-1]))).toContain('graph.test.ts');
    expect(stack(() => input('x', 3 as never))).toContain('graph.test.ts');
    // thrown from within a map
    expect(stack(() => sum(x, 5))).toContain('graph.test.ts');
  });

  test('where a node was made is recorded when that is asked for', () => {
    expect(add(x, 1).origin).toBeUndefined();
    recordOrigins(true);
    const z = add(x, 1);
    recordOrigins(false);
    expect(z.origin).toMatch(/^at .*graph\.test\.ts/);
    expect(add(x, 1).origin).toBeUndefined();
  });

  test('an engine that knows no stacks', () => {
    const { prepareStackTrace } = Error;
    try {
      Error.prepareStackTrace = () => undefined;
      recordOrigins(true);
      expect(add(x, 1).origin).toBeUndefined();
      expect(() => input('', [])).toThrow(/^input: a name is needed/);
    } finally {
      recordOrigins(false);
      Error.prepareStackTrace = prepareStackTrace;
    }
  });
});

describe('anomaly: the first node that is not finite is named, not the loss where it shows', () => {
  const run = (output: Node, feeds = {}): Graph => {
    const graph = new Graph(output);
    graph.forward(feeds);
    graph.backward();
    return graph;
  };
  const store = (...values: number[]): Node => new Parameters().add('v', from(values));

  test('all finite', () => {
    expect(() => run(loss, { x: [1, 2] }).assertFinite()).not.toThrow();
    const graph = new Graph(loss);
    graph.forward({ x: [1, 2] });
    expect(() => graph.assertFinite()).not.toThrow();
  });

  test('in the forward pass: op, label, element, formula, and the range of what went in', () => {
    const v = store(2, 0);
    const graph = run(sum(mul(3, label('logs', log(v)))));
    expect(() => graph.assertFinite()).toThrow(NotFiniteError);
    expect(() => graph.assertFinite()).toThrow(
      /^step 1: -Infinity first appears at element 1 in log \[2\] "logs", y = \\ln x, from parameter \[2\] "v" in \[0\.\d*, 2\.\d*\]/,
    );
  });

  test('in the backward pass only: whose gradient it is', () => {
    const graph = run(sum(sqrt(store(4, 0))));
    expect(graph.loss).toBe(2);
    expect(() => graph.assertFinite()).toThrow(
      /Infinity first appears at element 1 in div \[2\] \(the gradient of parameter \[2\] "v"\)/,
    );
  });

  test('in the gradient of a node that is no parameter', () => {
    const graph = new Graph(sum(sqrt(x)), { wrt: [x] });
    graph.forward({ x: [4, 0] });
    graph.backward();
    expect(() => graph.assertFinite()).toThrow(
      /Infinity first appears at element 1 in div \[2\] \(the gradient of input \[2\] "x"\)/,
    );
    graph.forward({ x: [4, 1] });
    graph.backward();
    expect(() => graph.assertFinite()).not.toThrow();
  });

  test('made of nothing', () => {
    const graph = new Graph(max(input('x', [0])));
    graph.forward({ x: [] });
    expect(() => graph.assertFinite()).toThrow(
      /^step 1: -Infinity first appears in max \[\], .*, from input \[0\] "x" in \[\]\. Usual/,
    );
  });

  test('in a term of a sum over children', () => {
    const v = store(0);
    const graph = run(sum(add(sqrt(v), square(v))));
    expect(() => graph.assertFinite()).toThrow(
      /a term of the gradient of parameter \[1\] "v", from its child sqrt \[1\]/,
    );
  });

  test('what was fed, and a parameter that already is not finite', () => {
    const graph = run(loss, { x: [1, Number.NaN] });
    expect(() => graph.assertFinite()).toThrow(/NaN first appears at element 1 in input \[2\] "x"/);
    expect(() => run(sum(store(1, Number.POSITIVE_INFINITY))).assertFinite()).toThrow(
      /Infinity first appears at element 1 in parameter \[2\] "v"/,
    );
  });

  test('a mask of −∞ is not to blame for an overflow elsewhere', () => {
    const mask = constant([0, Number.NEGATIVE_INFINITY]);
    const masked = exp(add(store(1, 2), mask));
    expect(() => run(sum(masked)).assertFinite()).not.toThrow();
    const graph = run(sum(add(masked, exp(mul(1000, constant([1, 1]))))));
    expect(() => graph.assertFinite()).toThrow(/Infinity first appears at element 0 in exp \[2\]/);
    // But where −∞ − (−∞) is what went wrong, the difference is named.
    const lost = run(sum(mul(store(1, 2), sub(mask, mask))));
    expect(() => lost.assertFinite()).toThrow(/NaN first appears at element 1 in sub \[2\]/);
  });

  test('it is found with the noise of the very step', () => {
    const graphOf = (seed: number): Graph =>
      new Graph(sum(log(mul(store(1), normalNoise([1], { seed, label: 'ε' })))));
    const finiteAt = (seed: number, step: number): boolean => {
      const graph = graphOf(seed);
      graph.forward({}, { step });
      return Number.isFinite(graph.loss);
    };
    let seed = 0;
    while (!finiteAt(seed, 1) || finiteAt(seed, 2)) seed++;
    const graph = graphOf(seed);
    graph.forward();
    graph.backward();
    expect(() => graph.assertFinite()).not.toThrow();
    graph.forward();
    graph.backward();
    expect(() => graph.assertFinite()).toThrow(/^step 2: NaN first appears in log \[1\]/);
  });

  test('the numbers stay readable after', () => {
    const v = store(0);
    const graph = run(sum(div(v, v)));
    expect(() => graph.assertFinite()).toThrow();
    expect(graph.loss).toBeNaN();
    expect(graph.gradients[0]).toBeNaN();
  });

  test('the line that made it, where recorded', () => {
    recordOrigins(true);
    const graph = run(sum(exp(mul(1e3, store(1)))));
    recordOrigins(false);
    expect(() => graph.assertFinite()).toThrow(/in exp \[1\].*made at .*graph\.test\.ts/);
  });
});
