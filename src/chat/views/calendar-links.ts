import type { FeedSubject } from '../../domain/calendar/subject.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Line } from '../../domain/text.ts';
import type { KeptFeed } from '../../store/calendar-feeds.ts';
import type { Message } from '../message.ts';
import { context, note, text } from './blocks.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

/** A new link, shown to its maker this once. */
export interface NewLink {
  readonly url: string;
  readonly subject: FeedSubject;
  /** Further links for the same that stay. */
  readonly others: number;
}

/** Where to put the address of a new calendar, and what it gives away. */
export function calendarLink({ url, subject, others }: NewLink, reading: Reading): Message {
  const about = subjectName(subject, reading.directory);
  const own = subject.kind === 'person';
  const first: Line = [own ? 'Your shifts, on all schedules, are at ' : `The calendar of ${about} is at `];
  const more =
    others === 0
      ? ''
      : ` You have ${others} other ${others === 1 ? 'link' : 'links'} for this, which ${others === 1 ? 'stays' : 'stay'}.`;
  const revoke: Line = [
    'Whoever has the address can read it, and I cannot show it again. ',
    { code: own ? 'calendar revoke me' : `calendar revoke ${subject.kind} ${subject.id}` },
    ` ends it.${more}`,
  ];
  const where: Line = [
    'Subscribe to it; do not import it, or it never changes. Google Calendar: Other calendars, From URL. Outlook: Add calendar, Subscribe from web. Apple: File, New Calendar Subscription.',
  ];
  const message = note([first, where, revoke], reading);
  return {
    ...message,
    blocks: [text(...first), { kind: 'code', text: url }, text(...where), context(...revoke)],
    plain: `${own ? 'Your shifts are at' : `The calendar of ${about} is at`} ${url}`,
  };
}

/** The links that somebody has made and that are not over; an address cannot be shown again. */
export function calendarLinks(feeds: readonly KeptFeed[], reading: Reading): Message {
  const items = feeds.map(({ subject, createdAt, lastUsedAt }): Line => [
    subjectName(subject, reading.directory),
    ', made ',
    { time: createdAt },
    ...(lastUsedAt === null ? [', never read'] : [', last read ', { time: lastUsedAt }]),
  ]);
  const foot: Line = [
    { code: 'calendar revoke' },
    ' ends them all. To end one calendar only, name it: ',
    { code: 'calendar revoke payments' },
    '.',
  ];
  const empty = 'You have none. `calendar` makes one of your shifts.';
  return listScreen(
    {
      heading: 'Your calendar links',
      items,
      empty: empty.replaceAll('`', ''),
      ...(items.length > 0 && { foot }),
    },
    reading,
  );
}

/** What was ended, or that there was nothing to end. */
export function calendarsEnded(ended: readonly KeptFeed[], reading: Reading): Message {
  if (ended.length === 0) {
    return note(
      [['You have no such link, so nothing was ended. ', { code: 'calendar list' }, ' shows yours.']],
      reading,
    );
  }
  const names = ended.map(({ subject }) => subjectName(subject, reading.directory));
  const many = ended.length === 1 ? '1 link has' : `${ended.length} links have`;
  return note(
    [[`${many} ended: ${[...new Set(names)].join(', ')}. Whoever still reads there is told so.`]],
    reading,
    { tone: 'good' },
  );
}

function subjectName({ kind, id }: FeedSubject, directory: Directory): string {
  switch (kind) {
    case 'person':
      return `shifts of ${directory.people.get(id)?.name ?? id}`;
    case 'team':
      return `team ${directory.teams.get(id)?.name ?? id}`;
    case 'schedule':
      return `schedule ${directory.schedules.get(id)?.name ?? id}`;
  }
}
