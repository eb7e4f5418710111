// An import only ever points down a floor. Rooms on one floor do not know each other, except that
// `check` and `models`, `report` and `io`, `optim` and `text` are neighbours that need not meet.
const floors = [
  ['linalg'],
  ['graph'],
  ['ops'],
  ['optim', 'text'],
  ['models', 'check'],
  ['report', 'io'],
  ['cli', 'explorer'],
];

const upward = floors.map((rooms, floor) => {
  const above = floors.slice(floor + 1).flat();
  const beside = rooms.map((room) => rooms.filter((other) => other !== room)).flat();
  return rooms.map((room) => ({
    name: `${room}-imports-only-from-below`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: {
      path: `^src/(${[...above, ...beside.filter((other) => other !== room)].join('|') || 'nothing'})/|^src/index\\.ts$`,
    },
  }));
});

module.exports = {
  forbidden: [
    ...upward.flat(),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests-or-benches-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|examples)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
