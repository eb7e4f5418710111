export { cutTo, printable, wrapped } from './characters.js';
export * from './html-page.js';
export { type LineChartOptions, lineChart, type Series } from './line-chart.js';
export { decimals, duration, grouped, significant, sixDigits } from './numbers.js';
export {
  ProgressBar,
  type ProgressOptions,
  type ProgressState,
  type ProgressStream,
} from './progress.js';
export { type ScatterOptions, type ScatterPoint, scatter } from './scatter.js';
export { type Column, table } from './table.js';
export type { Scale } from './ticks.js';
