import { isNull } from 'drizzle-orm';
import type { LedgerEntry } from '../domain/page/page.ts';
import type { Db } from './db.ts';
import { pages } from './schema/core.ts';

/** A message that a person has and has not answered. */
export interface OpenAttempt {
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
  readonly personId: string;
  readonly messageId: string;
  readonly state: 'sent' | 'delivered';
}

/** The messages of one channel whose pages are still open. */
export async function openAttempts(db: Db, channel: string): Promise<readonly OpenAttempt[]> {
  const open = await db
    .select({ incidentId: pages.incidentId, page: pages.state })
    .from(pages)
    .where(isNull(pages.endedAt));
  return open.flatMap(({ incidentId, page: { id: pageId, personId, attempts } }) =>
    attempts
      .filter((attempt) => attempt.channel === channel)
      .flatMap(openOf)
      .map((attempt) => ({ ...attempt, incidentId, pageId, personId })),
  );
}

function openOf({
  id,
  outcome,
}: LedgerEntry): readonly Pick<OpenAttempt, 'attemptId' | 'messageId' | 'state'>[] {
  if (outcome.state !== 'sent' && outcome.state !== 'delivered') return [];
  return [{ attemptId: id, messageId: outcome.messageId, state: outcome.state }];
}
