/** The rooms of `src` whose branches are counted, by their own tests. */
export const ROOMS = ['graph', 'ops', 'optim', 'linalg'] as const;
export type Room = (typeof ROOMS)[number];
