import type { Directory, ResponseTargets } from '../directory.ts';
import type { Given } from '../given.ts';
import type { IncidentSideCommand } from '../command.ts';
import { BOT } from '../actor.ts';
import { urgencyOf } from '../escalation/condition.ts';
import type { Effect } from '../effect.ts';
import type { Reaction, TimerChange } from '../timer.ts';
import type { Happening, World } from '../world.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident, RoomRef } from './incident.ts';
import { isWorse } from './alerts.ts';
import { isMet } from './targets.ts';
import { shown } from './shown.ts';

/** A target is announced before it is missed: when this share of it has passed. */
const SOON = 0.8;

/** What follows from an event of the incident. `world` is as it stands after the event. */
export function reactToIncident(
  happening: Happening & { readonly event: IncidentEvent },
  world: World,
  given: Given,
): Reaction {
  const incident = world.incident;
  if (incident === null)
    throw new Error(`expected incident #${happening.incidentId} after ${happening.event.type}, found none`);
  const { effects = [], timers = [], say = [] } = consequences(happening, incident, world, given);
  return {
    effects: [...effects, ...shown(happening, incident, given.directory)],
    timers,
    say: [...say, ...signOfLife(happening)],
  };
}

type IncidentHappening = Happening & { readonly event: IncidentEvent };

function consequences(
  happening: IncidentHappening,
  incident: Incident,
  world: World,
  given: Given,
): Reaction {
  const { event, at } = happening;
  switch (event.type) {
    case 'incident.declared':
      return {
        effects: openRoom(incident, event.room),
        timers: startTargets(incident, given.directory, at),
        say: [...useRoom(incident.id, event.room), ...startPaging(incident, event)],
      };
    case 'incident.acknowledged':
      return { timers: clearTargets(incident.id, ['acknowledge']) };
    case 'incident.update_posted':
      return {
        timers: [
          ...clearTargets(incident.id, ['first_update']),
          ...dueUpdate(incident.id, at, event.nextDue),
        ],
      };
    case 'incident.resolved':
      return { timers: silenceAll(incident), say: [endPaging(incident.id, 'resolved')] };
    case 'incident.cancelled':
      return { timers: silenceAll(incident), say: [endPaging(incident.id, 'cancelled')] };
    case 'incident.status_changed':
      if (event.to === 'declined')
        return { timers: silenceAll(incident), say: [endPaging(incident.id, 'cancelled')] };
      return {};
    case 'incident.reopened':
      return { timers: startTargets(incident, given.directory, at), say: startPaging(incident, null) };
    case 'incident.room_opened':
    case 'incident.room_lost':
      return { effects: moveRoom(event, incident.id, world) };
    case 'incident.postmortem_requested':
      return { effects: [{ type: 'postmortem.publish', incidentId: incident.id }] };
    case 'incident.severity_changed':
      return { timers: moveTargets(incident, event, given), say: hurry(incident, event, given.directory) };
    case 'incident.unacknowledged':
    case 'incident.update_due':
    case 'incident.renamed':
    case 'incident.summarized':
    case 'incident.role_assigned':
    case 'incident.members_added':
    case 'incident.noted':
    case 'incident.task_added':
    case 'incident.task_done':
    case 'incident.task_reopened':
    case 'incident.alerts_changed':
    case 'incident.alerts_cleared':
    case 'incident.target_missed':
    case 'incident.postmortem_drafted':
    case 'incident.silence_told':
    case 'incident.effect_given_up':
      return {};
  }
}

function openRoom({ id, wantsRoom }: Incident, room: RoomRef | undefined): Effect[] {
  return wantsRoom && room === undefined ? [{ type: 'chat.open_room', incidentId: id }] : [];
}

function moveRoom(
  event: Extract<IncidentEvent, { type: 'incident.room_opened' | 'incident.room_lost' }>,
  incidentId: number,
  world: World,
): Effect[] {
  if (event.type === 'incident.room_lost') return [{ type: 'chat.open_room', incidentId, anew: true }];
  return [...syncPages(incidentId, world), ...leaveRoom(incidentId, event.previous)];
}

function leaveRoom(incidentId: number, room: RoomRef | undefined): Effect[] {
  return room === undefined ? [] : [{ type: 'chat.leave_room', incidentId, room }];
}

function useRoom(incidentId: number, room: RoomRef | undefined): IncidentSideCommand[] {
  return room === undefined ? [] : [{ type: 'incident.use_room', by: BOT, incidentId, room }];
}

function startPaging(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'incident.declared' }> | null,
): IncidentSideCommand[] {
  const start = { type: 'escalation.start', by: BOT, incidentId: incident.id } as const;
  if (event !== null && event.targets.length > 0) {
    return [
      { ...start, source: { targets: event.targets }, rulesNow: event.rulesNow, message: incident.summary },
    ];
  }
  if (incident.policy === null) return [];
  return [{ ...start, source: { policy: incident.policy }, rulesNow: false, message: null }];
}

/** What could wait cannot any more. */
function hurry(
  { id }: Incident,
  { from, to }: Extract<IncidentEvent, { type: 'incident.severity_changed' }>,
  directory: Directory,
): IncidentSideCommand[] {
  const rose = urgencyOf(from, directory) === 'low' && urgencyOf(to, directory) === 'high';
  return rose ? [{ type: 'escalation.hurry', by: BOT, incidentId: id }] : [];
}

function endPaging(incidentId: number, status: 'resolved' | 'cancelled'): IncidentSideCommand {
  return { type: 'escalation.end', by: BOT, incidentId, status };
}

function syncPages(incidentId: number, { pages }: World): Effect[] {
  const told = pages.filter((page) => page.end === null && page.attempts.length > 0);
  return told.map(({ id: pageId }) => ({ type: 'page.sync', incidentId, pageId }));
}

const TARGETS = ['acknowledge', 'first_update', 'resolve'] as const;
type TargetName = (typeof TARGETS)[number];

function startTargets(incident: Incident, { severities }: Directory, from: Date): TimerChange[] {
  const targets = severities.find((one) => one.id === incident.severity)?.targets;
  if (!targets || incident.kind === 'retrospective' || !incident.wantsRoom) return [];
  return TARGETS.flatMap((target) => {
    const withinMs = msOf(targets, target);
    if (withinMs === null) return [];
    const due = new Date(from.getTime() + withinMs);
    const set = (phase: 'soon' | 'missed', dueAt: Date): TimerChange => ({
      kind: 'set',
      key: targetKey(incident.id, target, phase),
      dueAt,
      command: {
        type: 'incident.target_due',
        incidentId: incident.id,
        target,
        phase,
        due,
        reopened: incident.reopened,
      },
    });
    return [set('soon', new Date(from.getTime() + withinMs * SOON)), set('missed', due)];
  });
}

/** A worse severity promises anew from now on; a milder one gives what is open the time that it would have had from the start. */
function moveTargets(
  incident: Incident,
  { from, to }: Extract<IncidentEvent, { type: 'incident.severity_changed' }>,
  { directory, now }: Given,
): TimerChange[] {
  const isAnew = isWorse(to, from, directory) || incident.reopened > 0;
  const met = TARGETS.filter((target) => isMet(incident, target));
  const set = startTargets(incident, directory, isAnew ? now : incident.declaredAt).filter(
    (change) => change.kind === 'set' && change.dueAt > now,
  );
  // Of several changes to one key the last counts.
  return [...clearTargets(incident.id, TARGETS), ...set, ...clearTargets(incident.id, met)];
}

function msOf(targets: ResponseTargets, target: TargetName): number | null {
  switch (target) {
    case 'acknowledge':
      return targets.acknowledgeMs;
    case 'first_update':
      return targets.firstUpdateMs;
    case 'resolve':
      return targets.resolveMs;
  }
}

function targetKey(incidentId: number, target: TargetName, phase: string): string {
  return `incident:${incidentId}:target:${target}:${phase}`;
}

function clearTargets(incidentId: number, targets: readonly TargetName[]): TimerChange[] {
  return targets.flatMap((target) =>
    ['soon', 'missed'].map((phase): TimerChange => ({
      kind: 'clear',
      key: targetKey(incidentId, target, phase),
    })),
  );
}

function dueUpdate(incidentId: number, from: Date, due: Date | null): TimerChange[] {
  const keyOf = (phase: string) => `incident:${incidentId}:update${phase === 'soon' ? ':soon' : ''}`;
  if (due === null)
    return ['soon', 'missed'].map((phase): TimerChange => ({ kind: 'clear', key: keyOf(phase) }));
  const soon = new Date(from.getTime() + (due.getTime() - from.getTime()) * SOON);
  const set = (phase: 'soon' | 'missed', dueAt: Date): TimerChange => ({
    kind: 'set',
    key: keyOf(phase),
    dueAt,
    command: { type: 'incident.update_due', incidentId, phase, due },
  });
  return [set('soon', soon), set('missed', due)];
}

function silenceAll({ id, declaredAt }: Incident): TimerChange[] {
  return [...clearTargets(id, TARGETS), ...dueUpdate(id, declaredAt, null)];
}

const HUMAN_SIGNS: ReadonlySet<IncidentEvent['type']> = new Set([
  'incident.status_changed',
  'incident.update_posted',
  'incident.severity_changed',
  'incident.summarized',
  'incident.noted',
  'incident.task_added',
  'incident.task_done',
]);

function signOfLife({ event, by, incidentId }: IncidentHappening): IncidentSideCommand[] {
  if (by.kind !== 'person' || !HUMAN_SIGNS.has(event.type)) return [];
  return [{ type: 'escalation.note_sign_of_life', by, incidentId }];
}
