import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isotonic, layout } from '../../src/explorer/layout.js';

// Random graphs: node i has up to three parents before it. The last one is below all others.
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 24 }).map((drawn) => {
  const parents = drawn.map((slots, node) => (node === 0 ? [] : slots.map((k) => (k % node) + 1)));
  const used = new Set(parents.flat());
  const sinks = parents.map((_, index) => index + 1).filter((i) => !used.has(i));
  return [...parents, sinks];
});

test('boxes do not overlap, edges lead to the right, and everything is inside', () => {
  fc.assert(
    fc.property(graphs, fc.infiniteStream(fc.integer({ min: 40, max: 200 })), (parents, random) => {
      const widths = parents.map(() => random.next().value as number);
      const [pitch, gap] = [100, 80];
      const { nodes, edges, width, height } = layout({ widths, parents, pitch, gap });
      for (const [a, p] of nodes.entries()) {
        expect(p.x - widths[a]! / 2).toBeGreaterThanOrEqual(-1e-9);
        expect(p.x + widths[a]! / 2).toBeLessThanOrEqual(width + 1e-9);
        expect(p.y).toBeGreaterThanOrEqual(pitch / 2 - 1e-6);
        expect(p.y).toBeLessThanOrEqual(height - pitch / 2 + 1e-6);
        for (const [b, q] of nodes.slice(0, a).entries()) {
          const beside = Math.abs(p.x - q.x) - (widths[a]! + widths[b]!) / 2;
          expect(beside >= gap - 1e-9 || Math.abs(p.y - q.y) >= pitch - 1e-6).toBe(true);
        }
      }
      for (const [child, slots] of parents.entries()) {
        expect(edges[child]!.length).toBe(slots.length);
        for (const [slot, parent] of slots.entries()) {
          const way = edges[child]![slot]!;
          expect(way[0]).toEqual(nodes[parent - 1]);
          expect(way.at(-1)).toEqual(nodes[child]);
          for (let k = 1; k < way.length; k++) expect(way[k]!.x).toBeGreaterThan(way[k - 1]!.x);
        }
      }
    }),
  );
});

test('a chain is a straight line, and a diamond is symmetric', () => {
  const even = { pitch: 100, gap: 50 };
  const chain = layout({ ...even, widths: [60, 60, 60], parents: [[], [1], [2]] });
  expect(new Set(chain.nodes.map(({ y }) => y)).size).toBe(1);
  const diamond = layout({ ...even, widths: [60, 60, 60, 60], parents: [[], [1], [1], [2, 3]] });
  const [top, left, right, bottom] = diamond.nodes;
  expect(top!.y).toBeCloseTo(bottom!.y, 9);
  expect((left!.y + right!.y) / 2).toBeCloseTo(top!.y, 9);
});

test('a tree has no crossings', () => {
  // 1 2 → 3, 4 5 → 6, 3 6 → 7, and a long way from 8 to the end
  const parents = [[], [], [1, 2], [], [], [4, 5], [3, 6], [], [7, 8]];
  const { nodes } = layout({ widths: parents.map(() => 60), parents, pitch: 100, gap: 50 });
  const y = (i: number): number => nodes[i - 1]!.y;
  const ascending = y(3) < y(6);
  for (const [a, b] of [
    [1, 4],
    [1, 5],
    [2, 4],
    [2, 5],
  ])
    expect(y(a!) < y(b!)).toBe(ascending);
});

test('isotonic: ascending, and no ascending sequence of grid values is nearer', () => {
  const grid = [0, 0.5, 1, 1.5, 2, 2.5, 3];
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), (values) => {
      const fitted = isotonic(values);
      const error = (candidate: readonly number[]): number =>
        candidate.reduce((sum, x, k) => sum + (x - values[k]!) ** 2, 0);
      for (let k = 1; k < fitted.length; k++)
        expect(fitted[k]!).toBeGreaterThanOrEqual(fitted[k - 1]!);
      const every = (length: number, least: number): number[][] =>
        length === 0
          ? [[]]
          : grid
              .filter((x) => x >= least)
              .flatMap((x) => every(length - 1, x).map((rest) => [x, ...rest]));
      const best = Math.min(...every(values.length, 0).map(error));
      expect(error(fitted)).toBeLessThanOrEqual(best + 1e-12);
    }),
  );
});
