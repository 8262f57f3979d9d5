import { formatDuration } from '../../lib/duration.ts';
import type { Condition, Directory, Target } from '../directory.ts';
import { sayClock, sayDay, sayOffset, utcAside } from '../schedule/say-time.ts';
import type { Line } from '../text.ts';
import { listed, people, severityName } from '../timeline/phrase.ts';
import type {
  Forecast,
  ForeseenPage,
  ForeseenTarget,
  LastResortMoment,
  Moment,
  Place,
  SkipMoment,
  StepMoment,
  WaitMoment,
} from './path.ts';
import type { Subject } from './question.ts';

/** A forecast in words: what was asked, the path a line each, and what should be known beside it. */
export interface ToldForecast {
  readonly heading: string;
  readonly asked: Line;
  readonly path: readonly Line[];
  readonly notes: readonly Line[];
}

/** Who reads it: whose names they know, in which zone they read times. */
interface Reader {
  readonly directory: Directory;
  readonly zone: string;
}

interface Telling extends Reader {
  /** Several policies, so that a step alone does not say where it is. */
  readonly isChain: boolean;
}

/** Tells a forecast to somebody in a zone. A line names the day when it is another than the line before it. */
export function tellForecast(forecast: Forecast, reader: Reader): ToldForecast {
  const days = forecast.moments.map(({ at }) => sayDay(at, reader.zone));
  const path = forecast.moments.map((moment, i): Line => {
    const day = days[i] === (days[i - 1] ?? sayDay(forecast.question.at, reader.zone)) ? '' : `${days[i]} `;
    const at = `${day}${sayClock(moment.at, reader.zone)}${utcAside(moment.at, reader.zone)}`;
    return [{ bold: at }, ' ', ...momentLine(moment, { ...reader, isChain: forecast.policies.length > 1 })];
  });
  return {
    heading: `Whom ${nameOf(forecast.question.about, reader)} would page`,
    asked: askedLine(forecast, reader),
    path,
    notes: notesOf(forecast, reader),
  };
}

function nameOf({ kind, id }: Subject, { directory }: Reader): string {
  switch (kind) {
    case 'service':
      return directory.services.get(id)?.name ?? id;
    case 'policy':
      return `the policy ${id}`;
    case 'schedule':
      return directory.schedules.get(id)?.name ?? id;
    case 'team':
      return `the team ${directory.teams.get(id)?.name ?? id}`;
    case 'person':
      return `a page to ${directory.people.get(id)?.name ?? id}`;
  }
}

function askedLine(forecast: Forecast, { directory, zone }: Reader): Line {
  const { question, severity, urgency, policies, route } = forecast;
  const { at, away } = question;
  const as = `${severityName(severity, directory)}, ${urgency} urgency`;
  const utc =
    sayDay(at, zone) === sayDay(at, 'UTC') ? '' : `; ${sayDay(at, 'UTC')} ${sayClock(at, 'UTC')} UTC`;
  const by = policies.length === 0 ? '' : ` By the policy ${policies.join(', then ')}`;
  const through = route === null ? '' : `, as the route “${route}” says`;
  return [
    `If it began on ${sayDay(at, zone)} at ${sayClock(at, zone)} (${zone}, ${sayOffset(at, zone)}${utc}) as ${as}, and nobody answered.`,
    by === '' ? '' : `${by}${through}.`,
    ...(away.length === 0
      ? []
      : [' As if ', ...people(away), ` ${away.length === 1 ? 'was' : 'were'} away.`]),
  ].filter((span) => span !== '');
}

function momentLine(moment: Moment, reader: Telling): Line {
  switch (moment.kind) {
    case 'step':
      return stepLine(moment, reader);
    case 'skip':
      return skipLine(moment, reader);
    case 'wait':
      return waitLine(moment, reader);
    case 'repeat': {
      const { fromRound, toRound, until } = moment;
      const rounds = fromRound === toRound ? `Round ${fromRound}` : `Rounds ${fromRound} to ${toRound}`;
      const end = sayLater(until, moment.at, reader.zone);
      const whose = reader.isChain ? `${moment.policy}, ${rounds.toLowerCase()}` : rounds;
      return [`${whose}: the same steps and people again, until ${end}.`];
    }
    case 'last_resort':
      return lastResortLine(moment, reader);
  }
}

function stepLine(step: StepMoment, reader: Telling): Line {
  const { place, targets, isLost } = step;
  const turns: Line = step.turns.length > 1 ? [' (by turns)'] : [];
  const end: Line = isLost
    ? [' Nobody of them can be reached, so it goes on at once.']
    : [` Waits ${formatDuration(step.until.getTime() - step.at.getTime())}.`];
  return [
    placeWords(place, reader),
    ': ',
    ...targetsLine(targets, reader),
    ...turns,
    '.',
    ...pagesLine(step, reader),
    ...end,
  ];
}

function placeWords({ policy, step, steps, round, rounds }: Place, { isChain }: Telling): string {
  const which = `${isChain ? `${policy}, step` : 'Step'} ${step}${steps === 1 ? '' : ` of ${steps}`}`;
  return `${which}${rounds === 1 ? '' : `, round ${round} of ${rounds}`}`;
}

function targetsLine(targets: readonly ForeseenTarget[], reader: Reader): Line {
  return targets.flatMap((target, i): Line => [...(i === 0 ? [] : ['; ']), ...targetLine(target, reader)]);
}

function targetLine({ target, people: ids, away }: ForeseenTarget, { directory }: Reader): Line {
  const gone: Line = away.length === 0 ? [] : [' (', ...people(away), ' away)'];
  const nobody: Line = [{ bold: 'nobody' }, ...gone];
  const who: Line = ids.length === 0 ? nobody : [...people(ids), ...gone];
  switch (target.kind) {
    case 'person':
      return who;
    case 'schedule':
      return [`${directory.schedules.get(target.id)?.name ?? target.id}: `, ...who];
    case 'team':
      return [`team ${directory.teams.get(target.id)?.name ?? target.id}: `, ...who];
    case 'channel':
      return [`the channel ${target.id} is told`];
    case 'user_group':
      return [`the group ${target.id} is told`];
    case 'webhook':
      return [`the webhook ${target.id} is called`];
  }
}

/** How everybody is told: without names when it is the same for all of them. */
function pagesLine({ pages, at }: Pick<StepMoment, 'pages' | 'at'>, { zone }: Reader): Line {
  const groups = [...Map.groupBy(pages, (page) => pageWords(page, at, zone))];
  return groups.flatMap(([words, alike]): Line => {
    const names = people(alike.map(({ personId }) => personId));
    const lost: Line = alike.some(({ isUnreachable }) => isUnreachable) ? [' cannot be reached: '] : [': '];
    const whose = groups.length === 1 && lost[0] === ': ' ? [] : [...names, ...lost];
    return [' ', ...whose, `${words}.`];
  });
}

function pageWords(page: ForeseenPage, since: Date, zone: string): string {
  const { attempts, unused, isUnreachable, heldUntil } = page;
  const tried = attempts.map(({ channel, at, failure }) =>
    failure === null ? `${channel} ${sayLater(at, since, zone)}` : `${channel} fails (${failure})`,
  );
  const late = unused.map(
    ({ channel, afterMs }) => `no time for ${channel} after ${formatDuration(afterMs)}`,
  );
  const none = isUnreachable && attempts.length === 0 ? ['no way to reach them is configured'] : [];
  const held = heldUntil === null ? [] : [`not at work before ${sayLater(heldUntil, since, zone)}`];
  return [...held, ...none, ...tried, ...late].join(', ');
}

function skipLine({ place, reason, failing, targets }: SkipMoment, reader: Telling): Line {
  const why: Line =
    reason === 'condition'
      ? [`only ${failing.map((condition) => conditionWords(condition, reader)).join(' and ')}`]
      : ['nobody is there: ', ...targetsLine(targets, reader)];
  return [`${placeWords(place, reader)} is passed over at once: `, ...why, '.'];
}

function waitLine({ place, until, of, at }: WaitMoment, reader: Telling): Line {
  const { directory, zone } = reader;
  const what = place === null ? 'The last resort' : placeWords(place, reader);
  const whose: Line =
    of.kind === 'person' ? [{ person: of.id }] : [directory.schedules.get(of.id)?.name ?? of.id];
  const end = sayLater(until, at, zone);
  return [`${what} can wait, and waits for the working hours of `, ...whose, `: until ${end}.`];
}

/** An instant after another: the clock, and the day where that is another one. */
function sayLater(at: Date, since: Date, zone: string): string {
  const day = sayDay(at, zone) === sayDay(since, zone) ? '' : `${sayDay(at, zone)} `;
  return `${day}${sayClock(at, zone)}`;
}

/** When a step is taken, as in `only …`. */
function conditionWords(condition: Condition, { directory }: Reader): string {
  switch (condition.kind) {
    case 'severity_at_least':
      return `for ${severityName(condition.severity, directory)} or worse`;
    case 'urgency':
      return `for ${condition.urgency} urgency`;
    case 'own_hours':
      return 'for those who are within their own working hours, and nobody is';
    case 'within_hours': {
      const { days, start, end } = condition.hours;
      return `${days.join(', ')} ${start} to ${end} (${condition.zone})`;
    }
  }
}

function lastResortLine(moment: LastResortMoment, reader: Reader): Line {
  const { targets, everyMs } = moment;
  return [
    'Last resort: ',
    ...targetsLine(targets, reader),
    '.',
    ...pagesLine(moment, reader),
    ` Again every ${formatDuration(everyMs)} until somebody acknowledges.`,
  ];
}

function notesOf(forecast: Forecast, { directory }: Reader): readonly Line[] {
  const { moments, otherRoutes, reachesSomebody, isCut, question } = forecast;
  const turns = moments.find((moment) => moment.kind === 'step' && moment.turns.length > 1);
  return [
    ...(reachesSomebody ? [] : [[{ bold: 'Nobody would be reached at all.' }]]),
    ...(turns?.kind === 'step' ? [turnsNote(turns.turns, directory)] : []),
    ...(otherRoutes.length === 0 ? [] : [routesNote(otherRoutes, question.about)]),
    ...(isCut ? [['The path goes on; it is too long to be shown.']] : []),
  ];
}

function turnsNote(turns: readonly Target[], { people: known, schedules, teams }: Directory): Line {
  const names = turns.map(({ kind, id }) => {
    const named = {
      person: known,
      schedule: schedules,
      team: teams,
      channel: known,
      webhook: known,
      user_group: known,
    }[kind];
    return named.get(id)?.name ?? id;
  });
  return [
    'By turns: each incident pages the next of ',
    ...listed(names),
    '; this is whose turn it is as things stand.',
  ];
}

function routesNote(names: readonly string[], { id }: Subject): Line {
  const quoted = listed(names.map((name) => `“${name}”`));
  return [
    `Alerts of ${id} that the ${names.length === 1 ? 'route' : 'routes'} `,
    ...quoted,
    ` ${names.length === 1 ? 'takes' : 'take'} go another way.`,
  ];
}
