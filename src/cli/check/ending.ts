// What `chainrule check` ends with.
import { faultIn } from './fault.js';

const PASSED = 0;
/** Something is wrong, or could not be told. */
const NOT_PASSED = 1;
/** The command is used the wrong way, or a module cannot be loaded. */
const NO_REPORT = 2;

/** What Node.js ends with if a module waits at its top level, and nothing is left that could come. */
const WAITS_IN_VAIN = 13;

/**
 * Sets the exit code by what the check of a module comes to. If the module ends the program before there is a report,
 * by process.exit as it is loaded or in one of its functions, that is no pass, and is said.
 * @param check reports, and says whether everything passed
 */
export async function withExitCode(file: string, check: () => Promise<boolean>): Promise<void> {
  const tooSoon = (): void => {
    const waits = process.exitCode === WAITS_IN_VAIN;
    process.exitCode = NO_REPORT;
    // If nobody reads any more (`chainrule … | head`), nobody asks why.
    if (process.stdout.errored) return;
    // The stack of this error leads to the line that ends the program.
    const { message } = faultIn(file, new Error(waits ? WAITS : ENDED));
    process.stderr.write(`chainrule: ${message}\n`);
  };
  process.once('exit', tooSoon);
  try {
    process.exitCode = (await check()) ? PASSED : NOT_PASSED;
  } catch (error) {
    process.exitCode = NO_REPORT;
    throw error;
  } finally {
    process.off('exit', tooSoon);
  }
}

const WAITS = 'it waits at its top level for what never comes, so nothing is checked';
const ENDED = 'the program is ended here, before the check is done';
