import { asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Db } from './db.ts';
import { processes } from './schema/core.ts';

/** A process that shares this database. */
export interface ProcessRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly url: string | null;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** Of the configuration it runs with. */
  readonly configHash: string | null;
  /** Why the newest configuration could not be loaded. */
  readonly configProblem: string | null;
}

/** A process that was not seen for so long counts as gone. */
export const GONE_MS = 30_000;

/** Says that a process lives, with what is known about it now. */
export async function saveProcess(db: Db, row: ProcessRow): Promise<void> {
  const { id: _id, startedAt: _startedAt, ...changing } = row;
  await db.insert(processes).values(row).onConflictDoUpdate({ target: processes.id, set: changing });
}

/** The processes that were seen lately, the oldest first. */
export async function livingProcesses(db: Db, now: Date): Promise<readonly ProcessRow[]> {
  return db
    .select()
    .from(processes)
    .where(gte(processes.seenAt, new Date(now.getTime() - GONE_MS)))
    .orderBy(asc(processes.startedAt));
}

/** Every process of this host that has not said goodbye. */
export async function processesOfHost(db: Db, host: string): Promise<readonly ProcessRow[]> {
  return db.select().from(processes).where(eq(processes.host, host));
}

/** Forgets processes. */
export async function forgetProcesses(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(processes).where(inArray(processes.id, [...ids]));
}

/** Forgets processes that were not seen for a day. */
export async function forgetOldProcesses(db: Db, now: Date): Promise<void> {
  await db.delete(processes).where(lt(processes.seenAt, new Date(now.getTime() - 24 * 60 * 60_000)));
}
