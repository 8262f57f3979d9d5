import type { Clock } from '../lib/clock.ts';
import type { StoreStats } from '../store/metrics-reads.ts';
import { lagCondition } from './health.ts';
import type { Condition, Health } from './health.ts';

/** What is asked about the house as a whole. */
export interface HouseParts {
  readonly version: string;
  readonly clock: Clock;
  readonly database: 'postgres' | 'pglite';
  readonly stats: () => Promise<StoreStats>;
  /** Whether alerts can be stored. */
  readonly intake: () => Condition;
  /** Where people talk. */
  readonly chats: readonly { readonly name: string; readonly health: () => Promise<Condition> }[];
  readonly channels: () => readonly (Condition & { readonly name: string })[];
  /** The first thing that is wrong with the newest configuration file; null when it was taken. */
  readonly configProblem: () => string | null;
  /** Whether what the database changes about schedules could be read. */
  readonly overlay: () => Condition;
  /** Whether the calendars could be read that schedules come from. */
  readonly calendars: () => Condition;
  /** Whether the work went well that is due by the clock, such as reminders. */
  readonly routines: () => Promise<Condition>;
}

/** A backlog older than this is a reason to send alerts and people to another process. */
const LATE_MS = 30_000;

/** How the house is doing, for `/readyz`. */
export function houseHealth(parts: HouseParts): Health {
  const { version, clock, database, stats } = parts;
  const lateBy = (since: Date | null): Condition =>
    lagCondition(since === null ? 0 : clock.now().getTime() - since.getTime(), LATE_MS);
  return {
    version,
    required: {
      database: async () => ({ ok: (await stats()).outbox.waiting >= 0, detail: database }),
      intake: () => Promise.resolve(parts.intake()),
      // What was tried and failed waits for others, such as a mail server: no reason to go elsewhere.
      outbox: async () => lateBy((await stats()).untriedSince),
      timers: async () => lateBy((await stats()).timers.oldestDue),
    },
    told: {
      ...Object.fromEntries(parts.chats.map(({ name, health }) => [`chat ${name}`, health])),
      ...Object.fromEntries(
        parts.channels().map(({ name }) => [`channel ${name}`, () => channelNamed(name, parts)]),
      ),
      schedules: () => Promise.resolve(parts.overlay()),
      calendars: () => Promise.resolve(parts.calendars()),
      routines: parts.routines,
      configuration: () => {
        const problem = parts.configProblem();
        return Promise.resolve({ ok: problem === null, detail: problem ?? 'as the file says' });
      },
    },
  };
}

function channelNamed(name: string, { channels }: HouseParts): Promise<Condition> {
  const { ok, detail } = channels().find((one) => one.name === name) ?? { ok: false, detail: 'gone' };
  return Promise.resolve({ ok, detail });
}
