/** A graph to be drawn from left to right: boxes, and edges from slot to slot. */
export interface LayoutInput {
  /** By number 1 … N; an edge leads from a lower number to a higher one. */
  readonly widths: readonly number[];
  /** The parents of each node, by slot. */
  readonly parents: readonly (readonly number[])[];
  /** From the middle of a box to that of the next one in its column, at least. */
  readonly pitch: number;
  /** Between the columns. */
  readonly gap: number;
}

/** A point on the way of an edge, or the middle of a box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The middles of the boxes. */
  readonly nodes: readonly Point[];
  /** The edges into each node, by slot: the middles of both boxes, and what it passes between them. */
  readonly edges: readonly (readonly (readonly Point[])[])[];
}

/** A box, or the place where a long edge passes through a column. */
interface Spot {
  readonly column: number;
  readonly before: Spot[];
  readonly after: Spot[];
  /** How much room it needs above and below, in pitches. */
  readonly room: number;
  y: number;
}

const SWEEPS = 24;
/** An edge that only passes needs less room than a box. */
const PASSING = 0.45;

/**
 * Columns by the longest path to the loss (Sugiyama, Tagawa & Toda 1981). Within
 * a column, each spot wants to be where its neighbours are; the order follows these wishes, and the
 * places are the nearest to them that keep the distance: an isotonic regression.
 */
export function layout({ widths, parents, pitch, gap }: LayoutInput): Layout {
  const column = columnsOfNodes(parents);
  const spots: Spot[] = column.map((c) => spot(c, 1));
  const ways = parents.map((slots, child) =>
    slots.map((parent) => route(spots[parent - 1]!, spots[child]!)),
  );
  const all = [...spots, ...ways.flat().flatMap((way) => way.slice(1, -1))];
  const columns = Array.from({ length: Math.max(...column) + 1 }, (_, c) =>
    all.filter((each) => each.column === c),
  );

  placeFirst(spots.at(-1)!, columns);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rightwards = sweep % 2 === 1;
    const settling = sweep >= SWEEPS / 2;
    for (const members of rightwards ? columns : columns.toReversed()) {
      const wish = (each: Spot): number =>
        mean(settling ? [...each.before, ...each.after] : rightwards ? each.before : each.after) ??
        each.y;
      settle(members, wish, !settling);
    }
  }

  const columnWidths = columns.map((_, c) =>
    Math.max(0, ...widths.filter((_width, node) => column[node] === c)),
  );
  const centres: number[] = [];
  let left = 0;
  for (const width of columnWidths) {
    centres.push(left + width / 2);
    left += width + gap;
  }
  const top = Math.min(...all.map(({ y }) => y));
  const point = ({ column: c, y }: Spot): Point => ({ x: centres[c]!, y: (y - top + 0.5) * pitch });
  return {
    width: left - gap,
    height: (Math.max(...all.map(({ y }) => y)) - top + 1) * pitch,
    nodes: spots.map(point),
    edges: ways.map((slots) => slots.map((way) => way.map(point))),
  };
}

/** As far to the right as the way to the loss, the last node, allows. */
function columnsOfNodes(parents: readonly (readonly number[])[]): number[] {
  const steps = new Array<number>(parents.length).fill(0);
  for (let child = parents.length; child >= 1; child--) {
    for (const parent of parents[child - 1]!) {
      steps[parent - 1] = Math.max(steps[parent - 1]!, steps[child - 1]! + 1);
    }
  }
  const most = Math.max(...steps);
  return steps.map((n) => most - n);
}

function spot(column: number, room: number): Spot {
  return { column, before: [], after: [], room, y: 0 };
}

/** Links two boxes, by spots in the columns between them. */
function route(from: Spot, to: Spot): Spot[] {
  const way = [from];
  for (let c = from.column + 1; c < to.column; c++) way.push(spot(c, PASSING));
  way.push(to);
  for (let k = 1; k < way.length; k++) {
    way[k - 1]!.after.push(way[k]!);
    way[k]!.before.push(way[k - 1]!);
  }
  return way;
}

/** A first order, without crossings where the graph is a tree: that of a walk back from the loss. */
function placeFirst(loss: Spot, columns: readonly Spot[][]): void {
  const filled = columns.map(() => 0);
  const seen = new Set<Spot>();
  const stack = [loss];
  for (let each = stack.pop(); each; each = stack.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    each.y = filled[each.column]!++;
    stack.push(...each.before.toReversed());
  }
}

/** Moves the spots of a column as near to their wishes as their order and distances allow. */
function settle(members: Spot[], wish: (each: Spot) => number, reorder: boolean): void {
  const wishes = new Map(members.map((each) => [each, wish(each)]));
  if (reorder) members.sort((a, b) => wishes.get(a)! - wishes.get(b)! || a.y - b.y);
  const offsets: number[] = [];
  for (const [k, each] of members.entries()) {
    const above = members[k - 1];
    offsets.push(above ? offsets[k - 1]! + (above.room + each.room) / 2 : 0);
  }
  const places = isotonic(members.map((each, k) => wishes.get(each)! - offsets[k]!));
  for (const [k, each] of members.entries()) each.y = places[k]! + offsets[k]!;
}

/** The ascending sequence nearest to the given one, by pooling neighbours that are out of order. */
export function isotonic(values: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const value of values) {
    let pool = { sum: value, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.count >= pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}

function mean(spots: readonly Spot[]): number | undefined {
  if (spots.length === 0) return undefined;
  return spots.reduce((sum, { y }) => sum + y, 0) / spots.length;
}
