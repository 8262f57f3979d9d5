import { alertId } from '../../../src/domain/alert/alert.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import type { Promises, SaidCommand } from './promises.ts';
import type { Remains, Story } from './remains.ts';

/** Every alert that got a 2xx is there once, as it was told last, in one incident that exists and counts it. */
export function checkAlerts(
  { alerts }: Promises,
  stories: readonly Story[],
  remains: Remains,
): readonly string[] {
  const there = new Map(remains.alerts.map((alert) => [alert.id, alert]));
  const groups = new Map(remains.groups.map((group) => [group.id, group]));
  const incidents = new Set(remains.incidents.map(({ id }) => id));
  const lost = [...alerts].flatMap(([key, { status }]) => {
    const alert = there.get(alertId('generic', key));
    if (!alert) return [`the alert ${key} was accepted and is lost`];
    const home = groups.get(alert.groupId ?? '')?.incidentId ?? null;
    return [
      ...(alert.status === status
        ? []
        : [`the alert ${key} was last told as ${status} and is ${alert.status}`]),
      ...(home !== null && incidents.has(home) ? [] : [`the alert ${key} belongs to no incident`]),
    ];
  });
  return [...lost, ...stories.flatMap((story) => checkCount(story, remains))];
}

/** An alert that fires again after its incident was resolved belongs to the next one; the first goes on counting it among all it ever had. */
function checkCount({ incidentId, stored, log }: Story, { alerts, groups }: Remains): readonly string[] {
  const homes = new Set(groups.filter((group) => group.incidentId === incidentId).map(({ id }) => id));
  const own = alerts.filter(({ groupId }) => groupId !== null && homes.has(groupId));
  const firing = own.filter(({ status }) => status === 'firing').length;
  const joined = log.reduce(
    (sum, { event }) => sum + (event.type === 'incident.alerts_changed' ? event.joined : 0),
    0,
  );
  const counted = stored.incident?.alerts;
  return counted?.total === joined && joined >= own.length && counted.firing === firing
    ? []
    : [
        `#${incidentId} has ${own.length} alerts, ${firing} firing, was joined by ${joined}, and counts ${JSON.stringify(counted)}`,
      ];
}

/** Every command that was answered with done is in the log once, and none is there twice. */
export function checkCommands({ commands }: Promises, stories: readonly Story[]): readonly string[] {
  const logs = new Map(stories.map(({ incidentId, log }) => [incidentId, log]));
  const withWords = commands.filter(({ words }) => words !== '');
  const wordless = Map.groupBy(
    commands.filter(({ words }) => words === ''),
    ({ incidentId, personId, verb }) => `${incidentId} ${personId} ${verb}`,
  );
  return [
    ...withWords.flatMap((said) => checkWords(said, logs.get(said.incidentId) ?? [])),
    ...[...wordless.values()].flatMap((said) => checkTimes(said, logs)),
  ];
}

function checkWords(
  { incidentId, personId, verb, words, heard }: SaidCommand,
  log: readonly RecordedEvent[],
): readonly string[] {
  const times = log.filter(
    ({ by, event }) => isBy(by, personId) && JSON.stringify(event).includes(`"${words}"`),
  ).length;
  const isDue = heard === 'done' || (heard === 'taken' && NEVER_REFUSED.has(verb));
  if (times === 1 || (times === 0 && !isDue)) return [];
  return [`#${incidentId}: ${verb} ${words} was answered with ${heard} and is in the log ${times} times`];
}

/** What can be said of any incident, whatever became of it. */
const NEVER_REFUSED: ReadonlySet<string> = new Set(['note', 'summary', 'task']);

/** Every incident that somebody declared and was told of is there once, and none is there twice. */
export function checkDeclared({ declared }: Promises, { incidents }: Remains): readonly string[] {
  return [...declared].flatMap(([title, heard]) => {
    const times = incidents.filter(({ state }) => state.title === title).length;
    return times === 1 || (times === 0 && heard !== 'done' && heard !== 'taken')
      ? []
      : [`“${title}” was answered with ${heard} and is there ${times} times`];
  });
}

const EVENTS: Readonly<Record<string, readonly RecordedEvent['event']['type'][]>> = {
  ack: ['escalation.acknowledged', 'incident.acknowledged'],
  unack: ['escalation.unacknowledged'],
  decline: ['escalation.declined'],
  escalate: ['escalation.step_reached'],
  postmortem: ['incident.postmortem_requested'],
};

/** The same person saying the same several times: as many instants in the log as were answered with done, and no more than were asked for. */
function checkTimes(
  said: readonly SaidCommand[],
  logs: ReadonlyMap<number, readonly RecordedEvent[]>,
): readonly string[] {
  const [first] = said;
  const types = first && EVENTS[first.verb];
  if (!first || !types) return [];
  const { incidentId, personId, verb } = first;
  const own = (logs.get(incidentId) ?? []).filter(
    ({ by, event }) => isBy(by, personId) && types.includes(event.type),
  );
  const when = (others: ReadonlySet<string>) =>
    new Set(
      (logs.get(incidentId) ?? [])
        .filter(({ event }) => others.has(event.type))
        .map(({ at }) => at.getTime()),
    );
  // Declining and giving back reach a step as well, and whoever declines what they had gives it back.
  const climbs = when(OTHER_CLIMBS);
  const backs = verb === 'unack' ? when(new Set(['escalation.declined'])) : new Set<number>();
  const instants = new Set(
    own.map(({ at }) => at.getTime()).filter((at) => !(verb === 'escalate' ? climbs : backs).has(at)),
  );
  const done = said.filter(({ heard }) => heard === 'done').length;
  const asked = said.length;
  if (instants.size >= done && instants.size <= asked) return [];
  return [
    `#${incidentId}: ${personId} was answered ${done} of ${asked} times that ${verb} was done, and the log has it ${instants.size} times`,
  ];
}

const OTHER_CLIMBS: ReadonlySet<string> = new Set([
  'escalation.declined',
  'escalation.unacknowledged',
  'escalation.started',
]);

function isBy(by: RecordedEvent['by'], personId: string): boolean {
  return by.kind === 'person' && by.id === personId;
}
