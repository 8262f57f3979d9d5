import { fileURLToPath } from 'node:url';

/** Where the migrations lie, and how those that ran are remembered. */
export const MIGRATIONS = {
  migrationsFolder: fileURLToPath(new URL('../../migrations', import.meta.url)),
  migrationsTable: 'migrations',
  migrationsSchema: 'public',
};
