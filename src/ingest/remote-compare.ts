import { z } from 'zod';
import { Comparison } from '../domain/diff/comparison.ts';
import type { AdminAccess } from './admin-file.ts';

const Compared = z.union([z.object({ comparison: Comparison }), z.object({ problem: z.string() })]);
const PATIENCE_MS = 15_000;

/** A new configuration, and the time to look at. */
export interface AskedToCompare {
  readonly text: string;
  readonly from: Date;
  readonly to: Date;
}

/** Asks a running bot what another configuration would change, or why it cannot say; throws when the bot does not answer. */
export async function askToCompare(
  { url, key }: AdminAccess,
  asked: AskedToCompare,
): Promise<z.infer<typeof Compared>> {
  const response = await fetch(new URL('/admin/compare', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(asked),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status === 404) return { problem: 'The running bot is of a version that does not compare.' };
  if (!response.ok) throw new Error(`the bot at ${url} answered ${response.status}`);
  return Compared.parse(await response.json());
}
