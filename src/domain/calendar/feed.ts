import { cleanLine } from '../../lib/clean-text.ts';
import type { Directory, NamedSchedule } from '../directory.ts';
import { onCallAt } from '../schedule/on-call.ts';
import { formatInZone } from '../schedule/zone.ts';
import { stretchesOf, stretchesWith, type CalendarWindow, type Stretch } from './stretches.ts';
import type { FeedSubject } from './subject.ts';

/** One event of a calendar, in plain words. It holds names and times and nothing else of anybody. */
export interface FeedEvent {
  /** The same for as long as it is the same shift, whatever becomes of its end and of the window; unlike every other in this feed. */
  readonly key: string;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
}

/** A calendar that others subscribe to. */
export interface Feed {
  readonly name: string;
  readonly description: string;
  readonly events: readonly FeedEvent[];
}

const LONGEST_NAME = 120;

/** The calendar of a person, a team or a schedule in a window; null when the configuration has no such thing any more. */
export function feedOf(subject: FeedSubject, directory: Directory, window: CalendarWindow): Feed | null {
  const at = { directory, window };
  switch (subject.kind) {
    case 'person':
      return personFeed(subject.id, at);
    case 'team':
      return teamFeed(subject.id, at);
    case 'schedule': {
      const schedule = directory.schedules.get(subject.id);
      if (!schedule) return null;
      const name = clean(schedule.name);
      return { name, description: `Who is on call: ${name}`, events: eventsOf(schedule, at) };
    }
  }
}

interface At {
  readonly directory: Directory;
  readonly window: CalendarWindow;
}

function personFeed(id: string, at: At): Feed | null {
  const person = at.directory.people.get(id);
  if (!person) return null;
  const name = clean(person.name);
  const events = [...at.directory.schedules.values()].flatMap((schedule) => shiftsOf(id, schedule, at));
  return {
    name: `${name} on call`,
    description: `Every shift of ${name}, on all schedules`,
    events: inOrder(events),
  };
}

/** The team's own schedule with its gaps, and what its members do on other schedules. */
function teamFeed(id: string, at: At): Feed | null {
  const team = at.directory.teams.get(id);
  if (!team) return null;
  const name = clean(team.name);
  const events = [...at.directory.schedules.values()].flatMap((schedule) =>
    schedule.id === team.schedule
      ? eventsOf(schedule, at).map((event) => ({
          ...event,
          summary: `${event.summary} (${clean(schedule.name)})`,
        }))
      : [...new Set(team.members)].flatMap((member) =>
          shiftsOf(member, schedule, at).map((event) => ({
            ...event,
            summary: `On call: ${nameOf(member, at.directory)} (${clean(schedule.name)})`,
          })),
        ),
  );
  return {
    name: `${name} on call`,
    description: `The shifts of the team ${name} and of its members`,
    events: inOrder(events),
  };
}

/** Every stretch of a schedule, its gaps included. */
function eventsOf(schedule: NamedSchedule, at: At): readonly FeedEvent[] {
  return stretchesOf(schedule.schedule, at.window).map((stretch) => ({
    ...frame(schedule, stretch, at),
    key: keyOf(schedule, stretch),
    summary:
      stretch.onCall.length === 0
        ? 'Nobody on call'
        : `On call: ${stretch.onCall.map((id) => nameOf(id, at.directory)).join(', ')}`,
  }));
}

function shiftsOf(id: string, schedule: NamedSchedule, at: At): readonly FeedEvent[] {
  return stretchesWith(id, schedule.schedule, at.window).map((stretch) => ({
    ...frame(schedule, stretch, at),
    key: keyOf(schedule, stretch),
    summary: `On call: ${clean(schedule.name)}`,
  }));
}

function keyOf({ id }: NamedSchedule, { start, onCall, beganBefore }: Stretch): string {
  return JSON.stringify([id, onCall, beganBefore ? 'before' : start.toISOString()]);
}

function frame(
  { name, schedule }: NamedSchedule,
  stretch: Stretch,
  { directory }: At,
): Pick<FeedEvent, 'start' | 'end' | 'description'> {
  const { start, end, beganBefore, goesOn } = stretch;
  const zone = schedule.timeZone;
  const next = onCallAt(schedule, end).map((id) => nameOf(id, directory));
  const lines = [
    `Schedule: ${clean(name)}`,
    `${beganBefore ? 'Since before' : 'From'} ${formatInZone(start, zone)} ${goesOn ? 'beyond' : 'to'} ${formatInZone(end, zone)} (${zone})`,
    ...(goesOn ? [] : [`Then: ${next.join(', ') || 'nobody'}`]),
  ];
  return { start, end, description: lines.join('\n') };
}

function inOrder(events: readonly FeedEvent[]): readonly FeedEvent[] {
  return events.toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

function nameOf(id: string, { people }: Directory): string {
  return clean(people.get(id)?.name ?? id);
}

function clean(text: string): string {
  return cleanLine(text, LONGEST_NAME);
}
