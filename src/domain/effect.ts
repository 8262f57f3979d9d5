import { z } from 'zod';
import { Target } from './escalation/run.ts';
import { RecordedEvent } from './event.ts';
import { RoomRef } from './incident/incident.ts';
import { Line } from './text.ts';

const incidentId = z.int();

/**
 * Everything that Firebell does to the world, carried out from the outbox after the commit.
 * A *sync* makes something match the newest state, so several waiting ones are one; an *announce* says its content once.
 */
export const Effect = z.discriminatedUnion('type', [
  /** Finds or makes the incident's room. Answers with `incident.record_room`. */
  z.object({
    type: z.literal('chat.open_room'),
    incidentId,
    /** In the place of one that is gone: what waits for the room does not hold it up. */
    anew: z.literal(true).optional(),
  }),
  /** Announce: says in the room that people worked in before where they are now. A room of our own is archived. */
  z.object({ type: z.literal('chat.leave_room'), incidentId, room: RoomRef }),
  /** Sync: topic, members, archived or not. */
  z.object({ type: z.literal('chat.sync_room'), incidentId }),
  /** Sync: the live card, pinned in the room. */
  z.object({ type: z.literal('chat.sync_card'), incidentId }),
  /** Announce: says in the incident's room what happened. */
  z.object({ type: z.literal('chat.announce'), incidentId, recorded: RecordedEvent }),
  /** Announce: tells the stakeholders in the announcement room, or those who follow a service in the channel named. */
  z.object({
    type: z.literal('chat.broadcast'),
    incidentId,
    recorded: RecordedEvent,
    channel: z.string().optional(),
  }),
  /** Announce: tells a chat channel that an escalation step names. */
  z.object({
    type: z.literal('chat.tell_channel'),
    incidentId,
    channel: z.string(),
    message: z.string().nullable(),
  }),
  /** Announce: mentions a user group of the platform in the incident's room, because an escalation step names it. */
  z.object({
    type: z.literal('chat.tell_group'),
    incidentId,
    group: z.string(),
    message: z.string().nullable(),
  }),
  /** Announce: tells the admins what Firebell could not do. */
  z.object({ type: z.literal('chat.tell_admins'), incidentId: incidentId.nullable(), text: z.string() }),
  /** Announce: says something in the room of an incident that is open; otherwise, or where that is null, in the announcement room. */
  z.object({ type: z.literal('chat.tell_room'), incidentId: incidentId.nullable(), text: Line }),
  /** Announce: a direct message that is no page. The same key is the same message. */
  z.object({
    type: z.literal('chat.tell_person'),
    personId: z.string(),
    key: z.string(),
    text: z.union([z.string(), Line]),
    /** A list under the text. */
    items: z.array(Line).optional(),
    /** Each does for whoever presses it what the typed command does. */
    buttons: z
      .array(z.object({ label: z.string(), command: z.string().max(100) }))
      .max(4)
      .default([]),
  }),
  /** Sync: the direct message that says what arrived of a person's test page, and how. */
  z.object({ type: z.literal('chat.sync_test_report'), incidentId, pageId: z.string() }),
  /** Announce: a webhook that an escalation step names. */
  z.object({ type: z.literal('notify.call_webhook'), incidentId, target: Target, runId: z.string() }),
  /** One attempt of a page. Answers with `page.record_sent` or `page.record_failed`. */
  z.object({
    type: z.literal('page.send'),
    incidentId,
    pageId: z.string(),
    attemptId: z.string(),
    channel: z.string(),
  }),
  /** Sync: what the person's messages about a page say, after it has ended or changed. */
  z.object({ type: z.literal('page.sync'), incidentId, pageId: z.string() }),
  /** Sync: one summary of the pages that a person never got because we were down. */
  z.object({ type: z.literal('page.fold'), personId: z.string() }),
  /** Drafts the postmortem from the transcript, posts it in the room. Answers with `incident.record_postmortem`. */
  z.object({ type: z.literal('postmortem.publish'), incidentId }),
  /** Writes what happened to a silence that was made from an incident into its timeline. Answers with `incident.record_silence`. */
  z.object({ type: z.literal('incident.note_silence'), incidentId, text: Line }),
]);
export type Effect = z.infer<typeof Effect>;

/** The one effect of a type. */
export type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** How the outbox treats an effect. */
export interface Handling {
  /** Effects of one lane keep their order and never overtake each other. */
  readonly lane: string;
  /** 0 goes first. */
  readonly priority: number;
  /** Effects that wait under the same key are one; null is never merged. */
  readonly mergeKey: string | null;
}

/** The handling of each effect: pages first and each in a lane of its own, then rooms, then what is said in them. */
export function handlingOf(effect: Effect): Handling {
  switch (effect.type) {
    case 'page.send':
      return { lane: `page:${effect.attemptId}`, priority: 0, mergeKey: effect.attemptId };
    case 'page.fold':
      return { lane: `fold:${effect.personId}`, priority: 1, mergeKey: `fold:${effect.personId}` };
    case 'page.sync':
      return { lane: `page:${effect.pageId}`, priority: 2, mergeKey: `page:${effect.pageId}` };
    case 'notify.call_webhook':
      return { lane: `webhook:${effect.target.id}:${effect.incidentId}`, priority: 2, mergeKey: null };
    case 'chat.open_room': {
      const open = `open:${effect.incidentId}`;
      if (effect.anew === true) return { lane: open, priority: 3, mergeKey: `${open}:anew` };
      return { lane: `room:${effect.incidentId}`, priority: 3, mergeKey: open };
    }
    case 'chat.leave_room':
      return { lane: `room:${effect.incidentId}`, priority: 4, mergeKey: null };
    case 'chat.announce':
      return { lane: `room:${effect.incidentId}`, priority: 4, mergeKey: null };
    case 'chat.broadcast':
      return {
        lane: effect.channel === undefined ? 'announcements' : `channel:${effect.channel}`,
        priority: 4,
        mergeKey: null,
      };
    case 'chat.tell_group':
      return { lane: `room:${effect.incidentId}`, priority: 3, mergeKey: null };
    case 'chat.tell_channel':
      return { lane: `channel:${effect.channel}`, priority: 3, mergeKey: null };
    case 'chat.tell_room':
      return {
        lane: effect.incidentId === null ? 'announcements' : `room:${effect.incidentId}`,
        priority: 4,
        mergeKey: null,
      };
    case 'chat.tell_admins':
      return { lane: 'admins', priority: 4, mergeKey: null };
    case 'chat.sync_test_report':
      return { lane: `report:${effect.pageId}`, priority: 5, mergeKey: `report:${effect.pageId}` };
    case 'chat.tell_person':
      return { lane: `person:${effect.personId}`, priority: 3, mergeKey: `tell:${effect.key}` };
    case 'chat.sync_card':
      return { lane: `card:${effect.incidentId}`, priority: 5, mergeKey: `card:${effect.incidentId}` };
    case 'chat.sync_room':
      return {
        lane: `room-state:${effect.incidentId}`,
        priority: 6,
        mergeKey: `room-state:${effect.incidentId}`,
      };
    case 'incident.note_silence':
      return { lane: `silences:${effect.incidentId}`, priority: 4, mergeKey: null };
    case 'postmortem.publish':
      return { lane: `room:${effect.incidentId}`, priority: 6, mergeKey: `postmortem:${effect.incidentId}` };
  }
}
