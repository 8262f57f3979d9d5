import type { Directory } from '../../domain/directory.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Transcript, TranscriptMessage, TranscriptUser } from '../../domain/postmortem/transcript.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import { sizeWords } from '../files/size-words.ts';
import type { SpokenFile, SpokenMessage } from '../platform.ts';
import { announcement } from '../views/announcement.ts';
import { CARD } from '../views/incident-card.ts';
import { DRAFT } from '../views/postmortem-post.ts';
import { SUMMARY } from '../views/running-summary.ts';

/** What was said in the room, and what the log says about the incident. */
export interface RoomRecord {
  readonly incident: Incident;
  readonly events: readonly RecordedEvent[];
  readonly spoken: readonly SpokenMessage[];
  readonly directory: Directory;
}

/** The transcript as a postmortem is drafted from it: without our own card, and with what our own posts announced. */
export function transcriptOf(record: RoomRecord): Transcript {
  const { incident, directory, spoken } = record;
  const announced = announcedTexts(record);
  const messages = spoken.flatMap((message) => toMessage(message, announced.get(message.text)));
  return {
    schema: 'incident-transcript/1',
    id: `incident-${incident.id}`,
    platform: incident.room?.platform ?? 'unknown',
    channel: incident.room?.name ?? '',
    timezone: directory.settings.zone,
    incident: { title: incident.title, severity: severityName(incident.severity, directory) },
    users: usersOf(record),
    messages,
  };
}

/** What our posts in the room announced: their plain text -> the event. The newest wins where two read the same. */
export function announcedTexts({
  events,
  incident,
  directory,
}: RoomRecord): ReadonlyMap<string, RecordedEvent> {
  return new Map(
    events.flatMap((recorded) => {
      const message = announcement(recorded, { incident, directory });
      return message === null ? [] : [[message.plain, recorded] as const];
    }),
  );
}

// The words that transcripts use for these two.
const EVENT_NAMES: Readonly<Record<string, string>> = {
  'incident.severity_changed': 'severity.changed',
  'incident.role_assigned': 'role.assigned',
};

function toMessage(
  message: SpokenMessage,
  announced: RecordedEvent | undefined,
): readonly TranscriptMessage[] {
  const type = message.isBot ? (message.event ?? announced?.event.type) : undefined;
  // A note has a time of its own, which the log knows and the post does not; cards and drafts are no part of the story.
  if (type === 'incident.noted' || type === CARD || type === DRAFT || type === SUMMARY) return [];
  // What a monitor opened reads as its alert, as if the monitor had posted it.
  const said = announced?.by.kind === 'monitor' ? undefined : type;
  return [
    {
      id: message.id,
      ts: message.at.toISOString(),
      user: message.author,
      text: message.text,
      bot: message.isBot,
      reactions: message.reactions.map(({ name, count }) => ({ name, count })),
      ...(message.files === undefined ? {} : { files: message.files.map(fileOf) }),
      ...(message.thread === null ? {} : { thread: message.thread }),
      ...(message.pinnedBy === null ? {} : { pinned: { by: message.pinnedBy } }),
      ...(message.editedAt === null ? {} : { edited: { ts: message.editedAt.toISOString() } }),
      ...(message.deletedAt === null ? {} : { deleted: { ts: message.deletedAt.toISOString() } }),
      ...(said === undefined ? {} : { event: { type: EVENT_NAMES[said] ?? said } }),
    },
  ];
}

/** Its kind and size say how much a name is worth to whoever looks for it. */
function fileOf({ name, type, bytes }: SpokenFile) {
  return {
    name: [name, type, bytes === null ? null : sizeWords(bytes)].filter((part) => part !== null).join(', '),
  };
}

/** Who spoke, and who was there or spoken to without a word of their own: they too may have been asked to do something. */
function usersOf({ incident, spoken, directory }: RoomRecord): TranscriptUser[] {
  const speakers = spoken.map(({ author, authorName, isBot }): TranscriptUser => ({
    id: author,
    name: authorName,
    displayName: authorName,
    bot: isBot,
  }));
  const platform = incident.room?.platform ?? '';
  const called = new Set(
    spoken.flatMap(({ text }) => [...text.matchAll(/@!?([\w.-]+)/g)].map(([, id]) => id ?? '')),
  );
  const others = [...directory.people.values()].flatMap(({ id, name, handles }): TranscriptUser[] => {
    const account = handles[platform] ?? id;
    const isMeant = incident.members.includes(id) || called.has(id) || called.has(account);
    return isMeant ? [{ id: account, name, displayName: name, bot: false }] : [];
  });
  const all = [...others, ...speakers].map((user): [string, TranscriptUser] => [user.id, user]);
  return [...new Map(all).values()].filter(({ id }) => id !== '');
}
