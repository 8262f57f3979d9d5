import { groupKeys, release } from '../domain/alert/receive.ts';
import { alertId } from '../domain/alert/alert.ts';
import { isActive } from '../domain/alert/silence.ts';
import { silenceEndsSoon, silenceOver } from '../domain/alert/tell-silence.ts';
import type { Db } from '../store/db.ts';
import { holdAlerts } from '../store/inbox.ts';
import { queueEffects } from '../store/outbox.ts';
import {
  closeSilence,
  countLetGo,
  dueSilences,
  findLiveSilence,
  heldBy,
  takeWarning,
} from '../store/silences.ts';
import { inTransaction } from '../store/transaction.ts';
import { openBook } from './alert-book.ts';
import type { EngineParts } from './engine-parts.ts';
import { gather } from './gather.ts';
import { createLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import { storeReceived } from './receive-alerts.ts';
import { tellHappened } from './tell-happened.ts';

/** So many alerts are let go in one transaction. */
const MOST_AT_ONCE = 500;
/** Ends are looked for so often, by each process: whoever comes first closes a silence, and nobody waits for one that died. */
const LOOK_MS = 1_000;
const MINUTE = 60_000;
const SOON = { soonMs: 15 * MINUTE, shortMs: 59 * MINUTE };

/** Closes silences that are over: what they held back and what fires on is taken as new. Tells beforehand that one ends soon. */
export function createSilenceLoop(parts: EngineParts): Loop {
  return createLoop({ round: () => round(parts), tick: () => closeAll(parts) });
}

async function round(parts: EngineParts): Promise<number> {
  try {
    return (await closeAll(parts)) > 0 ? 0 : LOOK_MS;
  } catch (err) {
    parts.logger.error({ err }, 'Silences that are over could not be closed; trying again');
    return LOOK_MS;
  }
}

/** A bad one must not keep the others open. */
async function closeAll(parts: EngineParts): Promise<number> {
  const ids = await dueSilences(parts.store.db, { now: parts.clock.now(), ...SOON });
  const failures: unknown[] = [];
  for (const id of ids) {
    await closeOne(parts, id).catch((error: unknown) => failures.push(error));
    await warnOf(parts, id).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return ids.length;
}

async function warnOf(parts: EngineParts, id: number): Promise<void> {
  const effects = await inTransaction(parts.store.db, async (tx) => {
    const now = parts.clock.now();
    const back = await takeWarning(tx, id, { now, ...SOON });
    const silence = back && (await findLiveSilence(tx, id));
    if (!back || !silence) return [];
    const told = silenceEndsSoon(silence, back, parts.directory());
    await queueEffects(tx, told, now);
    return told;
  });
  if (effects.length > 0) parts.wake({ effects, timers: [] });
}

async function closeOne(parts: EngineParts, id: number): Promise<void> {
  for (let more = true; more;) {
    const closing = await inTransaction(parts.store.db, (tx) => closeIn(tx, parts, id));
    if (closing === null) return;
    tellHappened(closing.work);
    parts.wake(closing.work);
    more = closing.more;
  }
}

/** One transaction: the oldest alerts are let go and, when these were the last, the silence is closed. */
async function closeIn(tx: Db, parts: EngineParts, id: number) {
  await holdAlerts(tx);
  const silence = await findLiveSilence(tx, id);
  if (silence === null || isActive(silence, parts.clock.now())) return null;
  const held = await heldBy(tx, id, MOST_AT_ONCE);
  const signals = held.map(({ signal }) => signal);
  const directory = parts.directory();
  const ids = held.map(({ source, key }) => alertId(source, key));
  const { work, book } = await openBook(tx, parts, { ids, keys: groupKeys(signals, directory) });
  const received = release(book, held, gather(work.now, directory, null));
  const counts = await countLetGo(tx, id, held.length);
  const more = held.length === MOST_AT_ONCE;
  if (!more) {
    await closeSilence(tx, id, work.now);
    work.effects.push(...silenceOver(silence, { held: counts.held, firing: counts.letGo }));
  }
  await storeReceived(work, received);
  return { work, more };
}
