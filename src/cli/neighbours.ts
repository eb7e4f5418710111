import type { Command } from 'commander';
import type { Embedding, Neighbour } from '../models/index.js';
import { printable, sixDigits } from '../report/index.js';
import { wholeNumber } from './options.js';
import { openVectors, wordOf } from './vectors.js';

interface Options {
  readonly count: number;
  readonly analogy?: readonly string[];
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  chainrule neighbours vectors.txt cat dog
  chainrule neighbours vectors.txt --analogy france paris italy
  chainrule neighbours vectors.txt cat --count 50 --json | jq -r '.cat[].word'`;

/** `chainrule neighbours`: which words are near, in a form that scripts can read. */
export function registerNeighbours(program: Command): void {
  program
    .command('neighbours')
    .alias('neighbors')
    .summary('print the words nearest to a word, or the answers to an analogy')
    .description(
      'Prints the nearest words by cosine, one a line: word, neighbour and cosine with tabs between. ' +
        'VECTORS is a file of word2vec (text or binary), GloVe or the TensorFlow Projector, plain or .gz.',
    )
    .argument('<vectors>', 'the file of word vectors')
    .argument('[words...]', 'whose neighbours are wanted')
    .option('-n, --count <n>', 'how many neighbours', wholeNumber(1), 10)
    .option('--analogy <words...>', 'a b c: what is to c as b is to a (the nearest to b − a + c)')
    .option('--json', 'print JSON: an object of lists')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, words: string[], options: Options, command: Command) => {
      if (options.analogy && options.analogy.length !== 3) {
        command.error('error: --analogy takes three words, a b c: a is to b as c is to what?');
      }
      if (words.length === 0 && !options.analogy) {
        command.error('error: name one or more words, or ask with --analogy a b c');
      }
      const answers = answer(await openVectors(path), words, options);
      process.stdout.write(options.json ? json(answers) : lines(answers));
    });
}

/** In the order asked, which an object would not keep for words like 1984. */
type Answers = readonly (readonly [asked: string, near: readonly Neighbour[]])[];

function answer(embedding: Embedding, words: readonly string[], options: Options): Answers {
  const found = words.map((typed) => {
    const word = wordOf(embedding, typed);
    return [word, embedding.nearest(word, options.count)] as const;
  });
  if (!options.analogy) return found;
  const [a, b, c] = options.analogy.map((typed) => wordOf(embedding, typed)) as Triple;
  const sum = `${b} - ${a} + ${c}`;
  return [...found, [sum, embedding.analogy(a, b, c, options.count)]];
}

type Triple = [string, string, string];

function lines(answers: Answers): string {
  return answers
    .flatMap(([word, neighbours]) =>
      neighbours.map((near) => `${word}\t${printable(near.word)}\t${sixDigits(near.similarity)}\n`),
    )
    .join('');
}

function json(answers: Answers): string {
  return `${JSON.stringify(Object.fromEntries(answers), null, 2)}\n`;
}
