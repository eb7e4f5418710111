// The floors of the house, from the ground up. An import points down: never up, and never to a room
// on the same floor.
const floors = [
  ['linalg'],
  ['graph'],
  ['ops'],
  ['optim', 'text'],
  ['models', 'check'],
  ['report', 'io'],
  ['explorer'],
  ['cli'],
];

const rooms = floors.flat();
const inRooms = (names) => `^src/(${names.join('|')})/`;

const onlyDown = floors.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `${room}-imports-only-from-below`,
    severity: 'error',
    from: { path: inRooms([room]) },
    to: { path: '^src/', pathNot: inRooms([...floors.slice(0, level).flat(), room]) },
  })),
);

module.exports = {
  forbidden: [
    ...onlyDown,
    {
      name: 'no-room-without-a-floor',
      comment: 'A new room needs its place among the floors above.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: inRooms(rooms) },
      to: {},
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-but-src-in-src',
      comment: 'Tests, benches and examples look at the sources, never the other way round.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|examples|docs|dist)/' },
    },
    {
      name: 'no-development-packages-in-src',
      comment: 'What tests need may be an optional peer (fast-check, tsx).',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer'],
      },
    },
    {
      name: 'node-only-upstairs',
      comment:
        'Everything below report and io runs in a browser too. (Threads are loaded only when they are asked for.)',
      severity: 'error',
      from: { path: inRooms(floors.slice(0, 5).flat()), pathNot: '^src/linalg/team\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
