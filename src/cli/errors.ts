import { CommanderError } from 'commander';
import { ChainruleError } from '../graph/index.js';
import { Mistake } from './mistake.js';

/** What the program ends with: 0 done, 1 a mistake or a fault, 2 used the wrong way. */
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

/**
 * Prints what went wrong, and says what to exit with. What a user can put right (a file that is not
 * there, a shape that does not fit) is one clear line; a fault of ours is a stack, to be reported.
 */
export function report(error: unknown, print: (text: string) => void): number {
  if (error instanceof CommanderError) {
    // It has printed its message itself, or the help that was asked for.
    return error.exitCode === 0 ? DONE : MISUSED;
  }
  if (isMistake(error)) {
    print(`chainrule: ${clear(error)}\n`);
    return FAILED;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  print(
    `chainrule: this is a fault of the program, not of its input. Please report it:\n${stack}\n`,
  );
  return FAILED;
}

/** What the reader of the command line complains of, in the form of all other complaints. */
export function asOurs(complaint: string): string {
  return complaint.replace(/^error: /, 'chainrule: ');
}

/** Errors whose messages were written for users. An engine's own complaints (TypeError, …) are faults. */
function isMistake(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof Mistake || error instanceof ChainruleError || isSystemError(error))
    return true;
  if (error instanceof RangeError) return !ENGINE_RANGES.test(error.message);
  return Object.getPrototypeOf(error) === Error.prototype;
}

/** RangeErrors that JavaScript itself throws. */
const ENGINE_RANGES =
  /^(Maximum call stack|Invalid (array|string|typed array) |Array buffer|offset is out|Start offset|Invalid (count|time|code))/;

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission for it',
  EEXIST: 'it exists already',
  EISDIR: 'it is a directory',
  ENOENT: 'there is no such file or directory',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EROFS: 'the disk is read-only',
};

function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

function clear(error: Error): string {
  if (isSystemError(error) && error.path !== undefined) {
    return `${error.path}: ${SYSTEM[error.code ?? ''] ?? error.message}`;
  }
  return error.message;
}
