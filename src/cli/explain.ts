import type { Command } from 'commander';
import {
  notesChain,
  notesFactored,
  notesPage,
  notesProgram,
  notesValues,
  type PageHeader,
  page,
} from '../explorer/index.js';
import { type Trace, trace } from '../graph/index.js';
import { writeFile } from '../io/index.js';
import { compile } from './compile.js';
import { asOurs } from './errors.js';
import { explanation } from './explanation.js';
import { asJson } from './json.js';
import { parseValues } from './values.js';

interface Options {
  readonly notes?: true;
  readonly rules?: true;
  readonly json?: true;
  readonly html?: string;
}

const EXAMPLES = `
Examples:
  chainrule explain "tanh(w*x + b)" w=0.5 x=1 b=0.1
  chainrule explain "h = relu(w*x); L = (h - y)^2" w=2 x=1.5 y=1
  chainrule explain "mean((matmul(X, w) - y)^2)" "X=[[1,2],[3,4]]" "w=[[1],[0]]" "y=[[1],[2]]"
  chainrule explain --notes --html chain.html
  chainrule explain -- "-x^2" x=3`;

const MINUS =
  'An expression that begins with a minus goes after --, as in: explain -- "-x^2" x=3\n';

/** `chainrule explain`: both passes of an expression, number by number. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .summary('show every number of the forward and the backward pass of an expression')
    .description(
      'Prints the numbered forward pass of an expression and then, for i = N … 1, every term of\n' +
        "∂L/∂vᵢ = Σ over children j of ∂L/∂vⱼ · ∂vⱼ/∂vᵢ. Without an expression: the notes' worked chain.",
    )
    .argument('[expression]', 'what to differentiate; "name = …;" gives parts of it a name')
    .argument('[values...]', 'the values of its names: x=0.5, x=[1,2,3]')
    .option('--notes', "the lecture notes' own worked chain, with numbers")
    .option('--rules', "also show what each op's backward rule wrote")
    .option('--json', 'print the trace as JSON')
    .option('--html <file>', 'write a page to step through both passes, and print nothing else')
    .addHelpText('after', EXAMPLES)
    .configureOutput({
      outputError: (text, write) =>
        write(asOurs(text) + (/unknown option '-[^-]/.test(text) ? MINUS : '')),
    })
    .action(
      async (
        expression: string | undefined,
        values: string[],
        options: Options,
        command: Command,
      ) => {
        if (options.notes && expression !== undefined) {
          command.error('error: --notes has an expression of its own; leave the other one out', {
            exitCode: 2,
          });
        }
        const chain = expression === undefined ? notesChain() : traced(expression, values);
        if (options.html !== undefined) {
          const header = expression === undefined ? notesPage : heading(expression, values);
          await writeFile(options.html, [page(chain, header)], { overwrite: true });
          print(`${options.html} written: open it in a browser and step with the arrow keys.`);
        } else if (options.json) {
          print(asJson(chain));
        } else {
          const text = explanation(chain, {
            rules: options.rules ?? false,
            columns: screenColumns(),
          });
          print(
            expression === undefined
              ? [notesBeginning(), text, notesEnding(chain)].join('\n\n')
              : text,
          );
        }
      },
    );
}

/** A pipe has none; nor does anyone read lines of 200 columns. */
function screenColumns(): number {
  return Math.min(process.stdout.columns ?? 80, 120);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function traced(source: string, args: readonly string[]): Trace {
  const values = parseValues(args);
  return trace(compile(source, values), Object.fromEntries(values));
}

function heading(program: string, values: readonly string[]): PageHeader {
  return { title: 'Every number of both passes', program: [program, ...values].join('   ') };
}

function notesBeginning(): string {
  const typed = `  chainrule explain "${notesProgram}" ${notesValues.join(' ')}`;
  return `The notes' worked chain L ← z ← (v, w) ← vᵢ, the same as\n${typed}`;
}

function notesEnding(chain: Trace): string {
  const { symbols, numbers, value } = notesFactored(chain);
  const left = 'With ∂L/∂z taken out, as the notes have it: ∂L/∂vᵢ';
  return [symbols, numbers, value]
    .map((right, line) => `${line === 0 ? left : ' '.repeat(left.length)} = ${right}`)
    .join('\n');
}
