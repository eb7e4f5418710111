import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/linalg/index.js';
import { type ScatterPoint, scatter } from '../../src/report/index.js';
import { all, type Element, numberOf, parseXml, textOf } from './support/xml.js';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Everything is drawn to a hundredth of a pixel. */
const SLACK = 0.02;

const drawn = (points: readonly ScatterPoint[], more: { labels?: number } = {}): Element =>
  parseXml(scatter(points, { title: 'Words', key: false, ...more }));

const labelsOf = (svg: Element): Element[] =>
  all(svg, 'text').filter((element) => element.attributes.has('data-word'));

/** What the letters of a label cover, from what the file says: they reach no further than this. */
function boxOf(label: Element): Box {
  const [x, y, size] = ['x', 'y', 'font-size'].map((name) => numberOf(label, name)) as number[];
  expect(label.attributes.get('lengthAdjust')).toBe('spacingAndGlyphs');
  return {
    left: x!,
    right: x! + numberOf(label, 'textLength'),
    top: y! - 0.75 * size!,
    bottom: y! + 0.22 * size!,
  };
}

/** The centre of a round mark, "M(x − r) y a r …". */
function centreOf(dot: Element): { x: number; y: number } {
  const d = all(dot, 'path')[0]!.attributes.get('d')!;
  const [, x, y, r] = /^M(\S+) (\S+)a(\S+) /.exec(d)!;
  return { x: Number(x) + Number(r), y: Number(y) };
}

/** What is wrong with a drawing, by looking at every pair of things in it. */
function faultsOf(svg: Element): string[] {
  const faults: string[] = [];
  const [, , width, height] = svg.attributes.get('viewBox')!.split(' ').map(Number) as number[];
  const boxes = labelsOf(svg).map(boxOf);
  boxes.forEach((a, i) => {
    const room = Math.min(a.left, a.top, width! - a.right, height! - a.bottom);
    if (!(room >= 0)) faults.push(`label ${i} leaves the picture`);
    for (const [j, b] of boxes.entries()) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (i < j && Math.min(across, down) > SLACK) faults.push(`labels ${i} and ${j} overlap`);
    }
  });
  for (const dot of all(svg, 'g', 'dot')) {
    const { x, y } = centreOf(dot);
    if (!(x > 0 && x < width! && y > 0 && y < height!)) faults.push(`a point at (${x}, ${y})`);
    for (const [i, box] of boxes.entries()) {
      const dx = Math.max(box.left - x, 0, x - box.right);
      const dy = Math.max(box.top - y, 0, y - box.bottom);
      if (!(Math.hypot(dx, dy) > 2.8 - SLACK)) faults.push(`label ${i} on point (${x}, ${y})`);
    }
  }
  // No leader line runs through a label: walk along it.
  for (const path of all(svg, 'path', 'line-soft')) {
    const ends = path.attributes.get('d')!.slice(1).split(/[ L]/).map(Number);
    const [x1, y1, x2, y2] = ends as [number, number, number, number];
    for (let t = 0; t <= 1; t += 1 / 64) {
      const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
      for (const [i, box] of boxes.entries()) {
        const inside = Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y);
        if (!(inside <= SLACK)) faults.push(`a leader line through label ${i}`);
      }
    }
  }
  return faults;
}

const coordinate = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const word = fc.oneof(fc.stringMatching(/^[a-z]{1,12}$/), fc.string({ unit: 'grapheme' }));
const point = fc.record({ label: word, x: coordinate, y: coordinate });

describe('a map of words', () => {
  test('no label lies on another, on a point or under a leader line; all are inside', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
        const svg = drawn(points);
        expect(all(svg, 'g', 'dot')).toHaveLength(points.length);
        expect(faultsOf(svg)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('nor in a crowd: 400 points around one place', () => {
    const random = new Random(3, 'crowd');
    const points = Array.from({ length: 400 }, (_, i) => ({
      label: `word${i}`,
      x: random.normal(),
      y: random.normal() ** 3,
    }));
    const svg = drawn(points);
    expect(faultsOf(svg)).toEqual([]);
    expect(labelsOf(svg).length).toBeGreaterThan(90);
  });

  test('names nearly all of 200 words that are spread out', () => {
    const random = new Random(1, 'spread');
    const points = Array.from({ length: 200 }, (_, i) => ({
      label: 'abcdefghij'.slice(i % 7),
      x: random.uniform(),
      y: random.uniform(),
    }));
    const svg = drawn(points);
    expect(faultsOf(svg)).toEqual([]);
    expect(labelsOf(svg).length).toBeGreaterThanOrEqual(190);
  });

  test('points in one place and on one line', () => {
    const same = Array.from({ length: 30 }, (_, i) => ({ label: `same${i}`, x: 5, y: 5 }));
    const line = Array.from({ length: 90 }, (_, i) => ({ label: `line${i}`, x: i, y: 0 }));
    const [fan, row] = [drawn(same), drawn(line)];
    expect([...faultsOf(fan), ...faultsOf(row)]).toEqual([]);
    expect(labelsOf(fan).length).toBeGreaterThanOrEqual(5);
    expect(labelsOf(row).length).toBeGreaterThanOrEqual(40);
  });

  test('puts names to the first words when not all may have one', () => {
    const points = ['first', 'second', 'third', 'fourth'].map((label, i) => ({
      label,
      x: i,
      y: i * i,
    }));
    const svg = drawn(points, { labels: 2 });
    expect(labelsOf(svg).map(textOf)).toEqual(['first', 'second']);
    expect(all(svg, 'title').map(textOf).sort()).toEqual(['first', 'fourth', 'second', 'third']);
  });

  test('x grows to the right and y upwards', () => {
    const dots = all(
      drawn([
        { label: 'low', x: 0, y: 0 },
        { label: 'high', x: 1, y: 9 },
      ]),
      'g',
      'dot',
    );
    const at = new Map(dots.map((dot) => [dot.attributes.get('data-word'), centreOf(dot)]));
    expect(at.get('high')!.x).toBeGreaterThan(at.get('low')!.x);
    expect(at.get('high')!.y).toBeLessThan(at.get('low')!.y);
  });

  test('is the same every time', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        expect(scatter(points, { title: 't' })).toBe(scatter([...points], { title: 't' }));
      }),
      { numRuns: 10 },
    );
  });

  test('a class has its colour and shape, and stands in the key', () => {
    const groups = Array.from({ length: 40 }, (_, i) => `class${i}`);
    const points = groups.map((group, i) => ({ label: `w${i}`, x: i % 7, y: i % 11, group }));
    const svg = parseXml(scatter(points, { title: 'Classes' }));
    const names = all(svg, 'text').map(textOf);
    for (const group of groups) expect(names).toContain(group);
    const looks = all(svg, 'g', 'dot').map((dot) => {
      const path = all(dot, 'path')[0]!;
      // The outline with its first point moved to the origin.
      const numbers = path.attributes
        .get('d')!
        .match(/-?[\d.]+/g)!
        .map(Number);
      const round = path.attributes.get('d')!.includes('a');
      const outline = numbers
        .map((n, i) => (n - (round ? 0 : numbers[i % 2]!)).toFixed(1))
        .slice(2);
      return `${path.attributes.get('class')} ${outline}`;
    });
    expect(new Set(looks).size).toBe(40);
  });

  test('says what it is to those who cannot see it', () => {
    const svg = drawn([{ label: 'cat', x: 0, y: 0, group: 'animal' }]);
    expect(svg.attributes.get('role')).toBe('img');
    expect(svg.attributes.get('aria-label')).toBe(
      'Words. A map of 1 words in 1 classes, 1 of them named',
    );
    expect(textOf(all(svg, 'title')[0]!)).toBe('cat (animal)');
  });

  test('long words are cut in the picture, not in the tooltip', () => {
    const svg = drawn([{ label: 'x'.repeat(500), x: 0, y: 0 }]);
    expect(textOf(labelsOf(svg)[0]!)).toBe(`${'x'.repeat(27)}…`);
    expect(textOf(all(svg, 'title')[0]!)).toHaveLength(500);
  });

  test('refuses what has no place', () => {
    expect(() => scatter([], { title: 't' })).toThrow('there are no points to draw');
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scatter([{ label: 'cat', x, y: 1 }], { title: 't' })).toThrow(
        `"cat" is at (${x}, 1); a point needs two finite numbers`,
      );
    }
  });
});
