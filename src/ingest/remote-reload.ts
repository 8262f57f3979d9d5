import { z } from 'zod';
import type { AdminAccess } from './admin-file.ts';

const Reloaded = z.object({ problems: z.array(z.string()) });
const PATIENCE_MS = 15_000;

/** Asks a running bot to read its configuration again. Answers with what is wrong with it; throws when the bot does not answer. */
export async function askToReload({ url, key }: AdminAccess): Promise<readonly string[]> {
  const response = await fetch(new URL('/admin/reload', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`the bot at ${url} answered ${response.status}`);
  return Reloaded.parse(await response.json()).problems;
}
