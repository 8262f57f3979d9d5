import { personOf } from '../../domain/actor.ts';
import type { CoverRequest, Roster } from '../../domain/roster/roster.ts';
import { periodsLine } from '../../domain/roster/tell.ts';
import type { Line } from '../../domain/text.ts';
import { people } from '../../domain/timeline/phrase.ts';
import type { Message } from '../message.ts';
import type { Asking, RosterDone } from '../step.ts';
import { button, buttons, note } from './blocks.ts';
import { listScreen } from './lists.ts';

/** What was asked of whom, until when, and how to take it back. */
export function askedFor({ roster }: RosterDone, schedule: string, asking: Asking): Message {
  const request = roster.requests.at(-1);
  if (request === undefined) throw new Error('expected the request that was just made, found none');
  const names = people(request.asked.map(({ personId }) => personId));
  const name = asking.directory.schedules.get(schedule)?.name ?? schedule;
  const what: Line =
    request.theirs === null
      ? [`Asked who can take your shift on ${name}, `, ...periodsLine([request.period]), ': ', ...names, '.']
      : [
          'Asked ',
          ...names,
          ` to take your shift on ${name}, `,
          ...periodsLine([request.period]),
          ', against theirs, ',
          ...periodsLine([request.theirs]),
          '.',
        ];
  const rest: Line = [
    `Times are those of ${asking.zone}. You stay on call until somebody accepts; it runs out at `,
    { time: request.expiresAt },
    '. To take it back: ',
    { code: `cover withdraw ${request.id}` },
    '.',
  ];
  return note([what, rest], asking, { tone: 'good' });
}

interface Answered {
  readonly type: 'roster.take' | 'roster.decline' | 'roster.withdraw';
  readonly id: number;
  readonly schedule: string;
  readonly done: RosterDone;
}

/** What an answer to a request came to. */
export function answered({ type, id, schedule, done }: Answered, asking: Asking): Message {
  const request = done.roster.requests.find((one) => one.id === id);
  if (request === undefined) throw new Error(`expected request ${id}, found none`);
  const name = asking.directory.schedules.get(schedule)?.name ?? schedule;
  return note([answerLine(type, request, name)], asking, { tone: type === 'roster.take' ? 'good' : 'calm' });
}

function answerLine(type: Answered['type'], request: CoverRequest, name: string): Line {
  const { by, period, theirs } = request;
  switch (type) {
    case 'roster.take':
      return [
        `You are on call for ${name} instead of `,
        { person: by },
        ': ',
        ...periodsLine([period]),
        ...(theirs === null ? [] : ['. They take ', ...periodsLine([theirs])]),
        '. Thank you.',
      ];
    case 'roster.decline':
      return ['You said no. Nothing changes for you.'];
    case 'roster.withdraw':
      return [`Request ${request.id} is taken back.`];
  }
}

/** The open requests: those asked of the reader with their buttons, the others in a list. */
export function requestsScreen(rosters: ReadonlyMap<string, Roster>, asking: Asking): Message {
  const me = personOf(asking.actor);
  const open = [...rosters].flatMap(([schedule, { requests }]) =>
    requests.filter(({ end }) => end === null).map((request) => ({ schedule, request })),
  );
  const screen = listScreen(
    {
      heading: 'Cover wanted',
      items: open.map(({ schedule, request }) => requestLine(schedule, request, asking)),
      empty: 'Nobody asks for cover. `cover me` asks others to take your next shift.',
      foot: ['To answer: ', { code: 'cover take <number>' }, ' or ', { code: 'cover no <number>' }],
    },
    asking,
  );
  const mine = open.filter(({ request }) =>
    request.asked.some((one) => one.personId === me && one.answer === 'waiting'),
  );
  const offers = mine
    .slice(0, 2)
    .flatMap(({ request: { id } }) => [
      button('run-command', `Take ${id}`, { value: `cover take ${id}`, style: 'primary' }),
      button('run-command', `No to ${id}`, { value: `cover no ${id}` }),
    ]);
  const ask = me === null ? [] : [button('ask-cover', 'Ask for cover', { value: me })];
  return { ...screen, blocks: [...screen.blocks, ...buttons(...offers, ...ask)] };
}

function requestLine(
  schedule: string,
  { id, by, period, theirs, asked, note: said }: CoverRequest,
  asking: Asking,
): Line {
  const waiting = asked.filter(({ answer }) => answer === 'waiting').map(({ personId }) => personId);
  return [
    { bold: String(id) },
    ` ${asking.directory.schedules.get(schedule)?.name ?? schedule}, `,
    ...periodsLine([period]),
    ': ',
    { person: by },
    ...(theirs === null ? [' asks '] : [' offers it against ', ...periodsLine([theirs]), ' to ']),
    ...people(waiting),
    ...(said === null ? ['.'] : [`: ${said}`]),
  ];
}
