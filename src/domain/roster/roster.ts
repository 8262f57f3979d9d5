import { z } from 'zod';
import { Actor } from '../actor.ts';
import { Override } from '../schedule/schedule.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** A change to a schedule as it was made, and when it was ended early. Never deleted. */
export const KeptOverride = z.object({
  /** Unique over all schedules; what people type to end it. */
  id: z.int(),
  override: Override,
  why: z.string().nullable(),
  by: Actor,
  at: z.coerce.date(),
  ended: z.object({ at: z.coerce.date(), by: Actor }).nullable(),
});
export type KeptOverride = z.infer<typeof KeptOverride>;

/** A stretch `[start, end)`. */
export const Stretch = z.object({ start: z.coerce.date(), end: z.coerce.date() });

/** Somebody asks others to take a turn of theirs; in a swap, against one that the other has. Never deleted. */
export const CoverRequest = z.object({
  /** Unique over all schedules, overrides included. */
  id: z.int(),
  by: z.string(),
  period: Stretch,
  /** What the asker takes in return; null when it is no swap. */
  theirs: Stretch.nullable(),
  asked: z.array(z.object({ personId: z.string(), answer: z.enum(['waiting', 'no']) })),
  note: z.string().nullable(),
  at: z.coerce.date(),
  expiresAt: z.coerce.date(),
  end: z
    .object({
      why: z.enum(['taken', 'declined', 'withdrawn', 'expired']),
      /** Who took it, was the last to say no, or withdrew it. */
      by: z.string().nullable(),
      at: z.coerce.date(),
    })
    .nullable(),
});
export type CoverRequest = z.infer<typeof CoverRequest>;

/** What people have changed about one schedule, and what they have asked of each other, oldest first. */
export const Roster = z.object({
  overrides: z.array(KeptOverride).readonly(),
  requests: z.array(CoverRequest).readonly().default([]),
});
export type Roster = z.infer<typeof Roster>;

/** A schedule about which nobody has changed anything. */
export const EMPTY_ROSTER: Roster = { overrides: [], requests: [] };

const MINUTE = 60_000;

/** An instant at its full minute, as schedules know them. */
export function toMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);
}

/** An instant as an override writes it. */
export function writeInstant(at: Date): string {
  return at.toISOString().replace(':00.000Z', ':00Z');
}

/** The overrides that count, in the order in which they were made. One that was ended early covers what had passed by then. */
export function inForce({ overrides }: Pick<Roster, 'overrides'>): readonly Override[] {
  return overrides.flatMap(({ override, ended }) => {
    const end = endOf({ override, ended });
    if (end.getTime() <= Date.parse(override.start)) return [];
    return [{ ...override, end: writeInstant(end) }];
  });
}

/** When an override stops to count. */
export function endOf({ override, ended }: Pick<KeptOverride, 'override' | 'ended'>): Date {
  const planned = Date.parse(override.end);
  return new Date(ended === null ? planned : Math.min(planned, toMinute(ended.at).getTime()));
}

/** True while an override can still change who is on call. */
export function isLive(kept: KeptOverride, now: Date): boolean {
  return kept.ended === null && endOf(kept) > now;
}

/** A schedule with what people have changed about it, after what the schedule itself says. */
export function withRoster(schedule: Schedule, roster: Pick<Roster, 'overrides'>): Schedule {
  const changes = inForce(roster);
  return changes.length === 0
    ? schedule
    : { ...schedule, overrides: [...(schedule.overrides ?? []), ...changes] };
}
