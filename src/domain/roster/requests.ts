import { personOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { accept, QUIET, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { NamedSchedule } from '../directory.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { candidatesFor } from './candidates.ts';
import type { RosterCommand } from './commands.ts';
import type { RosterGiven } from './given.ts';
import type { Period } from './difference.ts';
import type { RosterEvent } from './events.ts';
import { toMinute, withRoster } from './roster.ts';
import type { CoverRequest, Roster } from './roster.ts';
import { periodsOf } from './shifts.ts';
import { added, takeOver } from './take-over.ts';

type Asking = Extract<RosterCommand, { type: 'roster.ask' }>;
type Answering = Extract<RosterCommand, { readonly requestId: number }>;

const DAY = 24 * 60 * 60_000;
const LONGEST_MS = 31 * DAY;

/** Decides whether others are asked to take a turn. The new request has the number 0: the engine gives it one. */
export function decideAsk(roster: Roster, command: Asking, given: RosterGiven): Decision<RosterEvent> {
  const me = personOf(command.by);
  if (me === null || !given.directory.people.has(me))
    return refuse(
      'Only a configured person can ask for cover.',
      'An admin links chat accounts in firebell.yaml.',
    );
  const named = { ...given.schedule, schedule: withRoster(given.schedule.schedule, roster) };
  const wanted = wantedPeriod(command, given.now);
  if (wanted === null)
    return refuse(
      'Say which time it is about.',
      'At most 31 days, for example `cover from mon 09:00 until tue 09:00`.',
    );
  const mine = periodsOf(named.schedule, me, wanted);
  const [first, last] = [mine[0], mine.at(-1)];
  if (first === undefined || last === undefined)
    return refuse(`You are not on call for ${named.name} then.`, '`shifts` shows when you are.');
  const period = { start: first.start, end: last.end };
  const open = roster.requests.find(
    (one) => one.end === null && one.by === me && overlaps(one.period, period),
  );
  if (open)
    return refuse(
      `You have asked for that already (request ${open.id}).`,
      `\`cover withdraw ${open.id}\` takes it back.`,
    );
  const asked = whomToAsk(command, { me, named, period, given });
  if ('why' in asked) return refuse(asked.why, asked.hint);
  const expiresAt = period.start > given.now ? period.start : period.end;
  const { theirs, note } = command;
  return accept({
    type: 'roster.asked',
    id: 0,
    request: {
      by: me,
      period,
      theirs,
      asked: asked.people.map((personId) => ({ personId, answer: 'waiting' as const })),
      note,
      at: given.now,
      expiresAt,
    },
  });
}

function wantedPeriod({ from, until }: Asking, now: Date): Period | null {
  const start = new Date(Math.max(toMinute(from).getTime(), toMinute(now).getTime()));
  const end = toMinute(until);
  return end > start && end.getTime() - start.getTime() <= LONGEST_MS ? { start, end } : null;
}

interface Wish {
  readonly me: string;
  readonly named: NamedSchedule;
  readonly period: Period;
  readonly given: RosterGiven;
}

function whomToAsk(command: Asking, { me, named, period, given }: Wish) {
  const { directory } = given;
  const nameOf = (id: string) => directory.people.get(id)?.name ?? id;
  if (command.asked === null) {
    const people = candidatesFor(named, period, given).filter((one) => one !== me);
    return people.length > 0
      ? { people }
      : {
          why: `Nobody else takes turns on ${named.name} who is free then.`,
          hint: 'Name somebody: `cover me ask @ben`.',
        };
  }
  const people = [...new Set(command.asked)].filter((one) => one !== me);
  const [only] = people;
  if (only === undefined) return { why: 'You cannot ask yourself.', hint: null };
  const unknown = people.find((one) => !directory.people.has(one));
  if (unknown !== undefined)
    return { why: `There is nobody called ${unknown} in the configuration.`, hint: null };
  const busy = people.find((one) => periodsOf(named.schedule, one, period).length > 0);
  if (busy !== undefined)
    return { why: `${nameOf(busy)} is on call for ${named.name} then already.`, hint: null };
  if (command.theirs !== null && periodsOf(named.schedule, only, command.theirs).length === 0)
    return {
      why: `${nameOf(only)} is not on call for ${named.name} at the time you would take.`,
      hint: null,
    };
  return { people };
}

/** Decides what an answer to a request, its withdrawal or its expiry comes to. */
export function decideAnswer(roster: Roster, command: Answering, given: RosterGiven): Decision<RosterEvent> {
  const request = roster.requests.find(({ id }) => id === command.requestId);
  if (request === undefined)
    return refuse(`There is no request ${command.requestId}.`, '`cover` lists those that are open.');
  if (request.end !== null)
    return command.type === 'roster.expire' ? QUIET : refuse(endedWords(request, given));
  switch (command.type) {
    case 'roster.take':
      return decideTake(roster, request, { by: command.by, given });
    case 'roster.decline':
      return decideDecline(request, command.by);
    case 'roster.withdraw':
      return decideWithdraw(request, command.by, given);
    case 'roster.expire':
      return request.expiresAt > given.now ? QUIET : accept(ended(request, 'expired', null));
  }
}

function decideTake(
  roster: Roster,
  request: CoverRequest,
  { by, given }: { readonly by: Actor; readonly given: RosterGiven },
): Decision<RosterEvent> {
  const me = personOf(by);
  const { directory, now, schedule: named } = given;
  const asker = directory.people.get(request.by)?.name ?? request.by;
  if (me === null || !directory.people.has(me)) return refuse('Only a configured person can take a shift.');
  if (me === request.by)
    return refuse('It is your own shift.', `\`cover withdraw ${request.id}\` takes the request back.`);
  if (request.theirs !== null && !request.asked.some(({ personId }) => personId === me))
    return refuse('This swap was asked of somebody else.');
  const before = withRoster(named.schedule, roster);
  const period = later(request.period, now);
  if (period === null) return refuse('That time is over.');
  if (periodsOf(before, me, period).length > 0)
    return refuse(`You are on call for ${named.name} then yourself.`);
  const taken = takeOver(before, { whom: request.by, person: me }, period);
  if (taken.length === 0) return refuse(`${asker} is not on call for ${named.name} then any more.`);
  const returned = inReturn(added(before, taken), request, { me, now });
  if (returned === null) return refuse('You no longer have the shift that was asked for in return.');
  return accept(
    ...[...taken, ...returned].map((override): RosterEvent => ({
      type: 'roster.override_made',
      id: 0,
      override,
      why: request.note,
    })),
    ended(request, 'taken', me),
  );
}

function inReturn(
  schedule: Schedule,
  { theirs, by }: CoverRequest,
  { me, now }: { readonly me: string; readonly now: Date },
) {
  if (theirs === null) return [];
  const period = later(theirs, now);
  const overrides = period === null ? [] : takeOver(schedule, { whom: me, person: by }, period);
  return overrides.length === 0 ? null : overrides;
}

function decideDecline(request: CoverRequest, by: Actor): Decision<RosterEvent> {
  const me = personOf(by);
  const mine = request.asked.find(({ personId }) => personId === me);
  if (me === null || mine === undefined) return refuse('You were not asked, so there is nothing to answer.');
  if (mine.answer === 'no') return QUIET;
  const isLast = request.asked.every(({ personId, answer }) => personId === me || answer === 'no');
  const declined: RosterEvent = { type: 'roster.declined', id: request.id, personId: me };
  return isLast ? accept(declined, ended(request, 'declined', me)) : accept(declined);
}

function decideWithdraw(request: CoverRequest, by: Actor, { directory }: RosterGiven): Decision<RosterEvent> {
  const me = personOf(by);
  const isAdmin = me !== null && directory.people.get(me)?.access === 'admin';
  if (me !== request.by && !isAdmin) return refuse('Only who asked, or an admin, can take a request back.');
  return accept(ended(request, 'withdrawn', me));
}

function ended(
  { id }: CoverRequest,
  why: NonNullable<CoverRequest['end']>['why'],
  by: string | null,
): RosterEvent {
  return { type: 'roster.request_ended', id, why, by };
}

function endedWords({ id, end }: CoverRequest, { directory }: RosterGiven): string {
  const who = end?.by == null ? 'somebody' : (directory.people.get(end.by)?.name ?? end.by);
  switch (end?.why) {
    case 'taken':
      return `${who} has taken it already. Nothing changes for you.`;
    case 'withdrawn':
      return `Request ${id} was taken back. Nothing changes for you.`;
    case 'declined':
      return `Request ${id} has ended: everybody who was asked said no.`;
    case 'expired':
    case undefined:
      return `Request ${id} has run out. Nothing changes for you.`;
  }
}

/** What is left of a period. */
function later({ start, end }: Period, now: Date): Period | null {
  const from = new Date(Math.max(start.getTime(), toMinute(now).getTime()));
  return from < end ? { start: from, end } : null;
}

function overlaps(a: Period, b: Period): boolean {
  return a.start < b.end && b.start < a.end;
}
