import { BOT, personOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import type { Target } from '../directory.ts';
import type { Effect } from '../effect.ts';
import type { PageEnd } from '../page/page.ts';
import type { Reaction } from '../timer.ts';
import type { Happening, World } from '../world.ts';
import type { EscalationEvent, NewPage } from './events.ts';
import type { Run } from './run.ts';
import { clear, delayTimer, nagTimer, silenceTimer, snoozeTimer, stepTimer } from './waits.ts';

type EscalationHappening = Happening & { readonly event: EscalationEvent };

/** What follows from an event of an escalation. `world` is as it stands after the event. */
export function reactToEscalation(happening: EscalationHappening, world: World): Reaction {
  const { event, incidentId } = happening;
  const run = world.runs.find((one) => one.id === event.runId);
  if (!run) throw new Error(`expected run ${event.runId} after ${event.type}, found none`);
  const { effects = [], timers = [], say = [] } = consequences(happening, run, world);
  if (!world.incident?.wantsRoom) return { effects, timers, say };
  return {
    effects: [...effects, ...announced(happening), { type: 'chat.sync_card', incidentId }],
    timers,
    say,
  };
}

function consequences(happening: EscalationHappening, run: Run, world: World): Reaction {
  const { event, incidentId, by } = happening;
  switch (event.type) {
    case 'escalation.step_reached':
      return stepReached(event, run, world, incidentId);
    case 'escalation.step_delayed':
      return {
        timers: [delayTimer(run, incidentId, event.delay.until)],
        say: [endPages(run, world, 'escalated', incidentId, () => true, waitedFor(run))],
      };
    case 'escalation.nagged':
      return nagged(event, run, world, incidentId);
    case 'escalation.acknowledged':
      return acknowledged(event, run, world, { incidentId, by });
    case 'escalation.silence_noticed':
      return {
        timers: silenceTimer(run, incidentId, event.resumeAt, true),
        say: [startPage(event.page, event.resumeAt, run, incidentId)],
      };
    case 'escalation.sign_of_life':
      return { timers: silenceTimer(run, incidentId, event.nextBy, false) };
    case 'escalation.unacknowledged':
      return { timers: [...silenceTimer(run, incidentId, null, false), clear(run, 'nag')] };
    case 'escalation.declined':
      return {
        say: [endPages(run, world, 'declined', incidentId, (personId) => personId === event.personId)],
      };
    case 'escalation.snoozed':
      return snoozed(event, run, world, incidentId);
    case 'escalation.ended':
      return ended(event, run, world, incidentId);
    case 'escalation.resumed':
      return { timers: [clear(run, 'snooze')] };
    case 'escalation.exhausted':
      return {
        effects: [
          {
            type: 'chat.tell_admins',
            incidentId,
            text: `Nobody acknowledged #${incidentId}; the last resort is being paged.`,
          },
        ],
      };
    case 'escalation.started':
    case 'escalation.step_skipped':
    case 'escalation.page_lost':
      return {};
  }
}

type Of<T extends EscalationEvent['type']> = Extract<EscalationEvent, { type: T }>;

function nagged(event: Of<'escalation.nagged'>, run: Run, world: World, incidentId: number): Reaction {
  return {
    timers: nagTimer(run, incidentId, event.nagAt),
    say: [
      ...event.pages.map((page) => startPage(page, event.nagAt, run, incidentId)),
      endPages(run, world, 'escalated', incidentId, () => true, waitedFor(run)),
    ],
  };
}

function acknowledged(
  event: Of<'escalation.acknowledged'>,
  run: Run,
  world: World,
  { incidentId, by }: Pick<Happening, 'incidentId' | 'by'>,
): Reaction {
  return {
    timers: [
      clear(run, 'step'),
      ...silenceTimer(run, incidentId, event.signOfLifeBy, false),
      ...nagTimer(run, incidentId, event.nagAt),
    ],
    say: [...endForAck(run, world, by, incidentId), ...(run.rulesNow ? [testPassed(incidentId)] : [])],
  };
}

function snoozed(event: Of<'escalation.snoozed'>, run: Run, world: World, incidentId: number): Reaction {
  return {
    timers: [
      clear(run, 'step'),
      clear(run, 'nag'),
      clear(run, 'silence'),
      snoozeTimer(run, incidentId, event.until),
    ],
    say: [endPages(run, world, 'snoozed', incidentId)],
  };
}

function ended(event: Of<'escalation.ended'>, run: Run, world: World, incidentId: number): Reaction {
  return {
    timers: [clear(run, 'step'), clear(run, 'nag'), clear(run, 'snooze'), clear(run, 'silence')],
    say: [
      endPages(run, world, event.status, incidentId),
      ...(run.rulesNow && event.status === 'cancelled' ? [testFailed(incidentId)] : []),
    ],
  };
}

function stepReached(
  event: Of<'escalation.step_reached'>,
  run: Run,
  world: World,
  incidentId: number,
): Reaction {
  const personIds = event.pages.map((page) => page.personId);
  const joins: IncidentSideCommand[] =
    personIds.length === 0 ? [] : [{ type: 'incident.add_members', by: BOT, incidentId, personIds }];
  return {
    effects: event.told.map((target) => told(target, run, incidentId)),
    timers: [stepTimer(run, incidentId, event.ackBy)],
    say: [
      // Those of the step before have had their time; the new ones go out before anything else.
      ...event.pages.map((page) => startPage(page, event.ackBy, run, incidentId)),
      endPages(run, world, 'escalated', incidentId, () => true, waitedFor(run)),
      ...joins,
    ],
  };
}

function told(target: Target, run: Run, incidentId: number): Effect {
  const { message } = run;
  if (target.kind === 'channel')
    return { type: 'chat.tell_channel', incidentId, channel: target.id, message };
  if (target.kind === 'user_group') return { type: 'chat.tell_group', incidentId, group: target.id, message };
  return { type: 'notify.call_webhook', incidentId, target: { ...target }, runId: run.id };
}

/** Pages of this position, and of those who must answer for themselves. */
function waitedFor(run: Run): readonly string[] {
  return run.pages.filter((page) => page.state === 'waiting').map((page) => page.pageId);
}

function startPage(page: NewPage, ackBy: Date, run: Run, incidentId: number): IncidentSideCommand {
  return {
    type: 'page.start',
    by: BOT,
    incidentId,
    ...page,
    runId: run.id,
    ackBy,
    rulesNow: run.rulesNow,
    message: run.message,
  };
}

function endPages(
  run: Run,
  world: World,
  why: PageEnd,
  incidentId: number,
  whose: (personId: string) => boolean = () => true,
  except: readonly string[] = [],
): IncidentSideCommand {
  const open = world.pages.filter((page) => page.runId === run.id && page.end === null);
  const pageIds = open
    .filter((page) => whose(page.personId) && !except.includes(page.id))
    .map((page) => page.id);
  return { type: 'page.end', by: BOT, incidentId, pageIds, why, answeredPageId: null };
}

function endForAck(run: Run, world: World, by: Actor, incidentId: number): IncidentSideCommand[] {
  const waiting = new Set(run.pages.filter((page) => page.state === 'waiting').map((page) => page.pageId));
  const over = world.pages.filter(
    (page) => page.runId === run.id && page.end === null && !waiting.has(page.id),
  );
  const personId = personOf(by);
  const mine = over.filter((page) => page.personId === personId).map((page) => page.id);
  const others = over.filter((page) => page.personId !== personId).map((page) => page.id);
  const end = { type: 'page.end', by, incidentId } as const;
  return [
    { ...end, pageIds: mine, why: 'acknowledged', answeredPageId: mine.at(-1) ?? null },
    { ...end, pageIds: others, why: 'acknowledged_by_other', answeredPageId: null },
  ];
}

function testPassed(incidentId: number): IncidentSideCommand {
  return { type: 'incident.resolve', by: BOT, incidentId, summary: 'The test page was acknowledged.' };
}

function testFailed(incidentId: number): IncidentSideCommand {
  return { type: 'incident.cancel', by: BOT, incidentId, reason: 'Nobody acknowledged the test page.' };
}

/** What the room hears. The acknowledgement itself is said once, by the incident, however many runs it stops; a promise is said by its run. */
function announced({ incidentId, seq, at, by, event }: EscalationHappening): Effect[] {
  switch (event.type) {
    case 'escalation.started':
    case 'escalation.unacknowledged':
    case 'escalation.ended':
    case 'escalation.resumed':
    case 'escalation.sign_of_life':
      return [];
    case 'escalation.acknowledged':
      if (event.promisedBy === null && event.stillPaging.length === 0) return [];
      if (event.echo && event.stillPaging.length === 0) return [];
      break;
    case 'escalation.declined':
    case 'escalation.snoozed':
      if (event.echo) return [];
      break;
    case 'escalation.step_skipped':
      if (event.reason === 'condition') return [];
      break;
    case 'escalation.step_reached':
    case 'escalation.exhausted':
    case 'escalation.page_lost':
    case 'escalation.silence_noticed':
    case 'escalation.step_delayed':
    case 'escalation.nagged':
      break;
  }
  return [{ type: 'chat.announce', incidentId, recorded: { incidentId, seq, at, by, event } }];
}
