/**
 * The house as it stands: rooms on their floors, and an arrow wherever one room imports another, but for
 * arrows that a longer way of arrows implies. Drawn from the sources, so it cannot drift from them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const floors = [
  ['cli'],
  ['explorer'],
  ['report', 'io'],
  ['models', 'check'],
  ['optim', 'text'],
  ['ops'],
  ['graph'],
  ['linalg'],
];

const captions: Record<string, string> = {
  cli: 'the command line',
  explorer: 'the page to step through',
  report: 'pictures, tables, HTML',
  io: 'files in and out',
  models: 'the five embedding methods',
  check: 'the gradient-testing kit',
  optim: 'momentum, adaptivity, Adam',
  text: 'text → vocabulary → counts',
  ops: 'formula, shape, kernel, backward rule',
  graph: 'nodes, forward, backward, plan',
  linalg: 'Float64Array kernels, eigen, sparse, random',
};

interface Room {
  readonly files: number;
  readonly lines: number;
  readonly imports: ReadonlySet<string>;
}

function readRoom(src: string, room: string): Room {
  const paths = readdirSync(join(src, room), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const sources = paths.map((path) => readFileSync(join(src, room, path), 'utf8'));
  const imports = sources.flatMap((source) =>
    [...source.matchAll(/from '(?:\.\.\/)+(\w+)\//g)].map(([, name]) => name!),
  );
  return {
    files: paths.length,
    lines: sources.reduce((total, source) => total + source.split('\n').length - 1, 0),
    imports: new Set(imports.filter((name) => name !== room && name in captions)),
  };
}

const WIDTH = 960;
const HEIGHT = 62;
const GAP = 46;
const MARGIN = 24;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The picture as SVG. */
export function drawHouse(src = 'src'): string {
  const rooms = new Map(floors.flat().map((name) => [name, readRoom(src, name)]));
  const boxes = layOut(rooms);
  const arrows = [...rooms].flatMap(([name, { imports }]) =>
    [...imports]
      .filter((target) => ![...imports].some((other) => reaches(rooms, other, target)))
      .map((target) => arrow(boxes.get(name)!, boxes.get(target)!)),
  );
  const height = floors.length * (HEIGHT + GAP) - GAP + 2 * MARGIN;
  const drawn = [...rooms].map(([name, room]) => drawRoom(name, room, boxes.get(name)!));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="ui-sans-serif, system-ui, sans-serif">
<title>The rooms of chainrule on their floors; every import points down</title>
<style>
  .ground { fill: #fbfaf7 } .room { fill: #fff; stroke: #4a5a6a; stroke-width: 1.4 }
  .name { font-size: 17px; font-weight: 600; fill: #1d2a36 } .say { font-size: 12px; fill: #51606e }
  .arrow { fill: none; stroke: #b3672b; stroke-width: 1.3; opacity: .55 } .tip { fill: #b3672b }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14191f } .room { fill: #1d252d; stroke: #8ea2b5 } .name { fill: #e8eef4 } .say { fill: #a5b4c2 }
    .arrow { stroke: #e09a5c } .tip { fill: #e09a5c }
  }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="tip" d="M0 0 8 4 0 8Z"/></marker></defs>
<rect class="ground" width="${WIDTH}" height="${height}" rx="10"/>
${arrows.join('\n')}
${drawn.join('\n')}
</svg>
`;
}

/** Whether some way of imports leads from one room to another. */
function reaches(rooms: ReadonlyMap<string, Room>, from: string, to: string): boolean {
  const { imports } = rooms.get(from)!;
  return imports.has(to) || [...imports].some((next) => reaches(rooms, next, to));
}

/** Each floor is centred; its rooms share a width that grows with their lines. */
function layOut(rooms: ReadonlyMap<string, Room>): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const most = Math.max(...[...rooms.values()].map(({ lines }) => lines));
  for (const [level, floor] of floors.entries()) {
    const widths = floor.map((name) => 320 + 100 * Math.sqrt(rooms.get(name)!.lines / most));
    const total = widths.reduce((sum, width) => sum + width, 0) + (floor.length - 1) * 40;
    let x = (WIDTH - total) / 2;
    for (const [i, name] of floor.entries()) {
      boxes.set(name, { x, y: MARGIN + level * (HEIGHT + GAP), width: widths[i]! });
      x += widths[i]! + 40;
    }
  }
  return boxes;
}

function drawRoom(name: string, { files, lines }: Room, { x, y, width }: Box): string {
  const middle = x + width / 2;
  return (
    `<rect class="room" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${HEIGHT}" rx="6"/>` +
    `<text class="name" x="${middle.toFixed(1)}" y="${y + 26}" text-anchor="middle">${name}</text>` +
    `<text class="say" x="${middle.toFixed(1)}" y="${y + 46}" text-anchor="middle">${captions[name]} · ${files} files, ${lines} lines</text>`
  );
}

/** From a room's foot to another's roof; the ends lean towards each other, so that arrows fan out. */
function arrow(from: Box, to: Box): string {
  const lean = (box: Box, other: Box): number => {
    const middle = box.x + box.width / 2;
    const reach = box.width / 2 - 24;
    const offset = (other.x + other.width / 2 - middle) * 0.4;
    return middle + Math.max(-reach, Math.min(reach, offset));
  };
  const [x1, y1] = [lean(from, to), from.y + HEIGHT];
  const [x2, y2] = [lean(to, from), to.y - 1];
  const bend = Math.min((y2 - y1) * 0.5, 60);
  const at = (n: number): string => n.toFixed(1);
  return `<path class="arrow" marker-end="url(#tip)" d="M${at(x1)} ${y1} C${at(x1)} ${at(y1 + bend)} ${at(x2)} ${at(y2 - bend)} ${at(x2)} ${y2}"/>`;
}
