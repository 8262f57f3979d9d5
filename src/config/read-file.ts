import { isUtf8 } from 'node:buffer';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from './env.ts';
import { loadConfig, type Loaded, type LoadContext } from './load.ts';

/** A configuration file, and why it is this one. */
export interface ConfigPath {
  readonly path: string;
  /** named: in the call; environment: by CONFIG; here: ./firebell.yaml; example: the one that comes with Firebell. */
  readonly because: 'named' | 'environment' | 'here' | 'example';
}

const EXAMPLE = join(import.meta.dirname, '../../examples/firebell.yaml');

/** The file to load: the one named, else the one that CONFIG names, else ./firebell.yaml, else the built-in example. */
export async function findConfigFile(env: Env, named?: string): Promise<ConfigPath> {
  if (named !== undefined) return { path: named, because: 'named' };
  const config = env['CONFIG'];
  if (config !== undefined && config !== '') return { path: config, because: 'environment' };
  try {
    await access('firebell.yaml');
    return { path: 'firebell.yaml', because: 'here' };
  } catch {
    return { path: EXAMPLE, because: 'example' };
  }
}

/** Reads a configuration file. Rejects only when the file itself cannot be read. */
export async function readConfigFile(path: string, context: Omit<LoadContext, 'file'>): Promise<Loaded> {
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) {
    const message = 'The file is not UTF-8 from here on: save it as UTF-8.';
    return {
      problems: [{ severity: 'error', file: path, path: '', message, line: brokenLine(bytes), column: 1 }],
    };
  }
  return loadConfig(bytes.toString('utf8'), { ...context, file: path });
}

function brokenLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
