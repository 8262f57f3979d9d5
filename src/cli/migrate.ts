import { environmentOf, openDatabase } from './open.ts';
import { EXIT } from './verb.ts';
import type { Verb } from './verb.ts';

/** `firebell migrate`: brings the tables up to date and exits. */
export const migrateVerb: Verb = {
  name: 'migrate',
  summary: 'Bring the tables of the database up to date (start does it too)',
  help: `Usage: firebell migrate

Applies the migrations that are missing to the database of DATABASE_URL, or to the embedded one in DATA_DIR.
Safe to run again, and while bots are running on the same Postgres. \`firebell start\` does it by itself.`,
  run: async (_argv, io) => {
    const environment = environmentOf(io);
    const store = await openDatabase(environment);
    await store.close();
    io.err(`The ${store.kind === 'postgres' ? 'Postgres' : 'embedded'} database is up to date.\n`);
    return EXIT.ok;
  },
};
