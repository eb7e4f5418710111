// One line that says how far a fit has come: redrawn in place on a terminal, every few seconds a
// new one elsewhere (a log file, a pipe).

import { columnsOf, cutTo, printable } from './characters.js';
import { duration, grouped, sixDigits } from './numbers.js';

/** What is needed of process.stderr. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How far the work has come: what each step of a fit yields, for one. */
export interface ProgressState {
  readonly step: number;
  /** Left out when the end is not known. */
  readonly steps?: number;
  readonly loss?: number;
  /** Said in place of the numbers of steps, where these mean nothing to a reader. */
  readonly note?: string;
}

export interface ProgressOptions {
  /** Milliseconds from any fixed moment (default: the process's own clock). */
  readonly now?: () => number;
  /** Default: process.env. NO_COLOR and TERM=dumb are respected. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const REDRAW = 80;
const LOG_EVERY = 5000;
/** Columns of the bar: at most, and at least if there is to be one. */
const MOST = 24;
const LEAST = 8;

export class ProgressBar {
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  readonly #redraws: boolean;
  readonly #coloured: boolean;
  #label = '';
  #start = 0;
  #shownAt = 0;
  #visible = false;
  #width = MOST;

  constructor(stream: ProgressStream, options: ProgressOptions = {}) {
    const { now = () => performance.now(), environment = process.env } = options;
    this.#stream = stream;
    this.#now = now;
    this.#redraws = Boolean(stream.isTTY) && environment['TERM'] !== 'dumb';
    this.#coloured = this.#redraws && !environment['NO_COLOR'];
  }

  /** A new piece of work; the clock starts. */
  start(label: string): void {
    this.clear();
    this.#label = printable(label);
    this.#start = this.#now();
    this.#width = MOST;
    // A log hears of it only when it takes long; a terminal at once.
    this.#shownAt = this.#start;
    if (this.#redraws) this.#draw({ step: 0 });
  }

  /** Says how far the work has come. Cheap enough to be called at every step. */
  update(state: ProgressState): void {
    const now = this.#now();
    if (now - this.#shownAt < (this.#redraws ? REDRAW : LOG_EVERY)) return;
    this.#shownAt = now;
    this.#draw(state);
  }

  /** Milliseconds since start. */
  get elapsed(): number {
    return this.#now() - this.#start;
  }

  /** Takes the line away, so that something else can be printed. */
  clear(): void {
    if (this.#visible) this.#stream.write('\r\x1b[K');
    this.#visible = false;
  }

  #draw(state: ProgressState): void {
    if (!this.#redraws) {
      this.#stream.write(`${this.#facts(state).join('  ')}\n`);
      return;
    }
    const [label, ...facts] = this.#facts(state);
    // Some pseudo-terminals say that they have 0 columns.
    const room = (this.#stream.columns || 80) - 1;
    const rest = cutTo(Math.max(room - columnsOf(label!) - 2, 0), facts.join('  '));
    if (state.steps !== undefined) {
      // It only ever gets shorter, or it would twitch with every digit that comes and goes.
      this.#width = Math.min(this.#width, room - columnsOf(label!) - columnsOf(rest) - 4);
    }
    const drawn = state.steps !== undefined && this.#width >= LEAST;
    const bar = drawn ? this.#bar(state.step / state.steps!, this.#width) : '';
    const line = [label!, bar, rest].filter((part) => part !== '').join('  ');
    this.#stream.write(`\r${drawn ? line : cutTo(room, line)}\x1b[K`);
    this.#visible = true;
  }

  /** Label, share done, step, loss, time gone and left. */
  #facts({ step, steps, loss, note }: ProgressState): string[] {
    const facts = [this.#label];
    if (steps !== undefined)
      facts.push(`${String(Math.floor((100 * step) / steps)).padStart(3)} %`);
    if (note !== undefined) facts.push(note);
    else if (steps !== undefined) facts.push(`step ${grouped(step)}/${grouped(steps)}`);
    if (loss !== undefined) facts.push(`loss ${sixDigits(loss)}`);
    const gone = this.elapsed;
    if (gone >= 1000) {
      const left = steps !== undefined && step > 0 ? (gone * (steps - step)) / step : undefined;
      facts.push(duration(gone) + (left === undefined ? '' : `, ${duration(left)} left`));
    }
    return facts;
  }

  #bar(share: number, width: number): string {
    const full = Math.round(Math.min(Math.max(share, 0), 1) * width);
    const [done, open] = ['━'.repeat(full), '─'.repeat(width - full)];
    return this.#coloured ? `\x1b[36m${done}\x1b[39m\x1b[2m${open}\x1b[22m` : done + open;
  }
}
