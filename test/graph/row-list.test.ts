import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowList } from '../../src/graph/row-list.js';
import { memoryUsage } from '../../src/linalg/index.js';

/** Runs of a table of so many rows: a run meets the rows of one index after the other. */
const tables = fc.integer({ min: 1, max: 9 }).chain((total) =>
  fc.record({
    total: fc.constant(total),
    width: fc.integer({ min: 0, max: 3 }),
    runs: fc.array(fc.array(fc.array(fc.nat(total - 1), { maxLength: 6 }), { maxLength: 4 }), {
      maxLength: 4,
    }),
  }),
);

test('the rows that a run has met, each once, and the numbers and places of those of each index', () => {
  fc.assert(
    fc.property(tables, ({ total, width, runs }) => {
      const list = new RowList(total, width, 24);
      expect([list.count, list.width, list.rows.length]).toEqual([0, width, total]);
      for (const run of runs) {
        list.clear();
        const met: number[] = [];
        for (const index of run) {
          met.push(...index);
          const own = [...new Set(index)];
          const all = [...new Set(met)];
          const numbers = new Float64Array(index.length).fill(-1);
          const places = new Float64Array(own.length).fill(-1);
          expect(list.add(Float64Array.from(index), numbers, places)).toBe(own.length);
          expect([...numbers]).toEqual(index.map((row) => own.indexOf(row)));
          expect([...places]).toEqual(own.map((row) => all.indexOf(row)));
          expect([...list.rows.subarray(0, list.count)]).toEqual(all);
        }
        const seen: number[] = [];
        const scan = (from: number, to: number): boolean => {
          for (let i = from; i < to; i++) seen.push(i);
          return true;
        };
        expect(list.holdsElsewhere(scan)).toBe(true);
        const elsewhere = Array.from({ length: total * width }, (_, i) => i).filter(
          (i) => !met.includes(Math.floor(i / width)),
        );
        expect(seen).toEqual(elsewhere);
        for (const not of elsewhere) {
          expect(list.holdsElsewhere((from, to) => not < from || not >= to)).toBe(false);
        }
      }
      list.release();
    }),
  );
});

test('numbers and places need not be asked for', () => {
  const list = new RowList(5, 1, 3);
  expect(list.rows.length).toBe(3);
  expect(list.add(Float64Array.of(4, 1, 4))).toBe(2);
  expect(list.add(Float64Array.of(1, 0))).toBe(2);
  expect([...list.rows]).toEqual([4, 1, 0]);
});

test('its memory is given back', () => {
  const { used } = memoryUsage();
  const list = new RowList(100, 1, 100);
  expect(memoryUsage().used).toBeGreaterThan(used);
  list.release();
  expect(memoryUsage().used).toBe(used);
});
