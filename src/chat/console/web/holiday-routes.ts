import type { Hono } from 'hono';
import { actorName } from '../../../domain/actor.ts';
import type { Directory, HolidayCalendar } from '../../../domain/directory.ts';
import { dateAt } from '../../../domain/holiday/holidays.ts';
import { scopeWords } from '../../../domain/holiday/said.ts';
import type { SaidDay } from '../../../domain/holiday/said.ts';
import { marked } from '../../views/blocks.ts';
import { dateWords, holidaysFrom, isOnCall } from '../../views/holidays.ts';
import type { HolidayOf } from '../../views/holidays.ts';
import type { CalendarStates, ConsoleDeps } from '../deps.ts';
import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { renderLine } from './render.ts';
import { livePoint } from './room-page.ts';
import type { Routing } from './talk-routes.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

const MOST_DAYS = 40;
const MOST_NAMES = 4;

type Source = ReturnType<CalendarStates['holidaySources']>[number];

/** The days that are no working time: which come, whose they are, where they come from, and what is wrong with that. */
export function holidayRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/holidays',
    door.read(async (c, visit) => c.html(holidayPage(deps, visit))),
  );
}

async function holidayPage(deps: ConsoleDeps, visit: Visit): Promise<Html> {
  const { now, zone } = visit.reading;
  const today = dateAt(now.getTime(), zone);
  const [rail, live, said] = await Promise.all([
    loadRail(deps, visit, null),
    livePoint(deps, visit, null),
    deps.reads.saidDaysFrom(today),
  ]);
  const sources = deps.calendars.holidaySources();
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Holidays</h1>
        <p class="topic">Days that are no working time. Nobody is taken off call by one.</p>
      </div>
    </header>
    <div class="reading" tabindex="0" role="group" aria-label="Holidays">
      ${troubleBox(sources, visit)} ${daysBox(today, visit)} ${calendarsBox(sources, today, visit)}
      ${saidBox(said, visit)}
    </div>`;
  return framed(deps, visit, { title: 'Holidays', here: '/holidays', rail, main, live });
}

function troubleBox(sources: readonly Source[], { reading }: Visit): Html {
  const problems = sources.flatMap((source) => source.problems);
  if (problems.length === 0) return NOTHING;
  return html`<section class="box urgent" aria-labelledby="trouble-title">
    <h2 id="trouble-title">Not as it should be</h2>
    <ul class="b-list">
      ${problems.map((problem) => html`<li>${renderLine(marked(problem), reading)}</li>`)}
    </ul>
  </section>`;
}

function daysBox(today: string, { reading }: Visit): Html {
  const { directory } = reading;
  const everybody = [...directory.people.keys()];
  const days = holidaysFrom(today, everybody, directory);
  const more = days.length - MOST_DAYS;
  return html`<section class="box" aria-labelledby="next-title">
    <h2 id="next-title">Next holidays</h2>
    ${
      days.length === 0
        ? html`<p class="row-note">
            None that I know of. Type <code>/inc holidays add 2026-12-24 Christmas Eve</code>, or name a
            calendar under <code>holidays</code> in firebell.yaml.
          </p>`
        : dataTable(
            'Next holidays',
            ['Day', 'Holiday', 'Whose', 'On call that day'],
            days.slice(0, MOST_DAYS).map((day) => dayRow(day, everybody.length, directory)),
          )
    }
    ${more > 0 ? html`<p class="row-note">And ${more} more.</p>` : NOTHING}
  </section>`;
}

function dayRow({ date, name, people }: HolidayOf, all: number, directory: Directory): Html {
  const onCall = people.filter((person) => isOnCall(person, date, directory));
  return html`<tr>
    <th scope="row">${dateWords(date)}</th>
    <td>${name}</td>
    <td>${people.length === all ? 'Everybody' : whoseWords(people, directory)}</td>
    <td>${onCall.length === 0 ? 'None of them' : whoseWords(onCall, directory)}</td>
  </tr>`;
}

/** By teams where the people are all of one. */
function whoseWords(people: readonly string[], { people: known, teams }: Directory): string {
  const team = [...teams.values()].find(
    ({ members }) =>
      members.length > 1 &&
      members.length === people.length &&
      members.every((member) => people.includes(member)),
  );
  if (team) return `Team ${team.name}`;
  const names = people.slice(0, MOST_NAMES).map((id) => known.get(id)?.name ?? id);
  const more = people.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function calendarsBox(sources: readonly Source[], today: string, visit: Visit): Html {
  const calendars = [...(visit.reading.directory.holidays?.calendars.values() ?? [])];
  if (calendars.length === 0) return NOTHING;
  return html`<section class="box" aria-labelledby="calendars-title">
    <h2 id="calendars-title">Where they come from</h2>
    <ul class="rows">
      ${calendars.map((calendar) => {
        const source = sources.find((one) => one.calendar === calendar.id);
        return html`<li class="row">
          <div class="row-main">
            <strong>${calendar.name}</strong>
            <p class="row-note">${originOf(source, visit)} ${comingOf(calendar, today)}</p>
            <p class="row-note">${usersOf(calendar.id, visit.reading.directory)}</p>
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

function originOf(source: Source | undefined, { reading }: Visit): Html {
  if (source === undefined) return html`Written in firebell.yaml.`;
  const state = source.problems.length === 0 ? 'Read' : 'Last read';
  return source.readAt === null
    ? html`From a calendar elsewhere, which was never read.`
    : html`From a calendar elsewhere. ${state} ${timeTag(source.readAt, reading)}.`;
}

function comingOf({ days }: HolidayCalendar, today: string): string {
  const coming = [...days].filter(([date]) => date >= today).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [next] = coming;
  if (next === undefined) return 'No day in it is still to come.';
  return `${coming.length === 1 ? 'One day' : `${coming.length} days`} to come, next ${next[1]} on ${dateWords(next[0])}.`;
}

function usersOf(id: string, { settings, teams, people, schedules }: Directory): string {
  const has = ({ holidays }: { readonly holidays?: readonly string[] }): boolean =>
    holidays?.includes(id) === true;
  const of = [
    ...(has(settings) ? ['everybody who has none of their own'] : []),
    ...[...teams.values()].filter(has).map(({ name }) => `the team ${name}`),
    ...[...people.values()].filter(has).map(({ name }) => name),
    ...[...schedules.values()].filter(has).map(({ name }) => `the schedule ${name}`),
  ];
  return of.length === 0 ? 'Nobody has it.' : `Of ${of.join(', ')}.`;
}

function saidBox(said: readonly SaidDay[], { reading }: Visit): Html {
  if (said.length === 0) return NOTHING;
  const { directory } = reading;
  return html`<section class="box" aria-labelledby="said-title">
    <h2 id="said-title">Said by hand</h2>
    <ul class="rows">
      ${said.map(({ scope, date, name, by, at }) => {
        const who = actorName(by, (one) => directory.people.get(one)?.name);
        const whose = scopeWords(scope, directory);
        return html`<li class="row">
          <div class="row-main">
            <strong>${dateWords(date)}</strong>
            ${name === null ? `is a working day for ${whose}` : `${name}, for ${whose}`}
            <p class="row-note">Said by ${who} ${timeTag(at, reading)}</p>
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}
