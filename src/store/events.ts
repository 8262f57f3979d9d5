import type { RecordedEvent } from '../domain/event.ts';
import { insertRows } from './bulk.ts';
import type { Db } from './db.ts';
import { events } from './schema/core.ts';

/** Adds to the logs of incidents whose locks the caller holds. */
export async function addEvents(db: Db, happened: readonly RecordedEvent[]): Promise<void> {
  const rows = happened.map(({ incidentId, seq, at, by, event }) => ({
    incidentId,
    seq,
    at,
    by,
    event,
    type: event.type,
  }));
  await insertRows(db, events, rows);
}
