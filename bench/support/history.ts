import { gte, sql } from 'drizzle-orm';
import { BOT } from '../../src/domain/actor.ts';
import type { IncidentSideCommand } from '../../src/domain/command.ts';
import type { Signal } from '../../src/domain/alert/signal.ts';
import { DOMAIN } from '../../src/engine/deciders.ts';
import type { EngineParts } from '../../src/engine/engine-parts.ts';
import { createRightOfWay } from '../../src/engine/right-of-way.ts';
import { handle } from '../../src/engine/handle.ts';
import { receiveAlerts } from '../../src/engine/receive-alerts.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { chatRooms } from '../../src/store/schema/chat.ts';
import { pages } from '../../src/store/schema/core.ts';
import { loadCompany, PEOPLE, SERVICES } from './company.ts';

/** So many incidents are open afterwards. */
export const OPEN_INCIDENTS = 10_000;
const BATCH = 500;

/**
 * Opens incidents as alerts do, each with its room and with a page that was sent and waits for an answer; nothing is left to be
 * carried out. What was said in the rooms is left out.
 */
export async function fillWithHistory(store: Store): Promise<void> {
  const { directory } = loadCompany();
  const parts: EngineParts = {
    store,
    clock: SYSTEM_CLOCK,
    directory: () => directory,
    deciders: DOMAIN,
    logger: createLogger({ level: 'warn' }),
    hooks: {},
    random: Math.random,
    processId: 'history',
    rightOfWay: createRightOfWay(SYSTEM_CLOCK),
    wake: () => undefined,
  };
  for (let first = 1; first <= OPEN_INCIDENTS; first += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, i) => first + i);
    await receiveAlerts(parts, { signals: numbers.map(signalOf), most: 0, inMind: new Map() });
    await openRooms(parts, numbers);
  }
  await store.db.execute(sql`delete from outbox`);
  await store.db.execute(sql`analyze`);
}

async function openRooms(parts: EngineParts, numbers: readonly number[]): Promise<void> {
  const { db } = parts.store;
  const now = parts.clock.now();
  const made = await db
    .insert(chatRooms)
    .values(
      numbers.map((n) => ({
        platform: 'console',
        key: `incident:${n}`,
        name: `inc-${n}`,
        kind: 'incident' as const,
        topic: 'Requests fail',
        isPrivate: false,
        members: [PEOPLE[n % PEOPLE.length] ?? ''],
        createdAt: now,
      })),
    )
    .returning({ id: chatRooms.id, name: chatRooms.name });
  const opened = made.map(({ id, name }, i): IncidentSideCommand => {
    const room = { platform: 'console', roomId: String(id), name };
    return { type: 'incident.record_room', by: BOT, incidentId: numbers[i] ?? 0, room };
  });
  const paged = await db
    .select({ incidentId: pages.incidentId, page: pages.state })
    .from(pages)
    .where(gte(pages.incidentId, numbers[0] ?? 0));
  const sent = paged.flatMap(({ incidentId, page }) =>
    page.attempts.map(({ id }): IncidentSideCommand => ({
      type: 'page.record_sent',
      by: BOT,
      incidentId,
      pageId: page.id,
      attemptId: id,
      messageId: `0/${id}`,
    })),
  );
  await handle(
    parts,
    [...opened, ...sent].map((command) => ({ commands: [command] })),
  );
}

function signalOf(n: number): Signal {
  const startsAt = SYSTEM_CLOCK.now();
  return {
    source: 'generic',
    key: `old-${n}`,
    status: 'firing',
    severity: 'critical',
    title: `Requests fail (${n})`,
    description: null,
    service: SERVICES[n % SERVICES.length] ?? null,
    labels: { place: `old-${n}` },
    links: [],
    startsAt,
    endsAt: null,
  };
}
