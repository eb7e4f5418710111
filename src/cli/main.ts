#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { registerCheck } from './check.js';
import { registerCompare } from './compare.js';
import { registerEmbed } from './embed.js';
import { asOurs, report } from './errors.js';
import { registerEvaluate } from './evaluate.js';
import { registerExplain } from './explain.js';
import { registerNeighbours } from './neighbours.js';

// One file a subcommand; its register function is called below.
const program = new Command('chainrule')
  .description('Backpropagation you can read, check and measure; and five ways to embed words.')
  .version(packageVersion())
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(asOurs(text)) })
  .exitOverride();

registerCompare(program);
registerEmbed(program);
registerEvaluate(program);
registerNeighbours(program);
registerExplain(program);
registerCheck(program);

// A reader that has seen enough (`chainrule … | head`) closes the pipe: that is no error, as a full disk is.
let unwritten: number | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  unwritten = report(error, (text) => process.stderr.write(text));
  process.exit(unwritten);
});

try {
  await program.parseAsync();
} catch (error) {
  const code = report(error, (text) => process.stderr.write(text));
  // A command may have said itself what it ends with.
  process.exitCode ??= code;
}

// A user's module may have left something open, a timer or a server: that is not waited for, and what it still does
// changes nothing.
const code = process.exitCode;
process.once('exit', () => {
  process.exitCode = unwritten ?? code;
});
await Promise.all([process.stdout, process.stderr].map(flushed));
process.exit();

/** Resolves when all that was written has left this process. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
