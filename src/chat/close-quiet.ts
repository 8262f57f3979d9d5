import { BOT } from '../domain/actor.ts';
import type { Directory } from '../domain/directory.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { Routine } from '../engine/routine.ts';
import type { ChatPlatform, SpokenMessage } from './platform.ts';
import type { ChatReads } from './reads.ts';
import { note } from './views/blocks.ts';

/** What it takes to close what nobody works on any more. */
export interface ClosingParts {
  readonly chat: ChatPlatform;
  readonly reads: Pick<ChatReads, 'eventsOf'>;
  /** Incidents that were resolved before `before` and not closed yet, the oldest first. */
  readonly resolvedBefore: (before: Date) => Promise<readonly Incident[]>;
  readonly door: FrontDoor;
  readonly directory: () => Directory;
  /** Null is never. */
  readonly afterMs: () => number | null;
}

const DAY = 86_400_000;
/** Marks the word before in the transcript. */
const CLOSING = 'incident.closing_soon';

/**
 * Closes resolved incidents in whose room nobody has said or done anything for so long, a day after a word about it; a closed one's room
 * is put away as the platform does it. While a task is open it stays.
 */
export function closingRoutine(parts: ClosingParts): Routine {
  return {
    name: 'close quiet incidents',
    everyMs: 30 * 60_000,
    run: async (now) => {
      const afterMs = parts.afterMs();
      if (afterMs === null) return;
      const before = new Date(now.getTime() - afterMs + DAY);
      for (const incident of await parts.resolvedBefore(before))
        await look(incident, { now, afterMs }, parts);
    },
  };
}

interface When {
  readonly now: Date;
  readonly afterMs: number;
}

async function look(incident: Incident, { now, afterMs }: When, parts: ClosingParts): Promise<void> {
  const { chat, door } = parts;
  const { id, room, tasks } = incident;
  if (room?.platform !== chat.name || tasks.some(({ doneAt }) => doneAt === null)) return;
  const done = await lastDone(incident, parts);
  if (now.getTime() < done + afterMs - DAY) return;
  const transcript = await chat.transcript(room.roomId);
  // What cannot be read any more says nothing; what may be read later is.
  if (!transcript.ok && transcript.failure.kind === 'temporary') return;
  const spoken = transcript.ok ? transcript.value : [];
  const last = room.isBorrowed === true ? done : Math.max(done, ...spoken.filter(isSaid).map(timeOf));
  if (now.getTime() < last + afterMs - DAY) return;
  const word = spoken.findLast(({ isBot, event, at }) => isBot && event === CLOSING && at.getTime() > last);
  if (word === undefined && transcript.ok && room.isBorrowed !== true) {
    await chat.post(room.roomId, closingSoon(parts.directory(), afterMs), `closing:${id}:${last}`);
    return;
  }
  if (now.getTime() < Math.max(last + afterMs, word === undefined ? 0 : timeOf(word) + DAY)) return;
  const message = `nobody has said anything for ${inDays(afterMs)}`;
  await door.say({ type: 'incident.set_status', by: BOT, incidentId: id, status: 'closed', message });
}

/** When somebody last did something about it, in ms since 1970; what Firebell and monitors do does not count. */
async function lastDone({ id, resolvedAt }: Incident, { reads }: ClosingParts): Promise<number> {
  const byPeople = (await reads.eventsOf(id)).filter(({ by }) => by.kind === 'person' || by.kind === 'guest');
  return Math.max(resolvedAt?.getTime() ?? 0, ...byPeople.map(timeOf));
}

function isSaid({ isBot, deletedAt }: SpokenMessage): boolean {
  return !isBot && deletedAt === null;
}

function timeOf({ at }: { readonly at: Date }): number {
  return at.getTime();
}

function closingSoon(directory: Directory, afterMs: number) {
  return note(
    [
      [
        `Nobody has said anything here for ${inDays(afterMs - DAY)}. Tomorrow the incident is closed and this room is put away. Say anything to keep it; `,
        { code: 'postmortem' },
        ' drafts one, if it is still to be written.',
      ],
    ],
    { directory, zone: directory.settings.zone },
    { event: CLOSING },
  );
}

function inDays(ms: number): string {
  const days = Math.round(ms / DAY);
  return days === 1 ? 'a day' : `${days} days`;
}
