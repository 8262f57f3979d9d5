import type { Directory } from '../../domain/directory.ts';
import { nextChange, onCallAt } from '../../domain/schedule/on-call.ts';
import { people } from '../../domain/timeline/phrase.ts';
import type { Line } from '../../domain/text.ts';
import type { NamedTarget } from '../commands/params.ts';
import type { Message } from '../message.ts';
import { peopleOfTargets } from '../on-call-people.ts';
import { context, marked, tidy } from './blocks.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

/** Who is on call: about whom or what (null is every schedule), and at which instant. */
export interface OnCallQuestion {
  readonly about: NamedTarget | null;
  readonly at: Date;
  readonly isNow: boolean;
}

/** Who is on call, until when, and who is next. */
export function onCallScreen(question: OnCallQuestion, reading: Reading): Message {
  const { about, at, isNow } = question;
  const items =
    about === null ? everySchedule(at, reading.directory) : linesAbout(about, at, reading.directory);
  const heading = `On call${about === null ? '' : `: ${about.name}`}${isNow ? '' : ' at the time asked for'}`;
  const foot: Line = [isNow ? 'Now, ' : 'At ', { time: at }, '.'];
  return listScreen({ heading, items, empty: 'Nobody: no schedule is configured.', foot }, reading);
}

/** The same with what is wrong with the calendars that the answer comes from. */
export function withDoubts(screen: Message, doubts: readonly string[]): Message {
  if (doubts.length === 0) return screen;
  return {
    ...screen,
    blocks: [...screen.blocks, ...doubts.map((doubt) => context(...tidy(marked(doubt))))],
    tone: 'warning',
    plain: [screen.plain, ...doubts].join(' '),
  };
}

function everySchedule(at: Date, directory: Directory): readonly Line[] {
  return [...directory.schedules.keys()].map((id) => scheduleLine(id, at, directory));
}

function linesAbout({ kind, id }: NamedTarget, at: Date, directory: Directory): readonly Line[] {
  switch (kind) {
    case 'schedule':
      return [scheduleLine(id, at, directory)];
    case 'team':
      return [teamLine(id, at, directory)];
    case 'service':
      return serviceLines(id, at, directory);
    case 'person':
      return personLines(id, at, directory);
  }
}

function scheduleLine(id: string, at: Date, { schedules }: Directory): Line {
  const named = schedules.get(id);
  if (named === undefined) return [`There is no schedule ${id}.`];
  const now = onCallAt(named.schedule, at);
  const change = nextChange(named.schedule, at);
  const who: Line = now.length === 0 ? [{ bold: 'nobody' }] : people(now);
  if (change === null) return [`${named.name}: `, ...who, ', with no change in sight'];
  const next = onCallAt(named.schedule, change);
  return [
    `${named.name}: `,
    ...who,
    ' until ',
    { time: change },
    ', then ',
    ...(next.length === 0 ? ['nobody'] : people(next)),
  ];
}

function teamLine(id: string, at: Date, directory: Directory): Line {
  const team = directory.teams.get(id);
  if (team === undefined) return [`There is no team ${id}.`];
  if (team.schedule !== null) return scheduleLine(team.schedule, at, directory);
  return [`${team.name} has no schedule; a page goes to all: `, ...people(team.members)];
}

function serviceLines(id: string, at: Date, directory: Directory): readonly Line[] {
  const policy = directory.policies.get(
    directory.services.get(id)?.policy ?? directory.settings.defaultPolicy,
  );
  if (policy === undefined) return [['Nothing is configured; the last resort would be paged.']];
  return policy.steps.flatMap(({ targets }, i): readonly Line[] => {
    const direct = targets.filter(({ kind }) => kind !== 'schedule');
    const schedules = targets
      .filter(({ kind }) => kind === 'schedule')
      .map(({ id: name }) => scheduleLine(name, at, directory));
    const found = peopleOfTargets(direct, directory, at);
    const step = `Step ${i + 1}: `;
    return [
      ...schedules.map((line): Line => [step, ...line]),
      ...(found.length === 0 ? [] : [[step, ...people(found)]]),
    ];
  });
}

function personLines(id: string, at: Date, directory: Directory): readonly Line[] {
  const on = [...directory.schedules.values()].filter(({ schedule }) => onCallAt(schedule, at).includes(id));
  if (on.length === 0) return [[{ person: id }, ' is not on call.']];
  return on.map(({ id: schedule }) => scheduleLine(schedule, at, directory));
}
