/**
 * `npm run check:gradients` checks the gradients of very many random graphs: what `npm test` does in seconds, for
 * minutes or hours. Bundled first, as loaders slow everything down.
 */
import { ProgressBar } from '../src/report/index.js';
import { optionsOf, USAGE, UsageError } from './options.js';
import { run } from './run.js';
import { save, shown, tryFolder } from './save.js';
import { summary } from './summary.js';

/** As shells count what a signal has ended. */
const INTERRUPTED = 130;
const MISUSED = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = optionsOf(args);
    if (!options) {
      console.log(USAGE);
      return 0;
    }
    tryFolder(options.out);
    let stopped = false;
    process.once('SIGINT', () => {
      stopped = true;
    });
    const bar = new ProgressBar(process.stderr);
    const tell = (text: string): void => {
      bar.clear();
      console.log(`${text}\n`);
    };
    const result = await run(options, {
      bar,
      stopped: () => stopped,
      failed: (failure) => tell(`${shown(failure)}\n\nsaved as ${save(failure, options.out)}`),
      wrong: ({ op, seed, path, explanation }) =>
        tell(`Wrong: ${op}, found with seed ${seed} and path ${path}:\n\n${explanation}`),
    });
    console.log(summary(result));
    if (result.failures.length + result.wrongUses.length > 0) return 1;
    return result.interrupted ? INTERRUPTED : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(
      `check:gradients: ${error.message}\n\nnpm run check:gradients -- --help tells all options`,
    );
    return MISUSED;
  }
}
