import { createHash, createHmac } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import type { Feed, FeedEvent } from '../../domain/calendar/feed.ts';
import type { Revisions, Told } from '../../domain/calendar/revisions.ts';

/** An event with its id for the outside, and a digest of all that is told of it. */
export interface IdentifiedEvent extends FeedEvent, Told {}

/** How often a calendar program is asked to look again, in seconds. */
const LOOK_AGAIN_S = 3600;

// What makes a calendar without events one that RFC 5545 allows: it needs some component.
const NO_EVENTS = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

/** Gives every event of a calendar the id that it keeps: it names nothing, and is unlike those of other calendars and installations. */
export function identify({ events }: Feed, feedId: number, secret: string): readonly IdentifiedEvent[] {
  return events.map((event) => {
    const { key, start, end, summary, description } = event;
    const mac = createHmac('sha256', secret).update(`calendar\0${feedId}\0${key}`).digest('hex');
    const told = JSON.stringify([start, end, summary, description]);
    const digest = createHash('sha256').update(told).digest('base64url').slice(0, 22);
    return { ...event, uid: `${mac.slice(0, 32)}@firebell`, digest };
  });
}

/**
 * A calendar as RFC 5545 writes it. Times are instants in UTC: no program has to agree with ours, or with another one, about the
 * rules of a zone, and each shows them in its reader's own.
 */
export function renderFeed(
  { name, description }: Feed,
  events: readonly IdentifiedEvent[],
  revisions: Revisions,
): string {
  const calendar = ical({
    prodId: { company: 'Firebell', product: 'On call', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // The library writes both as they are.
    name: escapeText(name),
    description: escapeText(description),
    ttl: LOOK_AGAIN_S,
  });
  for (const event of events) addEvent(calendar, event, revisions);
  const text = calendar.toString();
  const whole = events.length > 0 ? text : text.replace(/END:VCALENDAR$/, `${NO_EVENTS}END:VCALENDAR`);
  return `${whole}\r\n`;
}

function addEvent(calendar: ReturnType<typeof ical>, event: IdentifiedEvent, revisions: Revisions): void {
  const { uid, start, end, summary, description } = event;
  const revision = revisions[uid];
  if (!revision) throw new Error(`expected a revision of every event, found none of ${uid}`);
  calendar.createEvent({
    id: uid,
    sequence: revision.sequence,
    // When the event last changed, not when it is told: the same calendar is the same text.
    stamp: revision.changedAt,
    lastModified: revision.changedAt,
    start,
    end,
    summary,
    description,
    // Being on call does not fill the day: it must not block invitations.
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  });
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
}
