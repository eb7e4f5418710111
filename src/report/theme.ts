// Colours and marks of every picture. The eight hues follow Okabe & Ito (2008), which stay apart for
// colour-blind readers; each comes in a shade for a light and one for a dark background, and every
// series or class has a shape of its own besides.

export interface Hue {
  readonly light: string;
  readonly dark: string;
}

export const HUES: readonly Hue[] = [
  { light: '#0b62a4', dark: '#6db3f2' },
  { light: '#b84300', dark: '#ff9860' },
  { light: '#00745a', dark: '#45cfa5' },
  { light: '#a23b77', dark: '#f09bc8' },
  { light: '#806000', dark: '#edc14a' },
  { light: '#0f7396', dark: '#86dcf7' },
  { light: '#5a3fa0', dark: '#b9a8ff' },
  { light: '#555555', dark: '#c4c4c4' },
];

export const PAPER: Hue = { light: '#ffffff', dark: '#15181c' };
export const INK: Hue = { light: '#1d232a', dark: '#e6e8eb' };
/** Axes, secondary text. */
export const SOFT: Hue = { light: '#59626c', dark: '#a2abb5' };
/** Grid and frames. */
const FAINT: Hue = { light: '#dfe3e8', dark: '#323941' };

/** The class that colours series i, and the hue to write beside it where styles are not understood. */
export function hueOf(i: number): { readonly name: string; readonly hue: Hue } {
  const n = i % HUES.length;
  return { name: `hue${n}`, hue: HUES[n]! };
}

/** Arial's metrics first: they are the ones that labels are measured with. */
export const SANS_SERIF = "Arial,Helvetica,'Liberation Sans',sans-serif";

const NAMED: readonly (readonly [string, Hue])[] = [
  ['paper', PAPER],
  ['ink', INK],
  ['soft', SOFT],
  ['faint', FAINT],
  ...HUES.map((hue, i) => [`hue${i}`, hue] as const),
];

const values = (shade: keyof Hue): string =>
  NAMED.map(([name, hue]) => `--${name}:${hue[shade]}`).join(';');

/**
 * Writes the light shade in front of every use of a variable: `fill:#fff;fill:var(--paper)`. Viewers that
 * do not know variables take the first and pass over the second.
 */
export function withFallbacks(css: string): string {
  return css.replace(/([\w-]+):var\(--([\w-]+)\)/g, (use, property: string, name: string) =>
    NAMED.some(([known]) => known === name) ? `${property}:${shade(name)};${use}` : use,
  );
}

/** The variables that everything is painted with, and the few classes that use them. */
export const THEME: string = [
  `:root{color-scheme:light dark;${values('light')}}`,
  `@media (prefers-color-scheme:dark){:root{${values('dark')}}}`,
  ...NAMED.map(([name]) =>
    withFallbacks(`.fill-${name}{fill:var(--${name})}.line-${name}{stroke:var(--${name})}`),
  ),
  `svg text{font-family:${SANS_SERIF}}`,
].join('\n');

/** Fill (and class) by name; the light shade is written out for viewers without CSS variables. */
export function fill(name: string): { readonly class: string; readonly fill: string } {
  return { class: `fill-${name}`, fill: shade(name) };
}

/** Stroke by name, likewise, and no fill. */
export function line(name: string): {
  readonly class: string;
  readonly stroke: string;
  readonly fill: 'none';
} {
  return { class: `line-${name}`, stroke: shade(name), fill: 'none' };
}

function shade(name: string): string {
  return NAMED.find(([known]) => known === name)![1].light;
}
