import { silenceLine } from '../alert/tell-silence.ts';
import type { Silence } from '../alert/silence.ts';
import { maySee } from '../access/may.ts';
import { person } from '../actor.ts';
import type { Directory, NamedSchedule } from '../directory.ts';
import type { Effect } from '../effect.ts';
import type { Runs } from '../escalation/run.ts';
import type { Incident } from '../incident/incident.ts';
import { nextChange, timeline } from '../schedule/on-call.ts';
import type { Line } from '../text.ts';
import { people, severityName, whoOf } from '../timeline/phrase.ts';
import type { HandoverNote } from './shift-commands.ts';

/** A moment at which other people came on call. */
export interface HandOff {
  readonly schedule: string;
  readonly scheduleName: string;
  readonly at: Date;
  readonly comes: readonly string[];
  readonly goes: readonly string[];
  /** Everybody on call from then on. */
  readonly onCall: readonly string[];
  /** Null when nothing changes within 400 days. */
  readonly until: Date | null;
}

/** An open incident, with its runs. */
export interface OpenWork {
  readonly incident: Incident;
  readonly runs: Runs;
}

const MOST_INCIDENTS = 6;
const MOST_SILENCES = 5;

/** The newest hand-off of a schedule within `(since, now]`, or null. */
export function latestHandOff({ id, name, schedule }: NamedSchedule, since: Date, now: Date): HandOff | null {
  const segments = timeline(schedule, since, new Date(now.getTime() + 1));
  const [last, before] = [segments.at(-1), segments.at(-2)];
  if (last === undefined || before === undefined) return null;
  return {
    schedule: id,
    scheduleName: name,
    at: last.start,
    comes: last.onCall.filter((one) => !before.onCall.includes(one)),
    goes: before.onCall.filter((one) => !last.onCall.includes(one)),
    onCall: last.onCall,
    until: nextChange(schedule, now),
  };
}

/** What is known at a hand-off. */
interface HandOffFacts {
  readonly directory: Directory;
  readonly work: readonly OpenWork[];
  /** Those that hold back alerts now. */
  readonly silences: readonly Silence[];
  readonly notes: readonly HandoverNote[];
}

/** What each side reads at a hand-off: who has it now, what is open, and what the one before wants the next to know. */
export function handOffEffects(handOff: HandOff, facts: HandOffFacts): readonly Effect[] {
  const { schedule, at, comes, goes } = handOff;
  const key = `handoff:${schedule}:${at.toISOString()}`;
  const tell = (personId: string, text: Line): Effect => ({
    type: 'chat.tell_person',
    personId,
    key: `${key}:${personId}`,
    text,
    items: itemsFor(personId, facts),
    buttons: [{ label: 'Show what is open', command: 'list' }],
  });
  const known = (one: string) => facts.directory.people.has(one);
  const hasOpen = (one: string) => itemsFor(one, facts).length > 0;
  const rest = (one: string) => (hasOpen(one) ? ' To know:' : ' Nothing is open.');
  return [
    ...comes.filter(known).map((one) => tell(one, [...beginLine(handOff), rest(one)])),
    ...goes.filter(known).map((one) => tell(one, [...endLine(handOff), rest(one)])),
  ];
}

function beginLine({ scheduleName, until, goes }: HandOff): Line {
  return [
    `You are on call for ${scheduleName} now`,
    ...(until === null ? [] : [', until ', { time: until }]),
    '.',
    ...(goes.length === 0 ? [] : [' Before you: ', ...people(goes), '.']),
  ];
}

function endLine({ scheduleName, onCall }: HandOff): Line {
  return [
    `Your shift on ${scheduleName} is over: `,
    ...(onCall.length === 0 ? ['nobody is on call now'] : people(onCall)),
    ...(onCall.length === 0 ? ['.'] : [onCall.length === 1 ? ' has it now.' : ' have it now.']),
  ];
}

function itemsFor(personId: string, { directory, work, silences, notes }: HandOffFacts): Line[] {
  const visible = work.filter(
    ({ incident }) => incident.kind !== 'drill' && maySee(person(personId), incident),
  );
  const more = visible.length - MOST_INCIDENTS;
  return [
    ...notes.map((note): Line => ['Note by ', whoOf(note.by), `: ${note.text}`]),
    ...visible.slice(0, MOST_INCIDENTS).map((one) => workLine(one, directory)),
    ...(more > 0 ? [[`and ${more} more open incidents`]] : []),
    ...silences.slice(0, MOST_SILENCES).map(silenceLine),
    ...(silences.length > MOST_SILENCES ? [[`and ${silences.length - MOST_SILENCES} more silences`]] : []),
  ];
}

function workLine({ incident, runs }: OpenWork, directory: Directory): Line {
  const { id, title, severity, status, acknowledgedBy } = incident;
  const snoozed = runs.find((run) => run.status === 'snoozed')?.snoozedUntil ?? null;
  const promised =
    runs.find((run) => run.status === 'acknowledged' && run.promisedBy !== null)?.promisedBy ?? null;
  return [
    { incident: id },
    ` ${title} (${severityName(severity, directory)}, ${status}), `,
    ...(acknowledgedBy === null ? ['nobody has it'] : [whoOf(acknowledgedBy), ' has it']),
    ...(snoozed === null ? [] : ['; snoozed until ', { time: snoozed }]),
    ...(promised === null ? [] : ['; an update is promised by ', { time: promised }]),
  ];
}
