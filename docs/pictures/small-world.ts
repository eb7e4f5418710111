import { pca, project, Source, train } from '../../src/models/index.js';
import { scatter } from '../../src/report/index.js';
import { Corpus, smallWorld } from '../../src/text/index.js';

/** The map of the small world by PCA: what `chainrule compare` draws for one of its methods. */
export function drawSmallWorld(): string {
  const world = smallWorld();
  const source = new Source(Corpus.fromText(world.text));
  const embedding = train(pca.fit(source, { dimension: 60, power: 1 }));
  const words = source.words.filter((word) => world.classOf(word) !== undefined);
  const places = project(embedding, { words });
  return scatter(
    words.map((label, i) => ({
      label,
      x: places[2 * i]!,
      y: places[2 * i + 1]!,
      group: world.classOf(label)!,
    })),
    {
      title: 'The small world by principal component analysis',
      groups: [...world.classes.keys()],
      width: 900,
      height: 640,
      labels: 140,
    },
  );
}
