import type { NamedSchedule } from '../../domain/directory.ts';
import { whoOf, because, people } from '../../domain/timeline/phrase.ts';
import type { RecordedRosterEvent, RosterEvent } from '../../domain/roster/events.ts';
import { EMPTY_ROSTER } from '../../domain/roster/roster.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';
import { spanLine, whatLine } from './roster.ts';

/** What people have changed about a schedule, and what is known of it now. */
export interface Changed {
  readonly schedule: Pick<NamedSchedule, 'id' | 'name'>;
  /** Newest first. */
  readonly log: readonly RecordedRosterEvent[];
  /** Missing when nobody has ever changed anything. */
  readonly roster: Roster | undefined;
}

/** Who changed what about a schedule, the newest first. */
export function changesScreen({ schedule, log, roster }: Changed, reading: Reading): Message {
  return listScreen(
    {
      heading: `Changes to ${schedule.name}`,
      items: log.map((one) => [{ time: one.at }, ' ', ...changeLine(one, roster)]),
      empty: 'None: nobody has changed anything by hand.',
      foot: ['Newest first. What still counts: ', { code: `overrides ${schedule.id}` }, '.'],
    },
    reading,
  );
}

/** One change as a sentence, without its time. */
export function changeLine(
  { by, event }: Pick<RecordedRosterEvent, 'by' | 'event'>,
  roster: Roster = EMPTY_ROSTER,
): Line {
  switch (event.type) {
    case 'roster.override_made':
      return [
        whoOf(by),
        ' put on call: ',
        ...whatLine(event.override),
        ', ',
        ...spanLine(event.override),
        ` (override ${event.id})`,
        ...because(event.why),
      ];
    case 'roster.override_ended':
      return [whoOf(by), ` ended override ${event.id}`, ...endedLine(event.id, roster), '.'];
    case 'roster.asked':
      return [whoOf(by), ...askedLine(event)];
    case 'roster.declined':
      return [{ person: event.personId }, ` said no to request ${event.id}.`];
    case 'roster.request_ended':
      return requestEndLine(event);
  }
}

function endedLine(id: number, { overrides }: Roster): Line {
  const kept = overrides.find((one) => one.id === id);
  return kept === undefined ? [] : [': ', ...whatLine(kept.override), ', ', ...spanLine(kept.override)];
}

function askedLine({ id, request }: Extract<RosterEvent, { type: 'roster.asked' }>): Line {
  const { asked, period, theirs, note } = request;
  const against: Line =
    theirs === null ? [] : [' against ', { time: theirs.start }, ' to ', { time: theirs.end }];
  return [
    ' asked ',
    ...people(asked.map(({ personId }) => personId)),
    ' to take ',
    { time: period.start },
    ' to ',
    { time: period.end },
    ...against,
    ` (request ${id})`,
    ...because(note),
  ];
}

function requestEndLine({ id, why, by }: Extract<RosterEvent, { type: 'roster.request_ended' }>): Line {
  const who: Line = by === null ? ['somebody'] : [{ person: by }];
  switch (why) {
    case 'taken':
      return [...who, ` took request ${id}.`];
    case 'declined':
      return [`Everybody said no to request ${id}.`];
    case 'withdrawn':
      return [...who, ` withdrew request ${id}.`];
    case 'expired':
      return [`Nobody answered request ${id} in time.`];
  }
}
