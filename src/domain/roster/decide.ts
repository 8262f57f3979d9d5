import { mayChangeRoster } from '../access/may-change-roster.ts';
import { accept, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { NamedSchedule } from '../directory.ts';
import type { Override } from '../schedule/schedule.ts';
import type { RosterChange, RosterCommand } from './commands.ts';
import { differenceOf } from './difference.ts';
import type { Period } from './difference.ts';
import type { RosterEvent } from './events.ts';
import type { RosterGiven } from './given.ts';
import { decideAnswer, decideAsk } from './requests.ts';
import { endOf, isLive, toMinute, withRoster } from './roster.ts';
import type { KeptOverride, Roster } from './roster.ts';
import { added, spanOf, takeOver } from './take-over.ts';

const DAY = 24 * 60 * 60_000;
const LONGEST_MS = 400 * DAY;
/** What was meant to begin now may arrive a little later. */
const LATE_MS = 10 * 60_000;
/** Within this time whoever made an override may take it back, whomever that puts on call again. */
const UNDO_MS = 15 * 60_000;

/** Decides what a command makes of a roster. New overrides have the number 0: the engine gives them theirs. */
export function decideRoster(
  roster: Roster,
  command: RosterCommand,
  given: RosterGiven,
): Decision<RosterEvent> {
  switch (command.type) {
    case 'roster.override':
      return decideOverride(roster, command, given);
    case 'roster.end_override':
      return decideEnd(roster, command, given);
    case 'roster.ask':
      return decideAsk(roster, command, given);
    case 'roster.take':
    case 'roster.decline':
    case 'roster.withdraw':
    case 'roster.expire':
      return decideAnswer(roster, command, given);
  }
}

type CommandOf<T extends RosterCommand['type']> = Extract<RosterCommand, { type: T }>;

function decideOverride(
  roster: Roster,
  command: CommandOf<'roster.override'>,
  given: RosterGiven,
): Decision<RosterEvent> {
  const read = readPeriod(command, given.now);
  if ('refusal' in read) return { kind: 'refused', refusal: read.refusal };
  const { period } = read;
  const unknown = peopleIn(command.change).find((id) => !given.directory.people.has(id));
  if (unknown !== undefined) return refuse(`There is nobody called ${unknown} in the configuration.`);
  const before = withRoster(given.schedule.schedule, roster);
  const overrides = overridesFor(before, command.change, period);
  const difference = differenceOf(before, added(before, overrides), period);
  if (difference.comes.size === 0 && difference.goes.size === 0)
    return refuse(nothingChanges(command.change, given), '`oncall` shows who is on call when.');
  const refusal = mayChangeRoster(command.by, difference, given.directory);
  if (refusal !== null) return { kind: 'refused', refusal };
  return accept(
    ...overrides.map((override): RosterEvent => ({
      type: 'roster.override_made',
      id: 0,
      override,
      why: command.why,
    })),
  );
}

function readPeriod({ from, until }: { readonly from: Date; readonly until: Date }, now: Date) {
  const [earliest, wanted] = [toMinute(now), toMinute(from)];
  const start = wanted < earliest && earliest.getTime() - wanted.getTime() <= LATE_MS ? earliest : wanted;
  const end = toMinute(until);
  if (start < earliest)
    return no('That begins in the past, and what was cannot be changed.', 'Leave `from` out to begin now.');
  if (end <= start)
    return no(
      'It would end before it begins.',
      'Write for example `from mon 09:00 until tue 09:00`, or `for 2h`.',
    );
  if (end.getTime() - start.getTime() > LONGEST_MS)
    return no(
      'That is longer than 400 days.',
      'For a change that stays, edit the schedule in firebell.yaml.',
    );
  return { period: { start, end } };
}

function no(why: string, hint: string) {
  return { refusal: { why, hint } };
}

function overridesFor(
  schedule: NamedSchedule['schedule'],
  change: RosterChange,
  period: Period,
): readonly Override[] {
  switch (change.kind) {
    case 'replace':
      return [{ type: 'replaceAll', ...spanOf(period), users: [...change.people] }];
    case 'add':
      return [{ type: 'add', ...spanOf(period), user: change.person }];
    case 'stand_in':
      return takeOver(schedule, change, period);
  }
}

function peopleIn(change: RosterChange): readonly string[] {
  switch (change.kind) {
    case 'replace':
      return change.people;
    case 'add':
      return [change.person];
    case 'stand_in':
      return change.person === null ? [change.whom] : [change.whom, change.person];
  }
}

function nothingChanges(change: RosterChange, { directory, schedule }: RosterGiven): string {
  const nameOf = (id: string) => directory.people.get(id)?.name ?? id;
  switch (change.kind) {
    case 'stand_in':
      return `${nameOf(change.whom)} is not on call on ${schedule.name} then, so there is nothing to take over.`;
    case 'add':
      return `${nameOf(change.person)} is on call on ${schedule.name} then already.`;
    case 'replace':
      return change.people.length === 0
        ? `Nobody is on call on ${schedule.name} then anyway.`
        : `${change.people.map(nameOf).join(', ')} is on call on ${schedule.name} then already.`;
  }
}

function decideEnd(
  roster: Roster,
  { by, overrideId }: CommandOf<'roster.end_override'>,
  given: RosterGiven,
): Decision<RosterEvent> {
  const kept = roster.overrides.find(({ id }) => id === overrideId);
  if (kept === undefined) return refuse(`There is no override ${overrideId}.`, '`overrides` lists them.');
  if (!isLive(kept, given.now))
    return refuse(`Override ${overrideId} is over already.`, '`overrides` lists those that are not.');
  const event: RosterEvent = { type: 'roster.override_ended', id: overrideId };
  const fresh = given.now.getTime() - kept.at.getTime() <= UNDO_MS && isSame(kept, by);
  const refusal = fresh ? null : mayChangeRoster(by, ofEnding(roster, kept, given), given.directory);
  return refusal === null ? accept(event) : { kind: 'refused', refusal };
}

function ofEnding(roster: Roster, kept: KeptOverride, { now, schedule }: RosterGiven) {
  const start = new Date(Math.max(toMinute(now).getTime(), Date.parse(kept.override.start)));
  const without = { ...roster, overrides: roster.overrides.filter(({ id }) => id !== kept.id) };
  const { schedule: planned } = schedule;
  return differenceOf(withRoster(planned, roster), withRoster(planned, without), { start, end: endOf(kept) });
}

function isSame(kept: KeptOverride, by: RosterCommand['by']): boolean {
  return kept.by.kind === 'person' && by.kind === 'person' && kept.by.id === by.id;
}
