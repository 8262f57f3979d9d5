import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { StalePage } from '../domain/page/fold.ts';
import type { Db } from './db.ts';
import { incidents, pages } from './schema/core.ts';

/** Pages of this person that went stale and are in no summary yet, oldest first. */
export async function stalePagesOf(db: Db, personId: string): Promise<readonly StalePage[]> {
  return db
    .select({ pageId: pages.id, incident: incidents.state, pagedAt: pages.startedAt })
    .from(pages)
    .innerJoin(incidents, eq(incidents.id, pages.incidentId))
    .where(and(eq(pages.personId, personId), eq(pages.endWhy, 'stale'), isNull(pages.foldedAt)))
    .orderBy(asc(pages.startedAt), asc(pages.id));
}

/** Remembers that these pages were told in a summary. */
export async function markFolded(db: Db, pageIds: readonly string[], now: Date): Promise<void> {
  if (pageIds.length === 0) return;
  await db
    .update(pages)
    .set({ foldedAt: now })
    .where(inArray(pages.id, [...pageIds]));
}
