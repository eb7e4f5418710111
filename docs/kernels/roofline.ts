import { lineChart, type Series } from '../../src/report/index.js';
import { type Finding, figures } from '../experiments/experiment.js';
import { type RooflineFigures, threeDigits } from './figures.js';

/** The kernels under the two roofs, on logarithmic axes, where both roofs are straight. */
export function drawRoofline(tables: Readonly<Record<string, RooflineFigures>>): string {
  const { top, cache, memory, rows } = only(tables);
  const [least, most] = [1 / 32, 128];
  const roof = (name: string, bandwidth: number): Series => ({
    name,
    x: [least, top / bandwidth, most],
    y: [least * bandwidth, top, top],
  });
  const families = new Map<string, { x: number[]; y: number[] }>();
  for (const { name, intensity, rate } of rows) {
    const family = name.split(',')[0]!;
    const points = families.get(family) ?? { x: [], y: [] };
    points.x.push(intensity);
    points.y.push(rate);
    families.set(family, points);
  }
  const kernels = [...families].map(([name, points]) => ({ name, ...points }));
  return lineChart([roof('roof of memory', memory), roof('roof of the cache', cache), ...kernels], {
    title: 'Kernels under the roofline',
    subtitle:
      `${threeDigits(memory)} GB/s from memory, ${threeDigits(cache)} from the second-level cache, ` +
      `${threeDigits(top)} GFLOP/s in registers; one thread`,
    xLabel: 'operations for each byte that has to be moved',
    yLabel: 'GFLOP/s',
    xScale: 'log',
    yScale: 'log',
  });
}

export function rooflineTable(tables: Readonly<Record<string, RooflineFigures>>): Finding {
  const { rows } = only(tables);
  return {
    name: 'roofline',
    columns: [
      { head: 'kernel', align: 'left' },
      figures('FLOP/byte'),
      figures('GFLOP/s'),
      figures('of its roof'),
    ],
    rows: rows.map(({ name, intensity, rate, share }) => [
      name,
      threeDigits(intensity),
      threeDigits(rate),
      `${Math.round(100 * share)} %`,
    ]),
  };
}

function only(tables: Readonly<Record<string, RooflineFigures>>): RooflineFigures {
  return Object.values(tables)[0]!;
}
