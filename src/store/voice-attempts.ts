import { and, eq, gte, inArray } from 'drizzle-orm';
import type { LedgerEntry } from '../domain/page/page.ts';
import type { Db } from './db.ts';
import { contactMethods } from './schema/contacts.ts';
import { pages } from './schema/core.ts';

/** An attempt to call somebody, as the ledger has it. */
export interface VoiceAttempt {
  readonly attemptId: string;
  readonly intendedAt: Date;
  /** The provider's id of the call; null while none is on record, and once the attempt has failed. */
  readonly callSid: string | null;
  /** When it failed; null when it did not. */
  readonly failedAt: Date | null;
}

/** What was done to call people, as far as it is on record. */
export interface VoiceRecord {
  readonly attempts: readonly VoiceAttempt[];
  /** When the newest code was told by telephone; null when none was. */
  readonly codeSentAt: Date | null;
}

/** Attempts to call any of these people, of pages that began at or after an instant, and the codes that were told to them. */
export async function voiceRecordOf(db: Db, personIds: readonly string[], since: Date): Promise<VoiceRecord> {
  const ids = [...personIds];
  const found = await db
    .select({ page: pages.state })
    .from(pages)
    .where(and(inArray(pages.personId, ids), gte(pages.startedAt, since)));
  const codes = await db
    .select({ sentAt: contactMethods.codeSentAt })
    .from(contactMethods)
    .where(and(inArray(contactMethods.personId, ids), eq(contactMethods.channel, 'voice')));
  const times = codes.flatMap(({ sentAt }) => (sentAt === null ? [] : [sentAt.getTime()]));
  return {
    attempts: found.flatMap(({ page }) => page.attempts.filter(isCall).map(onRecord)),
    codeSentAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}

function isCall({ channel }: LedgerEntry): boolean {
  return channel === 'voice';
}

function onRecord({ id, intendedAt, outcome }: LedgerEntry): VoiceAttempt {
  return {
    attemptId: id,
    intendedAt,
    callSid: 'messageId' in outcome ? outcome.messageId : null,
    failedAt: outcome.state === 'failed' ? outcome.at : null,
  };
}
