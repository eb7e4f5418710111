import { type Command, Option } from 'commander';
import { type VectorFormat, writeVectors } from '../io/index.js';
import { useThreads } from '../linalg/index.js';
import { duration, grouped, ProgressBar } from '../report/index.js';
import {
  addLearningOptions,
  corpusOptionsOf,
  type LearningOptions,
  settingsOf,
  sourceOptionsOf,
} from './learning-options.js';
import { METHOD_NAMES, methodNamed } from './methods.js';
import { checkWritable, makeFolderOf } from './places.js';
import { countWords, readCorpus, trainShowing } from './training.js';

interface Options extends LearningOptions {
  readonly method: string;
  readonly out: string;
  readonly format: Format;
  readonly force?: true;
}

const FORMATS = ['word2vec', 'glove', 'binary', 'projector'] as const;
type Format = (typeof FORMATS)[number];

const EXAMPLES = `
Examples:
  chainrule embed wiki.txt.gz --out vectors.txt
  chainrule embed book.txt --method contrastive --dimension 50 --format binary --out vectors.bin`;

/** `chainrule embed`: one method, trained in full, to a file. */
export function registerEmbed(program: Command): void {
  const command = program
    .command('embed')
    .summary('embed the words of a text and write the vectors to a file')
    .description(
      'Embeds the words of a text by one method and writes their vectors, whole or not at all. ' +
        'The same text, options and seed give the same file.',
    )
    .argument('<file>', 'a text file, plain or .gz')
    .requiredOption('-o, --out <file>', 'where the vectors go; a name in .gz is packed')
    .addOption(new Option('--method <name>', 'how').choices(METHOD_NAMES).default('pca'))
    .addOption(
      new Option('--format <name>', 'word2vec and glove are text, binary is of word2vec')
        .choices(FORMATS)
        .default('word2vec'),
    );
  addLearningOptions(command)
    .option('--force', 'replace the file if it is there already')
    .addHelpText('after', EXAMPLES)
    .action(embed);
}

async function embed(file: string, options: Options): Promise<void> {
  const overwrite = options.force ?? false;
  await checkWritable(options.out, overwrite);
  await useThreads(options.threads);
  const method = methodNamed(options.method);
  const bar = new ProgressBar(process.stderr);
  const corpus = await readCorpus(file, corpusOptionsOf(options), bar);
  const source = countWords(corpus, sourceOptionsOf(options), bar);
  const { embedding, milliseconds } = trainShowing(
    method.name,
    () => method.fit(source, settingsOf(options)),
    bar,
  );
  await makeFolderOf(options.out);
  await writeVectors(options.out, embedding, { format: formatOf(options.format), overwrite });
  const size = `${grouped(embedding.size)} words × ${grouped(embedding.dimension)} numbers`;
  process.stdout.write(`${options.out}: ${size}, ${method.title} in ${duration(milliseconds)}\n`);
}

function formatOf(format: Format): VectorFormat {
  return format === 'binary' ? 'word2vec-binary' : format;
}
