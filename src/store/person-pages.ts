import { and, desc, eq, gte } from 'drizzle-orm';
import type { Incident } from '../domain/incident/incident.ts';
import type { Page } from '../domain/page/page.ts';
import type { Db } from './db.ts';
import { incidents, pages } from './schema/core.ts';

/** A page with its incident as it stands now. */
export interface PersonPage {
  readonly incident: Incident;
  readonly page: Page;
}

/** The pages of this person that began at or after an instant, over or not, newest first. */
export async function pagesOfPerson(db: Db, personId: string, since: Date): Promise<readonly PersonPage[]> {
  return db
    .select({ incident: incidents.state, page: pages.state })
    .from(pages)
    .innerJoin(incidents, eq(incidents.id, pages.incidentId))
    .where(and(eq(pages.personId, personId), gte(pages.startedAt, since)))
    .orderBy(desc(pages.startedAt), desc(pages.id));
}
