import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { FailedError } from './verb.ts';

/** The bytes of a file, or of standard input for `-`. Throws FailedError when it cannot be read. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return file === '-' ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    throw new FailedError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
