import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProgressBar } from '../../src/report/index.js';

/** A stream that remembers, with a clock to turn by hand. */
function watched(stream: { isTTY?: boolean; columns?: number }, environment = {}) {
  let time = 1000;
  let text = '';
  const bar = new ProgressBar(
    {
      ...stream,
      write: (more) => {
        text += more;
      },
    },
    { now: () => time, environment },
  );
  return {
    bar,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
    /** All that was written since this was last asked. */
    written: () => {
      const sofar = text;
      text = '';
      return sofar;
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\x1b\[\d*[A-Za-z]/g;

describe('on a terminal', () => {
  test('one line, redrawn', () => {
    const { bar, wait, written } = watched({ isTTY: true, columns: 100 }, { NO_COLOR: '1' });
    bar.start('PCA');
    wait(2000);
    bar.update({ step: 1500, steps: 3000, loss: 1 / 3 });
    expect(written().split('\r').at(-1)).toBe(
      `PCA  ${'━'.repeat(12)}${'─'.repeat(12)}   50 %  step 1,500/3,000  loss 0.333333  2.0 s, 2.0 s left\x1b[K`,
    );
    bar.clear();
    expect(written()).toBe('\r\x1b[K');
    bar.clear();
    expect(written()).toBe('');
  });

  test('not at every step', () => {
    const { bar, wait, written } = watched({ isTTY: true });
    bar.start('x');
    written();
    for (let step = 1; step <= 1000; step++) {
      wait(1);
      bar.update({ step, steps: 1000 });
    }
    expect(written().split('\r').length - 1).toBe(12);
  });

  test('never wider than the terminal, whatever there is to say', () => {
    const state = fc.record(
      {
        step: fc.nat(),
        steps: fc.integer({ min: 1, max: 2 ** 31 }),
        loss: fc.double(),
        note: fc.constantFrom('a note', ''),
      },
      { requiredKeys: ['step'] },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary-ascii', maxLength: 40 }),
        state,
        fc.integer({ min: 10, max: 140 }),
        fc.nat({ max: 1e8 }),
        (label, state, columns, gone) => {
          const { bar, wait, written } = watched({ isTTY: true, columns });
          bar.start(label);
          wait(gone + 100);
          bar.update(state as Parameters<typeof bar.update>[0]);
          for (const line of written().split('\r')) {
            const seen = line.replace(ANSI, '');
            expect([...seen].length).toBeLessThan(columns);
            expect(seen).not.toContain('\n');
          }
        },
      ),
    );
  });

  test('on a pseudo-terminal that has not been told its width', () => {
    const { bar, written } = watched({ isTTY: true, columns: 0 });
    bar.start('Counting');
    expect(written()).toBe('\rCounting\x1b[K');
  });

  test('in colour, unless NO_COLOR says otherwise', () => {
    const draw = (environment: Record<string, string>) => {
      const { bar, wait, written } = watched({ isTTY: true, columns: 80 }, environment);
      bar.start('x');
      wait(100);
      bar.update({ step: 1, steps: 2 });
      return written();
    };
    expect(draw({})).toContain('\x1b[36m');
    expect(draw({ NO_COLOR: '1' })).not.toContain('\x1b[36m');
  });
});

describe('in a log', () => {
  test.each([
    ['a pipe', {}, {}],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }],
  ])('%s gets a plain line every few seconds, and none when it is quick', (_, stream, env) => {
    const { bar, wait, written } = watched(stream, env);
    bar.start('Reading');
    wait(4900);
    bar.update({ step: 90_000 });
    bar.clear();
    expect(written()).toBe('');
    wait(200);
    bar.update({ step: 1, steps: 3, note: '100,000 words' });
    expect(written()).toBe('Reading   33 %  100,000 words  5.1 s, 10 s left\n');
  });
});
