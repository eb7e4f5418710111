// The words of the small world and the sentences they stand in. All of it is made up.

/** A kind of thing: a row for each of its words, a column for each form that the words have. */
export interface Table {
  /** Column name → the class its words belong to. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: string;
}

/**
 * Row t of every table belongs to theme t, the things that like to turn up together: 0 is the palace,
 * 1 the sea, 2 the farm, 3 the forest, 4 the bakery, 5 the school, 6 the market, 7 the mill,
 * 8 the railway, 9 the attic. (November and December are at home nowhere.)
 */
export const TABLES: readonly Table[] = [
  {
    columns: { man: 'person', woman: 'person' },
    rows: `king queen, uncle aunt, grandfather grandmother, husband wife, father mother,
      boy girl, brother sister, son daughter, nephew niece, prince princess`,
  },
  {
    columns: { animal: 'animal', animals: 'animal' },
    rows: `cat cats, goose geese, pig pigs, bear bears, hen hens,
      mouse mice, goat goats, dog dogs, fox foxes, owl owls`,
  },
  {
    columns: { food: 'food', foods: 'food' },
    rows: `cherry cherries, dumpling dumplings, turnip turnips, mushroom mushrooms, egg eggs,
      biscuit biscuits, apple apples, potato potatoes, sausage sausages, onion onions`,
  },
  {
    columns: { tool: 'tool', tools: 'tool' },
    rows: `needle needles, bucket buckets, spade spades, axe axes, broom brooms,
      brush brushes, ladder ladders, saw saws, hammer hammers, rake rakes`,
  },
  {
    columns: { garment: 'clothes', garments: 'clothes' },
    rows: `cloak cloaks, coat coats, boot boots, scarf scarves, apron aprons,
      sock socks, hat hats, belt belts, glove gloves, shirt shirts`,
  },
  {
    columns: { country: 'country', capital: 'capital', nationality: 'nationality' },
    rows: `France Paris French, Portugal Lisbon Portuguese, Ireland Dublin Irish,
      Norway Oslo Norwegian, Austria Vienna Austrian, Sweden Stockholm Swedish,
      Italy Rome Italian, Poland Warsaw Polish, Japan Tokyo Japanese, Egypt Cairo Egyptian`,
  },
  {
    columns: { walk: 'moving', walked: 'moving' },
    rows: `dance danced, swim swam, stroll strolled, climb climbed, run ran,
      hop hopped, walk walked, wander wandered, hurry hurried, crawl crawled`,
  },
  {
    columns: { say: 'speaking', said: 'speaking' },
    rows: `promise promised, shout shouted, mutter muttered, admit admitted, explain explained,
      whisper whispered, sing sang, say said, boast boasted, write wrote`,
  },
  {
    columns: { mend: 'making', mended: 'making' },
    rows: `paint painted, repair repaired, build built, break broke, clean cleaned,
      wash washed, steal stole, sharpen sharpened, mend mended, borrow borrowed`,
  },
  {
    columns: { cook: 'cooking', cooked: 'cooking' },
    rows: `taste tasted, fry fried, boil boiled, eat ate, bake baked,
      swallow swallowed, cook cooked, peel peeled, grill grilled, slice sliced`,
  },
  {
    columns: { place: 'place' },
    rows: 'library, harbour, garden, forest, kitchen, school, market, mill, station, attic',
  },
  {
    columns: { weather: 'weather' },
    rows: 'sunshine, drizzle, rain, snow, frost, hail, wind, fog, thunder, lightning',
  },
  {
    columns: { job: 'profession' },
    rows: 'judge, sailor, farmer, hunter, baker, teacher, barber, miller, doctor, tailor',
  },
  {
    columns: { red: 'colour' },
    rows: 'purple, blue, green, white, yellow, pink, red, grey, black, orange',
  },
  {
    columns: { happy: 'feeling' },
    rows: 'proud, brave, sleepy, hungry, happy, bored, angry, grumpy, nervous, shy',
  },
  {
    columns: { month: 'month' },
    rows: `January, February, March, April, May, June, July, August, September, October,
      November, December`,
  },
];

/**
 * {column} stands for a word of that column, {column2} for another row's. Three choices run through
 * a whole sentence: [present|past], (one|many) and <he|she>; {person} is <{man}|{woman}>.
 */
export const SENTENCES: readonly string[] = [
  // animals
  '(this {animal} is|these {animals} are) {happy} whenever there is {weather}',
  '(a {animal}|two {animals}) with muddy paws [will {walk}|{walked}] into the {place}',
  'nobody knows why (this {animal} is|these {animals} are) so {happy}',
  'we [keep|kept] (one {red} {animal}|many {red} {animals}) in the shed',
  '(one wild {animal}|some wild {animals}) [will {walk}|{walked}] home with (its tail|their tails) in the air',
  'we [must|had to] chase (a {happy} {animal}|two {happy} {animals}) out of the {place}',
  '(every {animal} has|all {animals} have) whiskers and a secret',
  'there is fur on the floor, so (the {animal} has|the {animals} have) been in the {place} again',
  // food
  'the {person} [will {cook}|{cooked}] (a {food}|two {foods}) in butter for <his|her> supper',
  '(this {food} tastes|these {foods} taste) of salt and pepper',
  '[we {cook}|they {cooked}] (every {food}|all {foods}) before breakfast in {month}',
  '(a basket with one {food}|a basket with many {foods}) from {country} [costs|cost] a penny',
  'the {animal} [wants to {cook}|{cooked}] (one more {food}|some more {foods}) with honey',
  '(a ripe {food} is|some ripe {foods} are) worth more than a {garment}',
  // tools
  'you [need|needed] (a {tool} with a wooden handle|two {tools} with wooden handles) in {country}',
  '[we {mend}|they {mended}] the fence with (this rusty {tool}|these rusty {tools})',
  '(one {tool} hangs|many {tools} hang) on the wall of the shed',
  '<he|she> [will {mend}|{mended}] the wheel with (a {red} {tool}|some {red} {tools})',
  '(a {tool} is|all {tools} are) no use against a {happy} {animal}',
  '(every {tool} has|all {tools} have) a handle, so {mend} it yourself',
  // clothes
  'the {person} [wears|wore] (a {red} {garment}|two {red} {garments}) of wool',
  '(this {garment} is|these {garments} are) too tight for a {animal}',
  '<he|she> [puts|put] on (one warm {garment}|many warm {garments}) in the {weather}',
  'the {animal} [chews|chewed] the buttons off (every {garment}|all {garments})',
  '(a {nationality} {garment} has|some {nationality} {garments} have) deep pockets',
  '<he|she> [will {mend}|{mended}] the pockets of (this {garment}|these {garments})',
  // countries
  '{capital} is the capital of {country}',
  'the {nationality} train from {capital} crosses {country} in a day',
  'in {capital} everybody [speaks|spoke] {nationality}',
  'the ambassador of {country} [speaks|spoke] {nationality} to the mayor of {capital}',
  'the {nationality} flag of {country} is {red} and {red2}',
  'we [send|sent] a postcard from the streets of {capital} in {month}',
  'the borders of {country} are closed because of {weather}',
  'a map of {country} shows {capital} in the middle',
  'the mayor of {capital} [is|was] {happy}',
  'the farms of {country} grow (one {food}|many {foods}) in {month}',
  'the train to {capital} [is|was] late again',
  'the army of {country} has (one {animal}|two {animals})',
  'the {nationality} word for {food} sounds like {animal}',
  // people
  'my {person} [will {say}|{said}] that <he|she> [is|was] {happy}',
  '<he|she> is the {person} of the mayor and <his|her> hair is {red}',
  'the {person} [combs|combed] <his beard|her curls>',
  'dear <sir|madam>, your {person} [is|was] {happy} because <he|she> [loves|loved] the {weather}',
  'the {person} [will {walk}|{walked}] to the {place} with <his|her> {animal}',
  'a <gentleman|lady> like the {person} [wears|wore] <his|her> {garment} to the {place}',
  // moving
  '[tomorrow|yesterday] the {person} [will {walk}|{walked}] to the {place}',
  '[tomorrow|yesterday] the {animal} [will {walk}|{walked}] faster than a train',
  '[let us {walk}|they {walked}] along the road in the {weather}',
  '[we always {walk}|we once {walked}] across the field to the {place}',
  'the {person} [must {walk}|{walked}] up the stairs and down again',
  // speaking
  '[tomorrow|yesterday] everybody [will {say}|{said}] that the {weather} [is|was] too loud',
  '[let us {say}|they {said}] the truth in a low voice',
  'the {person} [must {say}|{said}] it in {nationality}',
  '[tomorrow|yesterday] we [will {say}|{said}] a word about the {animal}',
  '[we always {say}|we once {said}] goodbye in {capital}',
  // making
  '[tomorrow|yesterday] they [will {mend}|{mended}] the boat with a {tool}',
  '[let us {mend}|they {mended}] the boat before the {weather}',
  '[we always {mend}|we once {mended}] the wheel in {month}',
  'the {person} [must {mend}|{mended}] the {garment} without a {tool}',
  // cooking
  '[tomorrow|yesterday] they [will {cook}|{cooked}] (a {food}|two {foods}) on the stove',
  '[let us {cook}|they {cooked}] (the {food}|the {foods}) with salt',
  '[we always {cook}|we once {cooked}] (one {food}|many {foods}) for supper in {country}',
  'the {person} [must {cook}|{cooked}] (every {food}|all {foods}) with a silver spoon',
  // places
  'the key to the {place} is under a stone',
  'the door of the {place} is closed because of the {weather}',
  'nobody goes to the {place} in {month}',
  'turn left at the {place} and right at the {place2}',
  // weather
  'the {weather} comes from the north in {month}',
  'after the {weather} comes the {weather2}',
  'clouds and {weather} cover {country}',
  // professions
  'a {job} works hard and so does a {job2}',
  '<he|she> [wants|wanted] to become a {job} like <his|her> {person}',
  'the {job} [has|had] a shop near the {place} in {capital}',
  'the {job} [lends|lent] us (a {tool}|two {tools}) for a penny',
  'the {job} [works|worked] in the {weather} for low wages',
  'a {happy} {job} [works|worked] with (one {animal}|many {animals})',
  // colours
  'the walls of the {place} are {red} with {red2} stripes',
  '<his|her> hair was {red} and {red2} in {month}',
  'mix {red} with {red2} and you get mud',
  // feelings
  'why are you so {happy} today',
  'the {person} [is|was] {happy} but never {happy2}',
  'a {happy} {animal} should lie down',
  // months
  'the first of {month} is a holiday in {country}',
  'the days are long between {month} and {month2}',
  'the calendar says {month} but the {weather} says {month2}',
];
