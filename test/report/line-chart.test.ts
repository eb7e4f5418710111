import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineChart, type Series } from '../../src/report/index.js';
import { axis, niceValues, tickLabel } from '../../src/report/ticks.js';
import { all, type Element, numberOf, parseXml, textOf } from './support/xml.js';

/** The points of each curve, in pixels. */
const curvesOf = (svg: Element): [number, number][][] =>
  all(svg, 'path')
    .filter((path) => path.attributes.get('stroke-width') === '1.8')
    .map((path) =>
      path.attributes
        .get('d')!
        .slice(1)
        .split('L')
        .map((point) => point.split(' ').map(Number) as [number, number]),
    );

describe('ticks', () => {
  test('are multiples of 1, 2 or 5 times a power of ten, all that fit, and not too many', () => {
    const ends = fc
      .tuple(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
      )
      .filter(([low, span]) => span > Math.abs(low) * 1e-9);
    fc.assert(
      fc.property(ends, fc.integer({ min: 2, max: 12 }), ([low, span], wanted) => {
        const high = low + span;
        const values = niceValues(low, high, wanted);
        expect(values.length).toBeLessThanOrEqual(wanted + 1);
        expect(values.length).toBeGreaterThanOrEqual(Math.floor(wanted / 2.5));
        for (const value of values) expect(value >= low && value <= high).toBe(true);
        if (values.length < 3) return;
        const step = values[1]! - values[0]!;
        const leading = Number(step.toExponential(4).split('e')[0]);
        expect([1, 2, 5, 10].some((nice) => Math.abs(leading - nice) < 1e-3)).toBe(true);
        expect(values.at(-1)! + step).toBeGreaterThan(high - step * 1e-6);
      }),
    );
  });

  test('are the numbers they say they are', () => {
    expect(niceValues(0, 1, 10)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(niceValues(-0.1, 0.1, 4)).toEqual([-0.1, -0.05, 0, 0.05, 0.1]);
  });

  test.each([
    [0, '0'],
    [0.25, '0.25'],
    [-1500, '−1500'],
    [1e-7, '10⁻⁷'],
    [2e9, '2·10⁹'],
    [-1e12, '−10¹²'],
    [1.5e-5, '1.5·10⁻⁵'],
  ])('%d is written %s', (value, label) => {
    expect(tickLabel(value)).toBe(label);
  });

  test('a logarithmic axis has decades, and more where there is room', () => {
    const values = (low: number, high: number) =>
      axis('log', low, high, 6).ticks.map(({ value }) => value);
    expect(values(1e-5, 1)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]);
    expect(values(1, 100)).toEqual([1, 10, 100]);
    expect(values(2, 50)).toEqual([2, 5, 10, 20, 50]);
    expect(values(3.1, 3.4)).toEqual([3.1, 3.15, 3.2, 3.25, 3.3, 3.35, 3.4]);
    expect(values(1e-30, 1).length).toBeLessThanOrEqual(6);
    expect(axis('log', 1, 100, 6).position(10)).toBeCloseTo(0.5, 12);
    expect(() => axis('log', 0, 1, 6)).toThrow('a logarithmic axis cannot show 0');
  });
});

describe('curves', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const series = fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 40 });

  test('positions are linear in the values, and inside the picture', () => {
    fc.assert(
      fc.property(series, (points) => {
        const xs = points.map(([x]) => x).sort((a, b) => a - b);
        const ys = points.map(([, y]) => y);
        const svg = parseXml(lineChart([{ name: 'a', x: xs, y: ys }], { title: 't' }));
        const drawn = curvesOf(svg)[0]!;
        for (const [x, y] of drawn) {
          expect(x >= 0 && x <= 640 && y >= 0 && y <= 400).toBe(true);
        }
        const [low, high] = [Math.min(...ys), Math.max(...ys)];
        const [bottom, top] = [
          Math.max(...drawn.map((p) => p[1])),
          Math.min(...drawn.map((p) => p[1])),
        ];
        if (high - low < 1e-3) return;
        expect(bottom - top).toBeGreaterThan(200);
        if (drawn.length !== points.length) return;
        drawn.forEach(([, y], i) => {
          const expected = bottom - ((ys[i]! - low) / (high - low)) * (bottom - top);
          expect(Math.abs(y - expected)).toBeLessThan(0.05);
        });
      }),
    );
  });

  test('a peak of a long curve is not lost', () => {
    const n = 50_000;
    const x = Array.from({ length: n }, (_, i) => i);
    const y = x.map((i) => (i === 31_234 ? 1 : i === 4_321 ? -1 : 0));
    const svg = parseXml(lineChart([{ name: 'a', x, y }], { title: 't' }));
    const drawn = curvesOf(svg)[0]!;
    expect(drawn.length).toBeLessThan(4 * 640);
    const heights = drawn.map(([, y]) => y);
    const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
    expect(heights.filter((h) => h === top)).toHaveLength(1);
    expect(heights.filter((h) => h === bottom)).toHaveLength(1);
    expect(bottom - top).toBeGreaterThan(200);
  });

  test('ticks stand where their values are', () => {
    const svg = parseXml(
      lineChart([{ name: 'a', x: [0, 10], y: [0, 10] }], { title: 't', xLabel: 'x' }),
    );
    const [[x0, y0], [x10, y10]] = curvesOf(svg)[0] as [[number, number], [number, number]];
    const ticks = all(svg, 'text').filter((text) => /^\d+$/.test(textOf(text)));
    expect(ticks.length).toBeGreaterThan(6);
    for (const tick of ticks) {
      const share = Number(textOf(tick)) / 10;
      if (tick.attributes.get('text-anchor') === 'middle') {
        expect(numberOf(tick, 'x')).toBeCloseTo(x0 + share * (x10 - x0), 1);
      } else {
        expect(numberOf(tick, 'y') - 4).toBeCloseTo(y0 + share * (y10 - y0), 1);
      }
    }
  });

  test('title, labels and names are there, escaped', () => {
    const curve = (name: string): Series => ({ name, x: [1, 2], y: [1, 2] });
    const svg = parseXml(
      lineChart([curve('<a>'), curve('"b" & c')], {
        title: 'Loss < 1',
        subtitle: "it's & so on",
        xLabel: 'step',
        yLabel: 'loss',
      }),
    );
    const texts = all(svg, 'text').map(textOf);
    for (const text of ['<a>', '"b" & c', 'Loss < 1', "it's & so on", 'step', 'loss']) {
      expect(texts).toContain(text);
    }
    expect(svg.attributes.get('aria-label')).toBe('Loss < 1. loss against step: <a>, "b" & c');
  });

  test('refuses what it cannot draw, by name', () => {
    const draw = (x: number[], y: number[], yScale: 'linear' | 'log' = 'linear') =>
      lineChart([{ name: 'PCA', x, y }], { title: 't', yScale });
    expect(() => lineChart([], { title: 't' })).toThrow('no curves');
    expect(() => draw([], [])).toThrow('"PCA" has no points');
    expect(() => draw([1], [1, 2])).toThrow('"PCA" has 1 x but 2 y');
    expect(() => draw([1, 2], [1, Number.NaN])).toThrow('point 1 of "PCA" is (2, NaN)');
    expect(() => draw([1, 2], [0, 1], 'log')).toThrow('only numbers above 0 have a place');
  });
});
