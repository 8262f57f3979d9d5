import type { DomainEvent, RecordedEvent } from '../../domain/event.ts';
import type { FactInstant, FactLine, FactTask, IncidentFacts } from '../../domain/postmortem/facts.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import { timelineOf } from '../../domain/timeline/timeline.ts';
import { personName, plainLine } from '../views/plain.ts';
import { announcedTexts } from './postmortem-transcript.ts';
import type { RoomRecord } from './postmortem-transcript.ts';

/** What Firebell itself knows of the incident beside the chat; every fact names the event that says it. */
export function factsOf(record: RoomRecord): IncidentFacts {
  const { incident, events, directory } = record;
  const roles = Object.entries(incident.roles).map(([role, id]) => ({
    role,
    person: personName(id, directory),
  }));
  const declared = events.find(({ event }) => event.type === 'incident.declared');
  const summarized = events.findLast(({ event }) => event.type === 'incident.summarized') ?? declared;
  return {
    number: incident.id,
    severity: severityName(incident.severity, directory),
    status: incident.status,
    roles,
    declaredAt: instantOf(declared),
    detectedAt: declared?.by.kind === 'monitor' ? instantOf(declared) : undefined,
    acknowledgedAt: instantOf(events.find(({ event }) => event.type === 'incident.acknowledged')),
    mitigatedAt: instantOf(
      events.find(({ event }) => event.type === 'incident.status_changed' && event.to === 'monitoring'),
    ),
    resolvedAt: instantOf(events.findLast(({ event }) => endsIt(event))),
    tasks: tasksOf(record),
    summary:
      incident.summary === null
        ? undefined
        : { text: incident.summary, eventIds: summarized ? [eventId(summarized)] : [] },
    timeline: linesOf(record),
  };
}

function eventId({ incidentId, seq }: RecordedEvent): string {
  return `event:${incidentId}/${seq}`;
}

function instantOf(recorded: RecordedEvent | undefined): FactInstant | undefined {
  return recorded && { at: recorded.at.toISOString(), eventIds: [eventId(recorded)] };
}

function endsIt(event: DomainEvent): boolean {
  return event.type === 'incident.resolved' || event.type === 'incident.cancelled';
}

function tasksOf({ incident, events, directory }: RoomRecord): readonly FactTask[] {
  return incident.tasks.map(({ number, text, owner, due, doneAt }) => ({
    text,
    owner: owner === null ? null : personName(owner, directory),
    due: due?.toISOString() ?? null,
    doneAt: doneAt?.toISOString(),
    eventIds: events
      .filter(({ event }) => event.type === 'incident.task_added' && event.number === number)
      .map(eventId),
  }));
}

/** The notes, and whatever mattered and was not said in the room. */
function linesOf(record: RoomRecord): readonly FactLine[] {
  const { events, spoken, directory } = record;
  const posted = new Set(spoken.filter(({ isBot }) => isBot).map(({ text }) => text));
  const said = new Set(
    [...announcedTexts(record)].filter(([text]) => posted.has(text)).map(([, { seq }]) => seq),
  );
  const notes = new Map(
    events.flatMap(({ seq, event }) => (event.type === 'incident.noted' ? [[seq, event.text]] : [])),
  );
  const reading = { directory, zone: directory.settings.zone };
  return timelineOf(events, directory).flatMap(({ seq, at, line, weight }) => {
    const note = notes.get(seq);
    if (note === undefined && (weight !== 'key' || said.has(seq))) return [];
    const source = events.find((recorded) => recorded.seq === seq);
    return source
      ? [{ at: at.toISOString(), text: note ?? plainLine(line, reading), source: eventId(source) }]
      : [];
  });
}
