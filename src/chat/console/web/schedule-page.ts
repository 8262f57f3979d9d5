import type { NamedSchedule } from '../../../domain/directory.ts';
import { isLive } from '../../../domain/roster/roster.ts';
import type { RecordedRosterEvent } from '../../../domain/roster/events.ts';
import type { KeptOverride, Roster } from '../../../domain/roster/roster.ts';
import { nextChange, onCallAt, timeline } from '../../../domain/schedule/on-call.ts';
import type { Segment } from '../../../domain/schedule/on-call.ts';
import { actorName } from '../../../domain/actor.ts';
import type { Override } from '../../../domain/schedule/schedule.ts';
import { plainLine } from '../../views/plain.ts';
import { changeLine } from '../../views/roster-changes.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { postsTo } from './render.ts';
import { livePoint } from './room-page.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

const DAY = 24 * 60 * 60_000;
const AHEAD_MS = 30 * DAY;
const MOST_SHIFTS = 12;

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
        <div class="column">${nowBox(named, visit)} ${overridesBox(rosters.get(named.id), visit)}</div>
        <div class="column">
          ${troubleBox(deps.calendars.problemsOf(named.id))} ${gapsBox(segments, visit)}
          ${nextBox(segments, visit)} ${changesBox(log, rosters.get(named.id), visit)}
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
function troubleBox(problems: readonly string[]): Html {
  if (problems.length === 0) return NOTHING;
  return html`<section class="box urgent" aria-labelledby="trouble-title">
    <h2 id="trouble-title">Its calendar</h2>
    <ul class="rows">
      ${problems.map((problem) => html`<li class="row"><p class="row-note">${problem}</p></li>`)}
    </ul>
  </section>`;
}

function gapsBox(segments: readonly Segment[], visit: Visit): Html {
  const gaps = segments.filter(({ onCall }) => onCall.length === 0);
  if (gaps.length === 0) return NOTHING;
  return html`<section class="box urgent" aria-labelledby="gaps-title">
    <h2 id="gaps-title">Nobody is on call</h2>
    <ul class="rows">
      ${gaps.map(
        ({ start, end }) =>
          html`<li class="row">
            <p class="row-note">${timeTag(start, visit.reading)} to ${timeTag(end, visit.reading)}</p>
          </li>`,
      )}
    </ul>
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
