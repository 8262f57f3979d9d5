import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { FailedError } from './verb.ts';

/** The bytes of a file, or of standard input for `-`. Throws FailedError when it cannot be read. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return file === '-' ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    throw new FailedError(`cannot read ${inputName(file)}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The JSON of a file, or of standard input for `-`. Throws FailedError when it cannot be read or is none. */
export async function readJsonInput(file: string): Promise<unknown> {
  const text = (await readInput(file)).toString('utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new FailedError(`${inputName(file)} is not JSON: ${reasonOf(error)}`, { cause: error });
  }
}

/** How a message speaks of an input. */
export function inputName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
