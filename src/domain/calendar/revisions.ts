import { z } from 'zod';

/** What was last told of one event: `sequence` counts its changes from 0; `goneAt` is when it was no longer in the calendar. */
const Revision = z.object({
  digest: z.string(),
  sequence: z.int(),
  changedAt: z.coerce.date(),
  goneAt: z.coerce.date().nullable(),
});

/** What a calendar has told so far, by the ids of its events. */
export const Revisions = z.record(z.string(), Revision);
export type Revisions = z.infer<typeof Revisions>;

/** An event with a digest of all that is told of it. */
export interface Told {
  readonly uid: string;
  readonly digest: string;
}

/** An event that comes back within this time goes on counting where it was. */
const REMEMBERED_MS = 60 * 86_400_000;

/** What has to be remembered once these events are told; the same object when nothing has changed. */
export function revise(before: Revisions, told: readonly Told[], now: Date): Revisions {
  const present = new Set(told.map(({ uid }) => uid));
  const gone = Object.entries(before).filter(([uid]) => !present.has(uid));
  const isSame =
    told.every(({ uid, digest }) => before[uid]?.digest === digest && before[uid].goneAt === null) &&
    gone.every(([, { goneAt }]) => goneAt !== null);
  if (isSame) return before;
  return Object.fromEntries([
    ...told.map(({ uid, digest }) => [uid, next(before[uid], digest, now)] as const),
    ...gone
      .map(([uid, revision]) => [uid, { ...revision, goneAt: revision.goneAt ?? now }] as const)
      .filter(([, { goneAt }]) => now.getTime() - goneAt.getTime() < REMEMBERED_MS),
  ]);
}

function next(before: Revisions[string] | undefined, digest: string, now: Date): Revisions[string] {
  if (before === undefined) return { digest, sequence: 0, changedAt: now, goneAt: null };
  if (before.digest === digest && before.goneAt === null) return before;
  return { digest, sequence: before.sequence + 1, changedAt: now, goneAt: null };
}
