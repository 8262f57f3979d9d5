import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Db } from './db.ts';
import { pushSubscriptions } from './schema/push.ts';

/** How to reach one browser: what it hands out when somebody allows notifications. */
export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A browser that a person is notified on. */
export interface PushDevice extends PushTarget {
  readonly id: number;
  readonly label: string;
  readonly createdAt: Date;
}

/** A device that is about to be somebody's. */
export interface NewDevice extends PushTarget {
  readonly personId: string;
  readonly label: string;
}

/** Keeps a device. A browser belongs to whoever subscribed it last, so that nobody's pages reach somebody else's screen. */
export async function keepDevice(db: Db, device: NewDevice, now: Date): Promise<void> {
  const { personId, p256dh, auth, label } = device;
  await db
    .insert(pushSubscriptions)
    .values({ ...device, createdAt: now })
    .onConflictDoUpdate({
      target: pushSubscriptions.endpoint,
      set: { personId, p256dh, auth, label, createdAt: now },
    });
}

/** The devices of a person, oldest first. */
export async function devicesOf(db: Db, personId: string): Promise<readonly PushDevice[]> {
  const { id, endpoint, p256dh, auth, label, createdAt } = pushSubscriptions;
  return db
    .select({ id, endpoint, p256dh, auth, label, createdAt })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.personId, personId))
    .orderBy(asc(id));
}

/** How many devices each person has; people without any are absent. */
export async function deviceCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const { personId } = pushSubscriptions;
  const rows = await db.select({ personId, devices: count() }).from(pushSubscriptions).groupBy(personId);
  return new Map(rows.map((row) => [row.personId, row.devices]));
}

/** Forgets a device of this person; false when they have none of that id. */
export async function removeDevice(db: Db, personId: string, id: number): Promise<boolean> {
  const removed = await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.personId, personId), eq(pushSubscriptions.id, id)))
    .returning({ id: pushSubscriptions.id });
  return removed.length > 0;
}

/** Forgets devices whose push service says that they are gone. */
export async function forgetEndpoints(db: Db, endpoints: readonly string[]): Promise<void> {
  if (endpoints.length === 0) return;
  await db.delete(pushSubscriptions).where(inArray(pushSubscriptions.endpoint, [...endpoints]));
}

/** A browser changed its address by itself: the device stays whose it was. False when nobody knows the old one. */
export async function renewDevice(db: Db, oldEndpoint: string, target: PushTarget): Promise<boolean> {
  const renewed = await db
    .update(pushSubscriptions)
    .set(target)
    .where(eq(pushSubscriptions.endpoint, oldEndpoint))
    .returning({ id: pushSubscriptions.id });
  return renewed.length > 0;
}
