// What only moves numbers and computes little: additions, broadcasts, masks. How fast it is, is how fast the memory is,
// so the measure is bytes read and written, and the peak is a copy.

import { allocate, copying, elementwise, type Stretch } from '../src/linalg/index.js';
import { assertSame, type Case, compare, gigabytes, type Peak } from './harness.js';
import { caseOf, type Placed, placed } from './support/placed.js';

/** Two rows of a table: the plain loop, and its twin; both have to give the same. */
function both(length: number, bind: (place: keyof Placed, y: Float64Array) => Stretch): Case[] {
  const y = { outside: new Float64Array(length), inside: allocate(length) };
  const cases = (['outside', 'inside'] as const).map((at): Case => {
    const stretch = bind(at, y[at]);
    stretch(0, length);
    const name = at === 'inside' ? 'WebAssembly' : 'plain loop';
    return caseOf(name, y[at], () => stretch(0, length));
  });
  assertSame('elementwise', y.inside, y.outside);
  return cases;
}

function copyOf(length: number): Peak {
  const [x, y] = [placed(length, 'copied').inside, allocate(length)];
  const along = { row: 0, step: 1 };
  const copy = copying({ data: y, ...along }, { data: x, ...along }, length);
  return { ...caseOf('copy', y, () => copy(0, length)), unit: gigabytes(16 * length) };
}

// Within the second cache, and far beyond the last one.
for (const [rows, n] of [
  [64, 784],
  [10_000, 784],
] as const) {
  const length = rows * n;
  const shape = `[${rows}, ${n}]`;
  const [a, b, row, column] = [length, length, n, rows].map((each, i) => placed(each, `${i}`)) as [
    Placed,
    Placed,
    Placed,
    Placed,
  ];
  const { add, multiply, maximum, greater, select } = elementwise;
  const peak = copyOf(length);

  for (const [name, kernel] of Object.entries({ add, multiply, maximum, greater })) {
    const cases = both(length, (at, y) => kernel.on(y, a[at], 1, b[at], 1));
    compare(`${name} ${shape}`, gigabytes(24 * length), cases, peak);
  }
  const whole = { row: n, step: 1 };
  const bias = both(length, (at, y) =>
    add.onRows(y, n, { data: a[at], ...whole }, { data: row[at], row: 0, step: 1 }),
  );
  compare(`a row added to each row, ${shape} + [${n}]`, gigabytes(16 * length), bias, peak);
  const scaled = both(length, (at, y) =>
    multiply.onRows(y, n, { data: a[at], ...whole }, { data: column[at], row: 1, step: 0 }),
  );
  compare(`rows scaled, ${shape} · [${rows}, 1]`, gigabytes(16 * length), scaled, peak);
  const masked = both(length, (at, y) => {
    const [c, p] = [a, b].map((each) => ({ data: each[at], row: 0, step: 1 }));
    return select(y, length, c!, p!, { data: row[at], row: 0, step: 0 });
  });
  compare(`where(a, b, 0) ${shape}`, gigabytes(24 * length), masked, peak);
}
