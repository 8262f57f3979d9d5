import type { Directory } from '../../domain/directory.ts';
import { personOf } from '../../domain/actor.ts';
import type { DomainEvent, RecordedEvent } from '../../domain/event.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { lineOf } from '../../domain/timeline/line.ts';
import type { Line } from '../../domain/text.ts';
import type { Button, Message } from '../message.ts';
import { button, buttons, text, tidy } from './blocks.ts';
import { drillMark } from './naming.ts';
import { plainLine } from './plain.ts';

/** What an announcement needs beside the event: the incident as it is now, and names. */
export interface Announcing {
  readonly incident: Incident;
  readonly directory: Directory;
}

/** What is said in an incident's room when something happens; null for what nobody there wants to read. */
export function announcement(recorded: RecordedEvent, { incident, directory }: Announcing): Message | null {
  const line = lineOf(recorded, directory);
  if (line === null) return null;
  const mark = drillMark(incident);
  const said: Line = tidy([
    ...(mark === '' ? [] : [{ bold: mark.trim() }, ' ']),
    ...line,
    ...ownTime(recorded),
  ]);
  return {
    blocks: [text(...said), ...buttons(...offers(recorded.event, incident))],
    tone: toneOf(recorded.event, incident),
    plain: plainLine(said, { directory, zone: directory.settings.zone }),
    notify: concerned(recorded),
    event: recorded.event.type,
  };
}

/** A note that was written later says of which time it speaks. */
function ownTime({ event, at }: RecordedEvent): Line {
  const isLater = event.type === 'incident.noted' && event.at.getTime() !== at.getTime();
  return isLater ? [' (at ', { time: event.at }, ')'] : [];
}

/** The one thing that is likely to be wanted next. */
function offers(event: DomainEvent, incident: Incident): readonly Button[] {
  const { type } = event;
  const value = incident.id;
  if (!isOpen(incident)) {
    return type === 'incident.resolved' ? [button('draft-postmortem', 'Draft postmortem', { value })] : [];
  }
  if (type === 'incident.alerts_cleared')
    return [button('resolve', 'Resolve incident', { value, style: 'primary' })];
  if (type === 'escalation.exhausted')
    return [button('acknowledge', 'Acknowledge', { value, style: 'primary' })];
  const wantsUpdate =
    type === 'incident.update_due' || (type === 'incident.target_missed' && event.target === 'first_update');
  return wantsUpdate ? [button('post-update', 'Post update', { value, style: 'primary' })] : [];
}

const TONES: Partial<Record<DomainEvent['type'], Message['tone']>> = {
  'incident.resolved': 'good',
  'incident.alerts_cleared': 'good',
  'escalation.exhausted': 'danger',
  'incident.effect_given_up': 'danger',
  'incident.target_missed': 'warning',
  'incident.update_due': 'warning',
  'incident.unacknowledged': 'warning',
  'escalation.page_lost': 'warning',
  'escalation.silence_noticed': 'warning',
};

const NEWS: ReadonlySet<DomainEvent['type']> = new Set(['incident.acknowledged', 'incident.update_posted']);

function toneOf({ type }: DomainEvent, { kind }: Incident): Message['tone'] {
  const quiet = NEWS.has(type) ? 'news' : 'calm';
  return TONES[type] ?? (kind === 'drill' ? 'drill' : quiet);
}

/** Who is to be told by name: whoever was given something to do by somebody else. Whom Firebell brings in is paged anyway. */
function concerned({ event, by }: RecordedEvent): string[] {
  return by.kind === 'bot' ? [] : askedPeople(event).filter((id) => id !== personOf(by));
}

function askedPeople(event: DomainEvent): readonly string[] {
  if (event.type === 'incident.role_assigned') return [event.personId];
  if (event.type === 'incident.members_added') return event.personIds;
  return event.type === 'incident.task_added' && event.owner !== null ? [event.owner] : [];
}
