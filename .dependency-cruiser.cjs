/** The import rule of docs/architecture.md: a room imports from itself and from rooms to its left. */
const ORDER = ['lib', 'domain', 'config', 'store', 'engine'];
const OUTER = ['calendar', 'ingest', 'chat', 'notify', 'publish', 'web'];

const inner = ORDER.map((room, i) => ({
  name: `${room}-looks-left-only`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${ORDER.slice(0, i + 1).join('|')})/` },
}));
const outer = OUTER.map((room) => ({
  name: `${room}-knows-no-other-outer-room`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[...ORDER, room].join('|')})/` },
}));
const only = (name, path, packages) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: packages },
});

module.exports = {
  forbidden: [
    ...inner,
    ...outer,
    { name: 'no-cycles', severity: 'error', from: { path: '^src' }, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: { path: '^src' }, to: { couldNotResolve: true } },
    {
      name: 'domain-imports-zod-and-dates-only',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: '(^|/)node_modules/(zod|date-fns|date-fns-tz)/' },
    },
    {
      name: 'only-app-knows-every-room',
      severity: 'error',
      from: { path: '^src/(?!app|cli|main)' },
      to: { path: '^src/(app|main)\\.ts|^src/cli/' },
    },
    only('database-in-store-only', '^src/store/', '(^|/)node_modules/(drizzle-orm|postgres|@electric-sql)/'),
    only('slack-in-its-room-only', '^src/chat/slack/', '(^|/)node_modules/@slack/'),
    only('discord-in-its-room-only', '^src/chat/discord/', '(^|/)node_modules/(discord\\.js|@discordjs)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
