import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportDocument } from '../../config/import/export-items.ts';
import type { Vendor } from '../../config/import/vendor.ts';
import { SYSTEM_CLOCK } from '../../lib/clock.ts';
import { FailedError, UsageError, type Io } from '../verb.ts';
import { FETCHES } from './fetch/registry.ts';

/** Where a call says that the export is to be read from. */
export interface LiveCall {
  readonly url: string;
  /** The variable of the environment that holds the token; the token itself is never part of a call. */
  readonly tokenEnv: string | undefined;
  /** Folder in which the answers are kept, as an export to be imported again. */
  readonly save: string | undefined;
}

/** Everything that is imported, from the tool's API. Throws UsageError for a call that cannot be right, FailedError when the API fails. */
export async function fetchExport(
  vendor: Vendor,
  call: LiveCall,
  io: Io,
): Promise<readonly ExportDocument[]> {
  const fetchAll = FETCHES[vendor.name];
  if (!fetchAll) throw new FailedError(`${vendor.title} is read from files only`);
  const { tokenEnv } = call;
  if (tokenEnv === undefined) {
    throw new UsageError(
      '--url needs --token-env, the name of the environment variable that holds the token of the API',
    );
  }
  const token = io.env[tokenEnv]?.trim();
  if (!token) throw new UsageError(`${tokenEnv} is not set: put the token of the API into it`);
  const tell = (line: string) => io.err(`${line}\n`);
  const documents = await fetchAll({ url: addressOf(call.url), token, now: SYSTEM_CLOCK.now(), tell });
  if (call.save !== undefined) await keep(documents, call.save);
  return documents;
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url;
  throw new UsageError(
    `--url must begin with https:// (http:// only for this machine), because a token goes there; not ${text}`,
  );
}

async function keep(documents: readonly ExportDocument[], folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [i, { from, value }] of documents.entries()) {
      const name = from.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
      await writeFile(
        join(folder, `${String(i + 1).padStart(4, '0')}-${name.slice(0, 160)}.json`),
        JSON.stringify(value, null, 2),
      );
    }
  } catch (error) {
    throw new FailedError(
      `cannot keep the answers in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
