import { fileURLToPath } from 'node:url';
import { readConfigFile } from '../../../src/config/read-file.ts';
import { showProblem } from '../../../src/config/problem.ts';
import type { Directory } from '../../../src/domain/directory.ts';
import { SOURCE_TYPES } from '../../../src/ingest/sources/registry.ts';
import { deskAt } from '../../../src/ingest/desk.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { StoreOptions } from '../../../src/store/db.ts';
import { openStore } from '../../../src/store/open-store.ts';

/** The configuration of the company that the survival tests are about. */
export const CONFIG = fileURLToPath(new URL('firebell.yaml', import.meta.url));

/** The directory that a configuration file gives. */
export async function directoryOf(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Directory> {
  const loaded = await readConfigFile(path, { env: { ...process.env, ...env }, sourceTypes: SOURCE_TYPES });
  if ('config' in loaded) return loaded.config.directory;
  throw new Error(`expected ${path} to load: ${loaded.problems.map(showProblem).join('; ')}`);
}

/** A token for an alert source, made before any bot runs. */
export async function tokenFor(options: StoreOptions, source: string, clock: Clock): Promise<string> {
  const store = await openStore(options);
  try {
    return (await deskAt(store.db, clock).create({ kind: 'source', subject: source })).token;
  } finally {
    await store.close();
  }
}
