// C = A·B by a ladder of ways that give the same bits: the loop of a textbook, the same in an order that memory likes, sums
// in registers, two numbers to an instruction, and four threads. Then other shapes than squares.

import {
  allocate,
  gram,
  type MatmulOptions,
  matmul,
  matmulLoopOrder,
  matmulTextbook,
  matmulTiled,
  share,
  useThreads,
} from '../src/linalg/index.js';
import { assertSame, type Case, compare, gigaflops, normals } from './harness.js';
import { options } from './support/options.js';
import { peak } from './support/peak.js';

/** Above this side the first rungs take too long to be waited for. */
const SHORT = options.slow ? 1024 : options.quick ? 128 : 256;
const THREADS = 4;

const SIDES = [16, 32, 64, 128, 256, 512, 1024];

for (const n of SIDES) {
  const rungs = { textbook: matmulTextbook, 'loop order': matmulLoopOrder, tiled: matmulTiled };
  ladder([n, n, n], {}, n <= SHORT ? rungs : { tiled: matmulTiled });
}
// What a step of the autoencoder 784-128-32-… multiplies, 64 rows at a time: forward, and for the two gradients.
for (const shape of [
  [64, 128, 784],
  [64, 32, 128],
] as const) {
  const [batch, out, into] = shape;
  ladder(shape, {}, { tiled: matmulTiled });
  ladder([into, out, batch], { transposeA: true }, { tiled: matmulTiled });
  ladder([batch, into, out], { transposeB: true }, { tiled: matmulTiled });
}
// Vectors, and few rows or columns.
for (const [m, n, k, transposeB] of [
  [1, 784, 128, false],
  [1, 784, 128, true],
  [784, 1, 128, false],
  [8, 784, 128, false],
  [8, 784, 128, true],
  [784, 8, 128, false],
] as const) {
  ladder([m, n, k], { transposeB }, { tiled: matmulTiled });
}
half(1000, 300);
// Last, for where there are threads the engine looks at every array it reads whether another thread took it away, and plain loops
// run up to 40 % slower.
await useThreads(THREADS);
for (const n of SIDES.filter((side) => side >= 128)) ladder([n, n, n], {}, {}, true);
await useThreads(1);

/** The product in ways that take any array, and in WebAssembly, by one thread and by several. */
function ladder(
  [m, n, k]: readonly [number, number, number],
  how: MatmulOptions,
  rungs: Readonly<Record<string, typeof matmulTextbook>>,
  threads = false,
): void {
  const [a, b, c] = [filled(m * k, 'a'), filled(k * n, 'b'), allocate(m * n)];
  const expected = new Float64Array(m * n);
  matmulTiled(expected, a, b, m, n, k, how);
  const flops = 2 * m * n * k;
  const planned = matmul.on(c, a, b, m, n, k, how);
  const notes = [how.transposeA && ', Aᵀ', how.transposeB && ', Bᵀ', threads && ', threads'];
  const title = `matmul ${m}×${n}×${k}${notes.filter(Boolean).join('')}`;
  const rung = (name: string, multiply: () => void): Case => {
    c.fill(0);
    multiply();
    assertSame(`${title}, ${name}`, c, expected);
    return {
      name,
      run: () => {
        multiply();
        return c[c.length - 1]!;
      },
    };
  };
  const cases = [
    ...Object.entries(rungs).map(([name, multiply]) =>
      rung(name, () => multiply(c, a, b, m, n, k, how)),
    ),
    rung('SIMD', () => matmul(c, a, b, m, n, k, how)),
    threads
      ? // What a row costs, in nanoseconds, is told so that small products are left to one thread.
        rung(`${THREADS} threads`, () => share(planned, m, (2 * n * k) / 20))
      : rung('SIMD, planned', () => planned(0, m)),
  ];
  compare(title, gigaflops(flops), cases, peak);
}

/** XᵀX, which is symmetric, against the whole product. */
function half(rows: number, columns: number): void {
  const [x, y] = [filled(rows * columns, 'x'), filled(rows * columns, 'x')];
  const c = allocate(columns ** 2);
  const whole = (): void => matmul(c, x, y, columns, columns, rows, { transposeA: true });
  const symmetric = (): void => gram(c, x, rows, columns);
  whole();
  const expected = c.slice();
  symmetric();
  assertSame('gram', c, expected);
  const runs = { 'whole product': whole, gram: symmetric };
  const cases = Object.entries(runs).map(([name, multiply]) => ({
    name,
    run: () => {
      multiply();
      return c[c.length - 1]!;
    },
  }));
  compare(`XᵀX of ${rows}×${columns}`, gigaflops(2 * rows * columns ** 2), cases);
}

function filled(length: number, label: string): Float64Array {
  const x = allocate(length);
  x.set(normals(length, label));
  return x;
}
