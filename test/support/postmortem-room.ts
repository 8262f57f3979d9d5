import { Transcript, type TranscriptMessage } from '../../src/domain/postmortem/transcript.ts';

/** A line said in a room: minutes after the start, author, text, and what else the platform knows of it. */
export type Said = readonly [minute: number, user: string, text: string, more?: Partial<TranscriptMessage>];

/** Where and when a room of a test talks. */
export interface RoomSetting {
  readonly start?: string;
  readonly timezone?: string;
  readonly title?: string;
  readonly bots?: readonly string[];
}

/** The transcript of a room; messages are m1, m2, … and every author is a user whose display name is capitalised. */
export function transcriptOf(said: readonly Said[], setting: RoomSetting = {}): Transcript {
  const { start = '2025-03-10T09:00:00Z', timezone = 'UTC', title = 'Shop down', bots = [] } = setting;
  const authors = [...new Set(said.map(([, user]) => user))];
  return Transcript.parse({
    schema: 'incident-transcript/1',
    id: 'case',
    platform: 'slack',
    channel: '#inc-1',
    timezone,
    incident: { title, severity: 'sev1' },
    users: authors.map((id) => ({
      id,
      name: id,
      displayName: id.charAt(0).toUpperCase() + id.slice(1),
      bot: bots.includes(id),
    })),
    messages: said.map(([minute, user, text, more = {}], i) => ({
      id: `m${i + 1}`,
      ts: new Date(Date.parse(start) + minute * 60_000).toISOString(),
      user,
      text,
      ...(bots.includes(user) ? { bot: true } : {}),
      ...more,
    })),
  });
}
