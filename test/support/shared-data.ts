import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.env['FIREBELL_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared');

/** A file of the shared test data, or null when the machine does not have it. */
export function sharedFile(...path: readonly string[]): string | null {
  const file = join(ROOT, 'data', ...path);
  // Where it really lies: a script in there may ask whether it is the one that was started.
  return existsSync(file) ? realpathSync(file) : null;
}

/** The lines of a JSON Lines file; none when the machine does not have it. */
export function sharedLines(...path: readonly string[]): readonly unknown[] {
  const file = sharedFile(...path);
  if (file === null) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line): unknown => JSON.parse(line));
}

/** Why tests that need the shared data are skipped. */
export const WITHOUT_DATA =
  'the folder ../shared/data is not on this machine (FIREBELL_SHARED points to its parent)';
