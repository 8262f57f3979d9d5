import type { Directory } from '../../domain/directory.ts';
import { whoOf } from '../../domain/timeline/phrase.ts';
import type { RosterCommand } from '../../domain/roster/commands.ts';
import { endOf, isLive } from '../../domain/roster/roster.ts';
import type { KeptOverride, Roster } from '../../domain/roster/roster.ts';
import { onCallAt } from '../../domain/schedule/on-call.ts';
import type { Override } from '../../domain/schedule/schedule.ts';
import type { Line } from '../../domain/text.ts';
import { people } from '../../domain/timeline/phrase.ts';
import type { RosterSaid } from '../../engine/handle-roster.ts';
import type { Message } from '../message.ts';
import { note } from './blocks.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

type Done = Extract<RosterSaid, { kind: 'done' }>;
type Overriding = Extract<RosterCommand, { type: 'roster.override' }>;

/** What was understood and done: who is on call when, and how to end it. */
export function overrideMade({ events }: Done, { schedule }: Overriding, reading: Reading): Message {
  const made = events.flatMap((event) => (event.type === 'roster.override_made' ? [event] : []));
  const name = nameOf(schedule, reading.directory);
  const lines = made
    .slice(0, 5)
    .map(({ id, override }): Line => [
      `${name}: `,
      ...whatLine(override),
      ', ',
      ...spanLine(override),
      ` (override ${id}).`,
    ]);
  const ids = made.map(({ id }) => id);
  return note(
    [
      ...lines,
      [
        `Times are those of ${reading.zone}. To take it back: `,
        { code: `overrides end ${ids[0] ?? ''}` },
        '.',
      ],
    ],
    reading,
    {
      tone: 'good',
    },
  );
}

/** What an ended override leaves: who is on call now. */
export function overrideEnded(
  { schedule, overrideId }: Extract<RosterCommand, { type: 'roster.end_override' }>,
  { directory, zone, now }: Reading & { readonly now: Date },
): Message {
  const named = directory.schedules.get(schedule);
  const onCall = named === undefined ? [] : onCallAt(named.schedule, now);
  const who: Line = onCall.length === 0 ? ['nobody'] : people(onCall);
  return note(
    [[`Override ${overrideId} has ended. `, `Now on call for ${nameOf(schedule, directory)}: `, ...who, '.']],
    {
      directory,
      zone,
    },
  );
}

/** Every override that is not over, the next to begin first. */
export function overridesScreen(
  {
    rosters,
    schedule,
    now,
  }: { readonly rosters: ReadonlyMap<string, Roster>; readonly schedule: string | null; readonly now: Date },
  reading: Reading,
): Message {
  const live = [...rosters]
    .filter(([id]) => schedule === null || id === schedule)
    .flatMap(([id, { overrides }]) =>
      overrides.filter((kept) => isLive(kept, now)).map((kept) => ({ id, kept })),
    )
    .toSorted((a, b) => a.kept.override.start.localeCompare(b.kept.override.start));
  return listScreen(
    {
      heading: 'Overrides',
      items: live.map(({ id, kept }) => overrideLine(id, kept, reading.directory)),
      empty: 'None: the schedules are as they were planned.',
      foot: ['To end one: ', { code: 'overrides end <number>' }],
    },
    reading,
  );
}

function overrideLine(schedule: string, kept: KeptOverride, directory: Directory): Line {
  const { id, override, by, at, why } = kept;
  const shown = { ...override, end: endOf(kept).toISOString() };
  return [
    { bold: String(id) },
    ` ${nameOf(schedule, directory)}: `,
    ...whatLine(override),
    ', ',
    ...spanLine(shown),
    '. Made by ',
    whoOf(by),
    ' at ',
    { time: at },
    ...(why === null ? ['.'] : [`: ${why}`]),
  ];
}

/** What an override makes of a schedule, in the middle of a sentence. */
export function whatLine(override: Override): Line {
  switch (override.type) {
    case 'replaceAll':
      return override.users.length === 0 ? [{ bold: 'nobody' }] : people(override.users);
    case 'substitute':
      return override.with === null
        ? [{ bold: 'nobody' }, ' in place of ', { person: override.user }]
        : [{ person: override.with }, ' in place of ', { person: override.user }];
    case 'add':
      return [{ person: override.user }, ' as well'];
  }
}

/** From when to when, in the middle of a sentence. */
export function spanLine({ start, end }: Pick<Override, 'start' | 'end'>): Line {
  return [{ time: new Date(start) }, ' to ', { time: new Date(end) }];
}

function nameOf(schedule: string, { schedules }: Directory): string {
  return schedules.get(schedule)?.name ?? schedule;
}
