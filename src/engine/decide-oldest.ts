import type { Signal } from '../domain/alert/signal.ts';
import type { Logger } from '../lib/logger.ts';
import type { Db } from '../store/db.ts';
import { isConnectionFailure } from '../store/failure.ts';
import { dropFromInbox, oldestInInbox } from '../store/inbox.ts';
import type { Taken } from '../store/inbox.ts';
import { keepUnparsed } from '../store/unparsed.ts';
import type { EngineParts } from './engine-parts.ts';

/** Decides these behind the oldest of the inbox, `most` of them. */
export type Receive = (signals: readonly Signal[], most: number) => Promise<Taken>;

/** Decides the oldest post of the inbox alert by alert, and sets aside what cannot be decided, so that the others go on. */
export async function decideOldest({ store, clock, logger }: EngineParts, receive: Receive): Promise<Taken> {
  const oldest = await oldestInInbox(store.db);
  if (!oldest) return { ids: [], signals: [], more: false };
  for (const signal of oldest.signals) {
    try {
      await receive([signal], 0);
    } catch (error) {
      if (isConnectionFailure(error)) throw error;
      await setAside(store.db, { signal, error, now: clock.now(), logger });
    }
  }
  await dropFromInbox(store.db, oldest.id);
  return { ids: [oldest.id], signals: oldest.signals, more: true };
}

interface Undecidable {
  readonly signal: Signal;
  readonly error: unknown;
  readonly now: Date;
  readonly logger: Logger;
}

async function setAside(db: Db, { signal, error, now, logger }: Undecidable): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  logger.error(
    { err: error, source: signal.source, key: signal.key },
    'An alert could not be decided; it is set aside',
  );
  await keepUnparsed(db, {
    source: signal.source,
    receivedAt: now,
    reason: `Firebell failed to decide this alert: ${why}`,
    contentType: 'application/json',
    body: JSON.stringify(signal),
  });
}
