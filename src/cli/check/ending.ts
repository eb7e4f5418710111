// What `chainrule check` ends with.
const PASSED = 0;
/** Something is wrong, or could not be told. */
const NOT_PASSED = 1;
/** The command is used the wrong way, or a module cannot be loaded. */
const NO_REPORT = 2;

/**
 * Sets the exit code by what a check comes to.
 * @param check reports, and says whether everything passed
 */
export async function withExitCode(check: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await check()) ? PASSED : NOT_PASSED;
  } catch (error) {
    process.exitCode = NO_REPORT;
    throw error;
  }
}
