import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Command, Option } from 'commander';
import { writeFile, writeVectors } from '../io/index.js';
import { useThreads } from '../linalg/index.js';
import { ProgressBar } from '../report/index.js';
import { type Comparison, compareMethods } from './comparison.js';
import { comparisonPage } from './comparison-page.js';
import { comparisonJson, comparisonText } from './comparison-text.js';
import { openTests } from './evaluate.js';
import { addLearningOptions } from './learning-options.js';
import { METHOD_NAMES } from './methods.js';
import { commaSeparated, namesOf } from './options.js';
import { checkWritable, makeFolderOf, pagePath } from './places.js';
import { openSmallWorld, openTextFile, type TextOptions } from './texts.js';

interface Options extends TextOptions {
  readonly pairs?: readonly string[];
  readonly analogies?: string;
  readonly out: string;
  readonly vectors?: string;
  readonly force?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  chainrule compare
  chainrule compare moby-dick.txt --words whale,sea,captain
  chainrule compare wiki.txt.gz --methods pca,contrastive --pairs men.tsv --json`;

/** `chainrule compare`: all methods on one text, side by side. */
export function registerCompare(program: Command): void {
  const command = program
    .command('compare')
    .summary('embed the words of a text by five methods, side by side')
    .description(
      'Embeds the words of a text by one-hot vectors, an autoencoder, a variational autoencoder, ' +
        'contrastive learning and PCA; prints a table and neighbours, and draws a map of each in one HTML page.',
    )
    .argument('[file]', 'a text file, plain or .gz (without one: a small made-up world)')
    .addOption(
      new Option('--methods <list>', `which ones of ${METHOD_NAMES.join(', ')}`)
        .argParser(namesOf(METHOD_NAMES))
        .default(METHOD_NAMES, 'all'),
    )
    .option('--words <list>', 'whose neighbours to list, with commas between', commaSeparated);
  addLearningOptions(command)
    .option('--pairs <files...>', "also measure by people's scores: word, word, score a line")
    .option('--analogies <file>', 'also measure by analogies: four words a line')
    .option('--out <path>', 'a folder or .html file for the page', 'out')
    .option('--vectors <folder>', "also write each learned method's vectors there")
    .option('--force', 'replace vectors that are there already')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(compare);
}

async function compare(file: string | undefined, options: Options): Promise<void> {
  const began = performance.now();
  const page = pagePath(options.out);
  const vectors = vectorPaths(options);
  await checkWritable(page, true);
  for (const path of vectors.values()) await checkWritable(path, options.force ?? false);

  await useThreads(options.threads);
  const tests = await openTests(options);
  const bar = new ProgressBar(process.stderr);
  const text =
    file === undefined ? openSmallWorld(options, bar) : await openTextFile(file, options, bar);
  const comparison = compareMethods(text, options.methods, tests, began, bar);

  await writeAll(comparison, page, vectors, options.force ?? false);
  process.stdout.write(options.json ? comparisonJson(comparison) : comparisonText(comparison));
  const remarks = options.json ? process.stderr : process.stdout;
  for (const path of vectors.values()) remarks.write(`Vectors: ${path}\n`);
  remarks.write(`Maps, neighbours and curves: ${page}\n`);
}

/** A file for each method; one-hot vectors need none, they are the identity. */
function vectorPaths({ vectors: folder, methods }: Options): ReadonlyMap<string, string> {
  const learned = folder === undefined ? [] : methods.filter((name) => name !== 'one-hot');
  return new Map(learned.map((name) => [name, join(folder!, `${name}.txt`)]));
}

async function writeAll(
  comparison: Comparison,
  page: string,
  vectors: ReadonlyMap<string, string>,
  overwrite: boolean,
): Promise<void> {
  for (const { name, embedding } of comparison.methods) {
    const path = vectors.get(name);
    if (path === undefined) continue;
    await makeFolderOf(path);
    await writeVectors(path, embedding, { overwrite });
  }
  await makeFolderOf(page);
  await writeFile(page, [comparisonPage(comparison)], { overwrite: true });
}
