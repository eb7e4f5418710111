// Curves: a loss against the step, an angle against the iteration, a time against the size.

import { textWidth } from './characters.js';
import { drawing, heading, key, MARGIN, text } from './drawing.js';
import { mark } from './marks.js';
import { at, element } from './markup.js';
import { hueOf, line } from './theme.js';
import { type Axis, axis, type Scale } from './ticks.js';

export interface Series {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface LineChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Default: linear. */
  readonly xScale?: Scale;
  readonly yScale?: Scale;
  readonly width?: number;
  readonly height?: number;
  readonly styled?: boolean | undefined;
}

/** Beside their hue, lines differ in their dashes. */
const DASHES = ['', '7 3', '2 2.5', '9 3 2 3', '4 4'];
/** A curve of at most so many points shows each of them. */
const MARKED = 40;

/**
 * An SVG of one or more curves over common axes. Curves with more points than the picture has
 * columns are drawn by the first, least, greatest and last value of each column: no peak is lost.
 *
 * @throws RangeError when there is nothing to draw, x and y differ in length, a number is not
 * finite, or a logarithmic axis would have to show 0 or less
 */
export function lineChart(series: readonly Series[], options: LineChartOptions): string {
  const { title, width = 640, height = 400, xLabel = '', yLabel = '' } = options;
  check(series);

  const head = heading(title, options.subtitle);
  const legend = key(
    series.length > 1 ? series.map(({ name }) => name) : [],
    MARGIN,
    head.height + 6,
    width - 2 * MARGIN,
  );
  const top = head.height + legend.height + (yLabel ? 30 : 16);
  const bottom = height - MARGIN - (xLabel ? 34 : 18);

  const y = axis(options.yScale ?? 'linear', ...rangeOf(series.map((s) => s.y)), 6);
  const left = MARGIN + 8 + Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, 11)));
  const right = width - MARGIN - 8;
  const x = axis(options.xScale ?? 'linear', ...rangeOf(series.map((s) => s.x)), 7);
  const toX = (value: number): number => left + x.position(value) * (right - left);
  const toY = (value: number): number => bottom - y.position(value) * (bottom - top);

  return drawing(
    {
      width,
      height,
      title,
      description: describe(series, xLabel, yLabel),
      styled: options.styled,
    },
    head.markup,
    legend.markup,
    grid(x, y, { toX, toY, left, right, top, bottom }),
    yLabel ? text(yLabel, MARGIN, top - 12, { size: 11, paint: 'soft' }) : '',
    xLabel
      ? text(xLabel, (left + right) / 2, height - MARGIN, {
          size: 11,
          paint: 'soft',
          'text-anchor': 'middle',
        })
      : '',
    ...series.map((curve, i) => drawn(curve, i, toX, toY)),
  );
}

function check(series: readonly Series[]): void {
  if (series.length === 0) throw new RangeError('lineChart: there are no curves to draw');
  for (const { name, x, y } of series) {
    if (x.length !== y.length) {
      throw new RangeError(`lineChart: "${name}" has ${x.length} x but ${y.length} y`);
    }
    if (x.length === 0) throw new RangeError(`lineChart: "${name}" has no points`);
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
        throw new RangeError(`lineChart: point ${i} of "${name}" is (${x[i]}, ${y[i]})`);
      }
    }
  }
}

function rangeOf(values: readonly ArrayLike<number>[]): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const array of values) {
    for (let i = 0; i < array.length; i++) {
      least = Math.min(least, array[i]!);
      greatest = Math.max(greatest, array[i]!);
    }
  }
  return [least, greatest];
}

interface Frame {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function grid(x: Axis, y: Axis, { toX, toY, left, right, top, bottom }: Frame): string {
  const rule = (...points: number[][]): string =>
    element('path', { d: `M${points.map((p) => at(...p)).join('L')}`, ...line('faint') });
  const across = y.ticks.map(({ value, label }) => {
    const y = toY(value);
    const name = text(label, left - 6, y + 4, { size: 11, paint: 'soft', 'text-anchor': 'end' });
    return rule([left, y], [right, y]) + name;
  });
  const up = x.ticks.map(({ value, label }) => {
    const x = toX(value);
    const middle = { size: 11, paint: 'soft', 'text-anchor': 'middle' };
    return rule([x, bottom], [x, bottom + 4]) + text(label, x, bottom + 17, middle);
  });
  return [...across, ...up, rule([left, top], [left, bottom], [right, bottom])].join('');
}

function drawn(
  { x, y }: Series,
  i: number,
  toX: (value: number) => number,
  toY: (value: number) => number,
): string {
  const points = Array.from(x, (value, j) => [toX(value), toY(y[j]!)] as const);
  const path = columns(points)
    .map((point) => at(...point))
    .join('L');
  const curve = element('path', {
    d: `M${path}`,
    ...line(hueOf(i).name),
    'stroke-width': 1.8,
    'stroke-linejoin': 'round',
    'stroke-dasharray': DASHES[i % DASHES.length] || undefined,
  });
  const marked = points.length <= MARKED ? points : points.slice(-1);
  return curve + marked.map(([px, py]) => mark(i, px, py, 3)).join('');
}

type XY = readonly [number, number];

/** Of the points that fall in one column of the picture, the first, the extremes and the last. */
function columns(points: readonly XY[]): XY[] {
  const kept: XY[] = [];
  for (let start = 0; start < points.length; ) {
    const column = Math.floor(points[start]![0]);
    let [end, low, high] = [start, start, start];
    for (; end < points.length && Math.floor(points[end]![0]) === column; end++) {
      if (points[end]![1] < points[low]![1]) low = end;
      if (points[end]![1] > points[high]![1]) high = end;
    }
    const indices = new Set([start, Math.min(low, high), Math.max(low, high), end - 1]);
    kept.push(...[...indices].map((i) => points[i]!));
    start = end;
  }
  return kept;
}

function describe(series: readonly Series[], xLabel: string, yLabel: string): string {
  const names = series.map(({ name }) => name).join(', ');
  return `${yLabel || 'Curves'}${xLabel ? ` against ${xLabel}` : ''}: ${names}`;
}
