import type { EscalationEvent } from '../escalation/events.ts';
import type { Delay } from '../escalation/run.ts';
import { wallTime } from '../schedule/zone.ts';
import type { Line } from '../text.ts';
import { listed, people, whoOf } from './phrase.ts';
import type { Telling } from './phrase.ts';

/** What happened to an escalation, in words; null for what the incident's own events already say. */
export function escalationLine(event: EscalationEvent, telling: Telling): Line | null {
  const who = whoOf(telling.recorded.by);
  switch (event.type) {
    case 'escalation.started':
      return startedLine(event, telling);
    case 'escalation.step_reached':
      return stepLine(event);
    case 'escalation.step_skipped':
      return [`${placeOf(event.position)} was skipped: ${SKIPPED[event.reason]}.`];
    case 'escalation.step_delayed':
      return delayedLine(event);
    case 'escalation.nagged':
      return [...people(event.pages.map(({ personId }) => personId)), ' must acknowledge too: paged again.'];
    case 'escalation.exhausted':
      return [
        'Every step was tried and nobody answered. The last resort is paged until somebody acknowledges.',
      ];
    case 'escalation.page_lost':
      return [{ person: event.personId }, ` could not be reached: ${event.reason}`];
    case 'escalation.acknowledged':
      return acknowledgedLine(event, telling);
    case 'escalation.silence_noticed':
      return silenceLine(event);
    case 'escalation.declined':
      return event.echo ? null : [{ person: event.personId }, ' cannot take it.'];
    case 'escalation.snoozed':
      if (event.echo) return null;
      return [who, ' silenced the pages until ', { time: event.until }, '.'];
    case 'escalation.resumed':
      return ['Paging goes on where it stood.'];
    case 'escalation.sign_of_life':
    case 'escalation.unacknowledged':
    case 'escalation.ended':
      return null;
  }
}

type Of<T extends EscalationEvent['type']> = Extract<EscalationEvent, { type: T }>;

const SKIPPED = {
  condition: 'its condition does not hold',
  nobody: 'nobody is on call there',
  unreachable: 'nobody there can be reached',
} as const;

function startedLine(
  { policies, message }: Of<'escalation.started'>,
  { recorded, directory }: Telling,
): Line {
  const [first] = policies;
  const said = message === null ? '.' : `: ${message}`;
  if (first !== undefined && directory.policies.has(first.id))
    return [`Paging began by the policy ${first.id}${said}`];
  return [whoOf(recorded.by), ` began a page by hand${said}`];
}

function stepLine({ position, pages, told, ackBy }: Of<'escalation.step_reached'>): Line {
  const hearers = told.map(({ kind, id }) => `the ${kind.replace('_', ' ')} ${id}`);
  const paged =
    pages.length > 0 ? [' pages ', ...people(pages.map(({ personId }) => personId))] : [' pages nobody'];
  const tells = hearers.length > 0 ? [' and tells ', ...listed(hearers)] : [];
  return [placeOf(position), ...paged, ...tells, '. Without an answer it goes on at ', { time: ackBy }, '.'];
}

function delayedLine({ position, delay }: Of<'escalation.step_delayed'>): Line {
  return [
    `${placeOf(position)} waits for `,
    ...hoursLine(delay),
    '. It can wait; `escalate` or a higher severity pages now.',
  ];
}

/** Whose working hours something waits for, and when they begin: `the working hours of Ana, Mon 09:00 Berlin (time)`. */
export function hoursLine({ until, of }: Delay): Line {
  const whose: Line =
    of.kind === 'person'
      ? ['the working hours of ', { person: of.id }]
      : [`the working hours of the schedule ${of.id}`];
  return [...whose, `, ${clockOf(until, of.zone)} (`, { time: until }, ')'];
}

/** As a person in the zone reads it on the wall: `Mon 09:00 Berlin`. */
function clockOf(at: Date, zone: string): string {
  const wall = new Date(wallTime(at, zone));
  const day = wall.toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' });
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return `${day} ${wall.toISOString().slice(11, 16)} ${place}`;
}

function placeOf(position: Of<'escalation.step_reached'>['position']): string {
  if (position.at === 'last_resort')
    return position.call === 0 ? 'The last resort' : `The last resort (call ${position.call + 1})`;
  const round = position.round === 0 ? '' : `, round ${position.round + 1}`;
  const policy = position.policy === 0 ? '' : ` of policy ${position.policy + 1}`;
  return `Step ${position.step + 1}${policy}${round}`;
}

function acknowledgedLine(
  { promisedBy, stillPaging, echo }: Of<'escalation.acknowledged'>,
  { recorded }: Telling,
): Line | null {
  const promise: Line =
    promisedBy === null || echo
      ? []
      : [whoOf(recorded.by), ' promised a first update by ', { time: promisedBy }, '.'];
  if (stillPaging.length === 0) return promise.length === 0 ? null : promise;
  const gap = promise.length === 0 ? [] : [' '];
  return [...promise, ...gap, 'Still waiting for ', ...people(stillPaging), ' to acknowledge too.'];
}

function silenceLine({ page, promised, resumeAt }: Of<'escalation.silence_noticed'>): Line {
  const why = promised ? ' promised an update that has not come' : ' acknowledged and has been silent since';
  return [
    { person: page.personId },
    `${why}: paged again. Paging others goes on at `,
    { time: resumeAt },
    '.',
  ];
}
