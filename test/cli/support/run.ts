import { Command } from 'commander';
import { vi } from 'vitest';
import { registerCheck } from '../../../src/cli/check.js';
import { registerCompare } from '../../../src/cli/compare.js';
import { registerEmbed } from '../../../src/cli/embed.js';
import { report } from '../../../src/cli/errors.js';
import { registerEvaluate } from '../../../src/cli/evaluate.js';
import { registerNeighbours } from '../../../src/cli/neighbours.js';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const COMMANDS = [
  registerCompare,
  registerEmbed,
  registerEvaluate,
  registerNeighbours,
  registerCheck,
];

/** The command line as main.ts has it, within this process: a process of its own takes a second. */
export async function chainrule(...args: string[]): Promise<Run> {
  let [stdout, stderr] = ['', ''];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
  const program = new Command('chainrule').showSuggestionAfterError().exitOverride();
  for (const register of COMMANDS) register(program);
  const { exitCode } = process;
  process.exitCode = undefined;
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout, stderr };
  } catch (error) {
    const code = report(error, (text) => process.stderr.write(text));
    return { code: Number(process.exitCode ?? code), stdout, stderr };
  } finally {
    process.exitCode = exitCode;
    out.mockRestore();
    err.mockRestore();
  }
}
