import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportDocument } from '../../config/import/export-items.ts';
import { readJsonInput } from '../input-file.ts';
import { FailedError } from '../verb.ts';

/** The JSON documents of files and folders; of a folder every .json file, also in folders below. Throws FailedError, naming the file. */
export async function readExport(paths: readonly string[]): Promise<readonly ExportDocument[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  if (files.length === 0) {
    throw new FailedError(
      `there is no .json file in ${paths.join(', ')}: save the answers of the API there, one to a file`,
    );
  }
  return Promise.all(files.map(async (from) => ({ from, value: await readJsonInput(from) })));
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (path === '-') return ['-'];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.json'));
    return files.map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch (error) {
    throw new FailedError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** True when there is something at the path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
