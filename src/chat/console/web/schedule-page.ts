import type { NamedSchedule } from '../../../domain/directory.ts';
import { isLive } from '../../../domain/roster/roster.ts';
import type { RecordedRosterEvent } from '../../../domain/roster/events.ts';
import type { KeptOverride, Roster } from '../../../domain/roster/roster.ts';
import { gapsOf } from '../../../domain/report/coverage/gaps.ts';
import type { Gap } from '../../../domain/report/coverage/gaps.ts';
import { nextChange, onCallAt, timeline } from '../../../domain/schedule/on-call.ts';
import type { Segment } from '../../../domain/schedule/on-call.ts';
import { actorName } from '../../../domain/actor.ts';
import type { Override } from '../../../domain/schedule/schedule.ts';
import { marked } from '../../views/blocks.ts';
import { plainLine } from '../../views/plain.ts';
import { changeLine } from '../../views/roster-changes.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { postsTo, renderLine } from './render.ts';
import { livePoint } from './room-page.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

const DAY = 24 * 60 * 60_000;
const AHEAD_MS = 30 * DAY;
const MOST_SHIFTS = 12;
const MOST_GAPS = 6;

/** One schedule: who is on call now, what comes, when nobody is, and what people changed by hand. */
export async function schedulePage(deps: ConsoleDeps, visit: Visit, named: NamedSchedule): Promise<Html> {
  const [rail, rosters, log, live] = await Promise.all([
    loadRail(deps, visit, null),
    deps.reads.rosters(),
    deps.reads.rosterLog(named.id),
    livePoint(deps, visit, null),
  ]);
  const { now } = visit.reading;
  const segments = timeline(named.schedule, now, new Date(now.getTime() + AHEAD_MS));
  const { gaps } = gapsOf(named, { start: now.getTime(), end: now.getTime() + AHEAD_MS });
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>${named.name}</h1>
        <p class="topic">
          Schedule, in the zone ${named.schedule.timeZone}; times are yours (${visit.reading.zone})
        </p>
      </div>
    </header>
    <div class="overview" tabindex="0" role="region" aria-label="Schedule ${named.name}">
      <div class="columns">
        <div class="column">
          ${nowBox(named, visit)} ${nextBox(segments, visit)} ${overridesBox(rosters.get(named.id), visit)}
        </div>
        <div class="column">
          ${troubleBox(deps.calendars.problemsOf(named.id), visit)} ${gapsBox(gaps, visit)}
          ${closedBox(gaps, visit)} ${changesBox(log, rosters.get(named.id), visit)}
        </div>
      </div>
    </div>
    <div id="log" class="overview-answers" aria-live="polite"></div>`;
  return framed(deps, visit, { title: named.name, here: `/schedules/${named.id}`, rail, main, live });
}

function nowBox({ schedule }: NamedSchedule, visit: Visit): Html {
  const { now } = visit.reading;
  const until = nextChange(schedule, now);
  return html`<section class="box" aria-labelledby="now-title">
    <h2 id="now-title">On call now</h2>
    <ul class="rows">
      <li class="row">
        <div class="row-main">
          <strong>${names(onCallAt(schedule, now), visit)}</strong>
          <p class="row-note">
            ${until === null ? 'With no change in sight' : html`Until ${timeTag(until, visit.reading)}`}
          </p>
        </div>
      </li>
    </ul>
  </section>`;
}

function nextBox(segments: readonly Segment[], visit: Visit): Html {
  const next = segments.slice(1, MOST_SHIFTS + 1);
  return html`<section class="box" aria-labelledby="next-title">
    <h2 id="next-title">Next changes</h2>
    ${
      next.length === 0
        ? html`<p class="row-note">Nothing changes within thirty days.</p>`
        : html`<ul class="rows">
            ${next.map(
              ({ start, onCall }) =>
                html`<li class="row">
                  <div class="row-main">
                    <strong>${names(onCall, visit)}</strong>
                    <p class="row-note">From ${timeTag(start, visit.reading)}</p>
                  </div>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

/** What keeps the schedule from being what its calendar says. */
function troubleBox(problems: readonly string[], { reading }: Visit): Html {
  if (problems.length === 0) return NOTHING;
  return html`<section class="box urgent" aria-labelledby="trouble-title">
    <h2 id="trouble-title">Its calendar</h2>
    <ul class="b-list">
      ${problems.map((problem) => html`<li>${renderLine(marked(problem), reading)}</li>`)}
    </ul>
  </section>`;
}

/** Times in which somebody should be there. */
function gapsBox(all: readonly Gap[], { reading }: Visit): Html {
  const gaps = all.filter(({ isPlanned }) => !isPlanned);
  if (gaps.length === 0) return NOTHING;
  const more = gaps.length - MOST_GAPS;
  return html`<section class="box urgent" aria-labelledby="gaps-title">
    <h2 id="gaps-title">Nobody is on call</h2>
    <ul class="rows">
      ${gaps.slice(0, MOST_GAPS).map(
        ({ start, end }) =>
          html`<li class="row">
            <p class="row-note">${timeTag(start, reading)} to ${timeTag(end, reading)}</p>
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="row-note">And ${more} more within thirty days.</p>` : NOTHING}
  </section>`;
}

/** Times outside of the hours that the schedule keeps. */
function closedBox(all: readonly Gap[], { reading }: Visit): Html {
  const closed = all.filter(({ isPlanned }) => isPlanned);
  const [next] = closed;
  if (next === undefined) return NOTHING;
  const times = closed.length === 1 ? 'once' : `${closed.length} times`;
  return html`<section class="box" aria-labelledby="closed-title">
    <h2 id="closed-title">Closed hours</h2>
    <p class="row-note">
      Outside of its hours it has nobody, ${times} within thirty days. Next: ${timeTag(next.start, reading)}
      to ${timeTag(next.end, reading)}.
    </p>
  </section>`;
}

function overridesBox(roster: Roster | undefined, visit: Visit): Html {
  const live = (roster?.overrides ?? []).filter((kept) => isLive(kept, visit.reading.now));
  return html`<section class="box" aria-labelledby="overrides-title">
    <h2 id="overrides-title">Changed by hand</h2>
    ${
      live.length === 0
        ? html`<p class="row-note">
            Nothing: as it was planned. Type <code>/inc override</code>, <code>cover</code> or
            <code>swap</code> to change it.
          </p>`
        : html`<ul class="rows">
            ${live.map((kept) => overrideRow(kept, visit))}
          </ul>`
    }
  </section>`;
}

function overrideRow({ id, override, by, why }: KeptOverride, visit: Visit): Html {
  const { directory } = visit.reading;
  const maker = actorName(by, (one) => directory.people.get(one)?.name);
  return html`<li class="row">
    <div class="row-main">
      <strong>${whatOf(override, visit)}</strong>
      <p class="row-note">
        ${timeTag(new Date(override.start), visit.reading)} to
        ${timeTag(new Date(override.end), visit.reading)}. Made by ${maker}${why === null ? '.' : `: ${why}`}
      </p>
    </div>
    <form ${postsTo('/ask')}>
      <input type="hidden" name="csrf" value="${visit.csrf}" />
      <button class="button" name="command" value="overrides end ${id}">
        End<span class="sr"> override ${id}</span>
      </button>
    </form>
  </li>`;
}

function changesBox(
  log: readonly RecordedRosterEvent[],
  roster: Roster | undefined,
  { reading }: Visit,
): Html {
  if (log.length === 0) return NOTHING;
  return html`<section class="box" aria-labelledby="changes-title">
    <h2 id="changes-title">Who changed what</h2>
    <ul class="rows">
      ${log.map(
        (one) =>
          html`<li class="row">
            <div class="row-main">
              <p>${plainLine(changeLine(one, roster), reading)}</p>
              <p class="row-note">${timeTag(one.at, reading)}</p>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}

function whatOf(override: Override, visit: Visit): Html {
  switch (override.type) {
    case 'replaceAll':
      return names(override.users, visit);
    case 'substitute':
      return html`${names(override.with === null ? [] : [override.with], visit)} in place of
      ${names([override.user], visit)}`;
    case 'add':
      return html`${names([override.user], visit)} as well`;
  }
}

function names(ids: readonly string[], { reading }: Visit): Html {
  if (ids.length === 0) return html`<span class="nobody">Nobody</span>`;
  return html`${ids.map((id) => reading.directory.people.get(id)?.name ?? id).join(', ')}`;
}
