/**
 * The Jacobian of softmax at a point beside what the wrong rule of examples/wrong-softmax.ts keeps of it, and what each
 * makes of two seeds. All numbers come out of the two rules.
 */
import { softmax, wrongSoftmax } from '../../examples/wrong-softmax.js';
import { constant, evaluate, gradients, type Node } from '../../src/graph/index.js';
import { drawing, text } from '../../src/report/drawing.js';
import { element } from '../../src/report/markup.js';
import { fill, line } from '../../src/report/theme.js';

const X = [1, 0, -1];
const SEEDS = [
  [1, 1, 1],
  [1, -1, 0.5],
];

/** Σᵢ uᵢ ∂yᵢ/∂x by the backward rule. */
function pulledBack(f: (x: Node) => Node, u: readonly number[]): Float64Array {
  const x = constant(X);
  return evaluate(gradients(f(x), [x], constant(u))[0]!);
}

/** The rows of ∂yᵢ/∂xⱼ, by the backward rule. */
const jacobian = (f: (x: Node) => Node): Float64Array[] =>
  X.map((_, i) =>
    pulledBack(
      f,
      X.map((_, k) => (k === i ? 1 : 0)),
    ),
  );

const CELL = 62;
const LEFT = 150;
const TOP = 96;
const APART = 76;
const WIDTH = LEFT + 2 * 3 * CELL + APART + 36;
const HEIGHT = TOP + 3 * CELL + 118;

export function drawSoftmax(): string {
  const right = LEFT + 3 * CELL + APART;
  return drawing(
    {
      width: WIDTH,
      height: HEIGHT,
      title: 'The Jacobian of softmax, and the diagonal that a wrong rule keeps of it',
      description:
        'Squares as large as the numbers: the diagonal is positive, everything else negative, and every column adds up to 0',
    },
    matrix(softmax, LEFT, '∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ)'),
    matrix(wrongSoftmax, right, 'what the wrong rule keeps'),
    ...SEEDS.flatMap((u, row) => [seed(u, row, softmax, LEFT), seed(u, row, wrongSoftmax, right)]),
    ...SEEDS.map((u, row) =>
      text(`u = (${u.join(', ').replaceAll('-', '−')})`, 16, seedY(row), {
        size: 12.5,
        paint: 'soft',
      }),
    ),
    text('Σᵢ uᵢ ∂yᵢ/∂xⱼ', 16, TOP + 3 * CELL + 40, { size: 13 }),
  );
}

const seedY = (row: number): number => TOP + 3 * CELL + 66 + 26 * row;

/** A Hinton diagram: the area of a square is the size of the number, its hue the sign. */
function matrix(f: (x: Node) => Node, left: number, title: string): string {
  const rows = jacobian(f);
  const largest = Math.max(...jacobian(softmax).flatMap((row) => [...row].map(Math.abs)));
  const parts = [
    text(title, left + 1.5 * CELL, 40, { size: 15, 'text-anchor': 'middle', 'font-weight': 600 }),
  ];
  for (const [i, row] of rows.entries()) {
    const middle = TOP + (i + 0.5) * CELL;
    const column = left + (i + 0.5) * CELL;
    parts.push(
      text(`x${subscript(i)}`, column, TOP - 12, {
        size: 13,
        'text-anchor': 'middle',
        paint: 'soft',
      }),
    );
    parts.push(
      text(`y${subscript(i)}`, left - 12, middle + 4, {
        size: 13,
        'text-anchor': 'end',
        paint: 'soft',
      }),
    );
    for (const [j, value] of row.entries()) {
      const x = left + j * CELL;
      const y = TOP + i * CELL;
      parts.push(element('rect', { x, y, width: CELL, height: CELL, ...line('faint') }));
      const side = (CELL - 12) * Math.sqrt(Math.abs(value) / largest);
      const paint = value < 0 ? 'hue1' : 'hue0';
      parts.push(
        element('rect', {
          x: x + (CELL - side) / 2,
          y: y + (CELL - side) / 2,
          width: side,
          height: side,
          'fill-opacity': 0.28,
          ...fill(paint),
        }),
        text(figure(value), x + CELL / 2, y + CELL / 2 + 4.5, {
          size: 12.5,
          'text-anchor': 'middle',
        }),
      );
    }
  }
  return parts.join('');
}

function seed(u: readonly number[], row: number, f: (x: Node) => Node, left: number): string {
  return [...pulledBack(f, u)]
    .map((value, j) =>
      text(figure(value), left + (j + 0.5) * CELL, seedY(row), {
        size: 12.5,
        'text-anchor': 'middle',
      }),
    )
    .join('');
}

/** Three decimals where it is not whole; what is 0 but for rounding is 0. */
function figure(value: number): string {
  const near = Math.round(value);
  const short = Math.abs(value - near) < 1e-12 ? String(near) : value.toFixed(3);
  return short.replace('-', '−');
}

const subscript = (i: number): string => '₁₂₃'[i]!;
