import { formatDuration } from '../../lib/duration.ts';
import type {
  Condition,
  Directory,
  HolidayCalendar,
  NotificationRule,
  Person,
  Policy,
  Route,
  Service,
  SeverityMatrix,
  Step,
  Target,
  Team,
} from '../directory.ts';
import type { Detail, Fact } from './comparison.ts';

const NONE: ReadonlyMap<string, HolidayCalendar> = new Map();

/** What is said of a thing: what about it -> the words for how it is. Equal words are no change. */
type Saying = Readonly<Record<string, string>>;

/** What becomes of people, teams, services, policies and the house rules about paging; who is on call when is told elsewhere. */
export function compareFacts(before: Directory, after: Directory): readonly Fact[] {
  return [
    ...compareAll('person', before.people, after.people, sayPerson),
    ...compareAll('team', before.teams, after.teams, sayTeam),
    ...compareAll('service', before.services, after.services, sayService),
    ...compareAll('policy', before.policies, after.policies, sayPolicy),
    ...compareAll(
      'holidays',
      before.holidays?.calendars ?? NONE,
      after.holidays?.calendars ?? NONE,
      sayCalendar,
    ),
    ...compareOne('routes', sayRoutes(before.routes), sayRoutes(after.routes)),
    ...compareOne('house rules', sayRules(before), sayRules(after)),
  ];
}

function compareAll<T>(
  word: string,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  say: (thing: T) => Saying,
): readonly Fact[] {
  const ids = new Set([...after.keys(), ...before.keys()]);
  return [...ids].flatMap((id): readonly Fact[] => {
    const [old, young] = [before.get(id), after.get(id)];
    const subject = `${word} ${id}`;
    if (old === undefined) return [{ subject, kind: 'added', details: [] }];
    if (young === undefined) return [{ subject, kind: 'removed', details: [] }];
    return compareOne(subject, say(old), say(young));
  });
}

function compareOne(subject: string, before: Saying, after: Saying): readonly Fact[] {
  const whats = new Set([...Object.keys(before), ...Object.keys(after)]);
  const details = [...whats].flatMap((what): readonly Detail[] => {
    const [old, young] = [before[what] ?? null, after[what] ?? null];
    return old === young ? [] : [{ what, before: old, after: young }];
  });
  return details.length === 0 ? [] : [{ subject, kind: 'changed', details }];
}

function sayPerson({ email, zone, access, handles, rules, holidays }: Person): Saying {
  const platforms = Object.entries(handles).map(([platform, handle]) => [`on ${platform}`, handle]);
  return {
    ...(email === null ? {} : { 'e-mail': email }),
    zone,
    access,
    'pages of high urgency': sayNotifications(rules.high),
    'pages of low urgency': sayNotifications(rules.low),
    ...sayHolidays(holidays),
    ...Object.fromEntries(platforms),
  };
}

function sayNotifications(rules: readonly NotificationRule[]): string {
  const said = rules.map(({ channel, afterMs }) =>
    afterMs === 0 ? channel : `${channel} after ${formatDuration(afterMs)}`,
  );
  return said.join(', ') || 'nothing';
}

function sayTeam({ members, schedule, holidays }: Team): Saying {
  return {
    members: members.toSorted().join(', ') || 'nobody',
    ...(schedule === null ? {} : { schedule }),
    ...sayHolidays(holidays),
  };
}

function sayHolidays(calendars: readonly string[] | undefined): Saying {
  return calendars === undefined ? {} : { holidays: calendars.join(', ') || 'none' };
}

function sayCalendar({ days }: HolidayCalendar): Saying {
  return Object.fromEntries(days);
}

function sayService({ owner, policy, impact, dependsOn }: Service): Saying {
  return {
    ...(impact === undefined ? {} : { impact }),
    owner: owner === null ? 'nobody' : `team ${owner}`,
    policy,
    ...(dependsOn.length === 0 ? {} : { 'depends on': dependsOn.toSorted().join(', ') }),
  };
}

function sayPolicy({ steps, rounds, followedBy }: Policy): Saying {
  return {
    ...Object.fromEntries(steps.map((step, i) => [`step ${i + 1}`, sayStep(step)])),
    rounds: String(rounds),
    'after the last round': followedBy === null ? 'the last resort' : `policy ${followedBy}`,
  };
}

function sayStep({ targets, ackWithinMs, strategy, ackMode, conditions }: Step): string {
  const extras = [
    ...(strategy === 'round_robin' ? ['in turn'] : []),
    ...(ackMode === 'all' ? ['all must acknowledge'] : []),
    ...conditions.map(sayCondition),
  ];
  return [sayTargets(targets), `${formatDuration(ackWithinMs)} to acknowledge`, ...extras].join(', ');
}

function sayCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'severity_at_least':
      return `only from ${condition.severity} on`;
    case 'urgency':
      return `only for ${condition.urgency} urgency`;
    case 'own_hours':
      return 'only those within their own hours';
    case 'within_hours': {
      const { days, start, end } = condition.hours;
      return `only ${days.join(' ')} ${start} to ${end} of ${condition.zone}`;
    }
  }
}

function sayTargets(targets: readonly Target[]): string {
  return targets.map(({ kind, id }) => `${kind} ${id}`).join(' and ');
}

function sayRoutes(routes: readonly Route[]): Saying {
  return Object.fromEntries(routes.map((route, i) => [`${i + 1}`, sayRoute(route)]));
}

function sayRoute({ name, matchers, incident, policy, service, severity }: Route): string {
  const signs = { equals: '=', not_equals: '!=', matches: '=~', not_matches: '!~' } as const;
  const matches = matchers.map(({ label, op, value }) => `${label}${signs[op]}"${value}"`).join(', ');
  const parts = [
    incident === 'none' ? 'opens nothing' : null,
    policy === null ? null : `policy ${policy}`,
    service === null ? null : `service ${service}`,
    severity === null ? null : `severity ${severity}`,
  ].filter((part) => part !== null);
  return [`"${name}"`, matches === '' ? 'all alerts' : matches, ...parts].join(', ');
}

function sayMatrix(matrix: SeverityMatrix | undefined): Saying {
  const cells = [...(matrix?.severities ?? [])].flatMap(([impact, row]) =>
    [...row].map(([urgency, severity]) => [`impact ${impact}, urgency ${urgency}`, severity] as const),
  );
  return Object.fromEntries(cells);
}

function sayRules({ lastResort, settings, severityMatrix }: Directory): Saying {
  return {
    'the last resort': `${sayTargets(lastResort.targets)}, every ${formatDuration(lastResort.everyMs)}`,
    'the policy of what belongs to no service': settings.defaultPolicy,
    ...sayHolidays(settings.holidays),
    ...sayMatrix(severityMatrix),
  };
}
