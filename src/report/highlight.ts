// The one script of a page: a word that is pointed at, in a map, a table or the search field, lights
// up everywhere. It reads words from attributes and writes them as text, never as markup.

export const HIGHLIGHT: string = `
'use strict';
const places = new Map();
for (const place of document.querySelectorAll('[data-word]')) {
  const word = place.dataset.word;
  if (places.has(word)) places.get(word).push(place);
  else places.set(word, [place]);
}
const search = document.getElementById('search');
let shown;
function show(word) {
  if (word === shown) return;
  for (const place of places.get(shown) ?? []) place.classList.remove('hit');
  for (const name of document.querySelectorAll('.hover')) name.remove();
  shown = word;
  const found = places.get(word) ?? [];
  document.body.classList.toggle('chosen', found.length > 0);
  for (const place of found) {
    place.classList.add('hit');
    if (place.classList.contains('dot') && !found.some((other) => other !== place && other.ownerSVGElement === place.ownerSVGElement)) name(place, word);
  }
}
function name(dot, word) {
  const box = dot.getBBox();
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  const right = box.x > 600;
  text.textContent = word;
  text.setAttribute('class', 'hover');
  text.setAttribute('font-size', '13');
  text.setAttribute('x', right ? box.x - 5 : box.x + box.width + 5);
  text.setAttribute('y', box.y + box.height / 2 + 4);
  if (right) text.setAttribute('text-anchor', 'end');
  dot.ownerSVGElement.append(text);
}
const typed = () => search?.value.trim();
document.addEventListener('pointerover', (event) => {
  show(event.target.closest('[data-word]')?.dataset.word ?? typed());
});
search?.addEventListener('input', () => {
  const word = typed();
  show(places.has(word) ? word : word.toLowerCase());
});
`;

/** What the page's content security policy knows the script by. */
export const HIGHLIGHT_HASH = 'sha256-aBupnKLAbxTGr8AMRb/FkRd7CR6ADYEc4pzQ50hr2Ts=';
