import type { Absence } from '../../domain/roster/absence.ts';
import { shiftsOf } from '../../domain/roster/shifts.ts';
import type { OwnShift } from '../../domain/roster/shifts.ts';
import { periodsLine } from '../../domain/roster/tell.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import type { Asking } from '../step.ts';
import { button, buttons, context, note, text } from './blocks.ts';
import { listScreen } from './lists.ts';
import { plainLine } from './plain.ts';

const MOST_OFFERS = 4;

/** What was understood, and the shifts that need cover, each with a button that asks for it. */
export function awayScreen(absence: Absence, asking: Asking): Message {
  const { id, personId, start, end } = absence;
  const said: Line = [
    { person: personId },
    ' is away ',
    ...periodsLine([{ start, end }]),
    `. Times are those of ${asking.zone}. To end it: `,
    { code: `away end ${id}` },
    '.',
  ];
  const shifts = uncovered(absence, asking);
  if (shifts.length === 0) return note([said, ['No shift falls into that time.']], asking, { tone: 'good' });
  const warning: Line = [
    `${shifts.length === 1 ? 'One shift falls' : `${shifts.length} shifts fall`} into that time, and nobody is taken off call by being away. Ask for cover:`,
  ];
  const isOwn = asking.actor.kind === 'person' && asking.actor.id === personId;
  const offers = isOwn ? shifts.slice(0, MOST_OFFERS).map((shift) => offer(shift, absence)) : [];
  return {
    blocks: [
      text(...said),
      text(...warning),
      { kind: 'list', items: shifts.map(shiftLine) },
      ...buttons(...offers),
      ...(isOwn
        ? []
        : [
            context(
              'They can ask for cover with ',
              { code: 'cover' },
              '; an admin can ',
              { code: 'override' },
              '.',
            ),
          ]),
    ],
    tone: 'warning',
    plain: plainLine([...said, ' ', ...warning, ' ', ...shifts.flatMap(shiftLine)], asking),
    notify: [],
  };
}

function offer(shift: OwnShift, absence: Absence) {
  const from = new Date(Math.max(shift.start.getTime(), absence.start.getTime()));
  const instants = `from ${brief(from)} until ${brief(shift.end)}`;
  return button('run-command', `Find cover: ${shift.scheduleName}`, {
    value: `cover schedule ${shift.schedule} ${instants}`,
  });
}

function brief(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`;
}

/** The shifts that somebody who is away still has. */
function uncovered({ personId, start, end }: Absence, { directory, now }: Asking): readonly OwnShift[] {
  return shiftsOf(directory, personId, { start: new Date(Math.max(start.getTime(), now.getTime())), end });
}

function shiftLine(shift: OwnShift): Line {
  return [`${shift.scheduleName}: `, ...periodsLine([shift])];
}

/** Who is away and who will be, and what they are on call for then. */
export function absencesScreen(absences: readonly Absence[], asking: Asking): Message {
  return listScreen(
    {
      heading: 'Away',
      items: absences.map((absence): Line => {
        const shifts = uncovered(absence, asking);
        return [
          { bold: String(absence.id) },
          ' ',
          { person: absence.personId },
          ', ',
          ...periodsLine([absence]),
          ...(absence.why === null ? [] : [`: ${absence.why}`]),
          ...(shifts.length === 0
            ? ['.']
            : [
                '. ',
                { bold: 'Needs cover' },
                ': ',
                ...shifts.slice(0, 3).flatMap((one, i) => [...(i === 0 ? [] : ['; ']), ...shiftLine(one)]),
                '.',
              ]),
        ];
      }),
      empty: 'Nobody is away.',
      foot: ['To say that you are: ', { code: 'away from 2026-12-24 until 2026-12-27' }],
    },
    asking,
  );
}

/** An absence that is over. */
export function absenceEnded({ id, personId }: Absence, asking: Asking): Message {
  return note([[{ person: personId }, ` is not away any more (${id}).`]], asking, { tone: 'good' });
}
