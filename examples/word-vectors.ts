// Word vectors of twelve lines of text, by principal component analysis of who stands next to whom. No
// line says that a cat is like a dog; they are found in the same company.

import { pca, Source, train } from 'chainrule/models';
import { Corpus } from 'chainrule/text';

const text = `
the cat sleeps in the warm house
the dog sleeps in the small house
the cat chases the red ball
the dog chases the big ball
the horse eats the green grass
the cow eats the fresh grass
the horse drinks from the river
the cow drinks from the lake
my brother buys bread at the shop
my sister buys cheese at the market
my brother bakes bread on sunday
my sister cuts the cheese on monday`;

const corpus = Corpus.fromText(text, { minCount: 1 });
const source = new Source(corpus, { window: 2 });
const embedding = train(pca.fit(source, { dimension: 8 }));

for (const word of ['cat', 'horse', 'bread', 'shop', 'river', 'sunday']) {
  const [nearest] = embedding.nearest(word, 1);
  console.log(`${word} is most like ${nearest!.word} (${nearest!.similarity.toFixed(2)})`);
}
