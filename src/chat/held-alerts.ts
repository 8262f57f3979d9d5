import type { Alert } from '../domain/alert/alert.ts';
import { destinationOf } from '../domain/alert/route.ts';
import type { Directory } from '../domain/directory.ts';
import type { ChatReads } from './reads.ts';

/** The alerts that a silence holds back and that fire, the newest few; without those of which private incidents would be made. */
export async function heldInPublic(
  silenceId: number,
  { reads, directory }: { readonly reads: Pick<ChatReads, 'heldBy'>; readonly directory: Directory },
): Promise<readonly Alert[]> {
  const held = await reads.heldBy(silenceId);
  return held.filter(({ signal }) => destinationOf(signal, directory)?.route.visibility !== 'private');
}
