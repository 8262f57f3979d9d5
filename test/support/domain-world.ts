import { BOT, person } from '../../src/domain/actor.ts';
import { may } from '../../src/domain/access/may.ts';
import type { IncidentSideCommand } from '../../src/domain/command.ts';
import { decide, evolve, react } from '../../src/domain/decide.ts';
import type { Refusal } from '../../src/domain/decision.ts';
import type { Directory } from '../../src/domain/directory.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Given } from '../../src/domain/given.ts';
import type { Declaration } from '../../src/domain/incident/commands.ts';
import type { TimerChange, TimerCommand } from '../../src/domain/timer.ts';
import { EMPTY_WORLD } from '../../src/domain/world.ts';
import type { World } from '../../src/domain/world.ts';

/** What the world answers to an attempt to reach somebody. */
export type Answer = 'sent' | 'failed' | 'silent' | 'muted';

/** One page that went out: to whom, how and when. */
export interface Sent {
  readonly personId: string;
  readonly channel: string;
  readonly at: Date;
}

type PageSend = Extract<Effect, { type: 'page.send' }>;

const INCIDENT = 1;

/**
 * One incident in memory: the real decide, evolve and react, a clock that jumps from wait to wait, and a world that
 * answers each attempt. Effects other than pages are collected.
 */
export class DomainWorld {
  world: World = EMPTY_WORLD;
  now = new Date('2026-03-02T03:00:00Z');
  readonly events: DomainEvent[] = [];
  readonly effects: Effect[] = [];
  readonly sent: Sent[] = [];
  readonly refusals: Refusal[] = [];
  readonly directory: Directory;
  private readonly timers = new Map<string, { dueAt: Date; command: TimerCommand }>();
  private readonly waiting: PageSend[] = [];
  private readonly answer: (personId: string, channel: string) => Answer;
  private seq = 0;

  constructor(directory: Directory, answer: (personId: string, channel: string) => Answer = () => 'sent') {
    this.directory = directory;
    this.answer = answer;
  }

  /** Declares incident #1 and sends what is to be sent. */
  declare(changes: Partial<Declaration> = {}, by = person('dev')): void {
    const declaration: Declaration = {
      title: 'Checkout fails',
      summary: null,
      severity: 'sev1',
      kind: 'real',
      visibility: 'public',
      service: null,
      page: { kind: 'service' },
      wantsRoom: true,
      autoResolve: false,
      ackTakesCommand: false,
    };
    this.say({ type: 'incident.declare', by, incidentId: INCIDENT, ...declaration, ...changes });
  }

  /** Says a command as the engine would: with rights checked for people, and all that follows from it at once. */
  say(command: IncidentSideCommand): void {
    const refusal = may(command.by, command, this.world.incident, this.directory);
    if (refusal) this.refusals.push(refusal);
    else this.run(command);
    this.sendAll();
  }

  /** Says a command and leaves what is to be sent where it is, as if the process died before its outbox ran. */
  decideOnly(command: IncidentSideCommand): void {
    this.run(command);
    this.waiting.length = 0;
  }

  /** Lets time pass, from one due wait to the next. What is due at one instant is said in the order of the keys, and then sent. */
  wait(ms: number): void {
    const until = new Date(this.now.getTime() + ms);
    for (;;) {
      const next = Math.min(...[...this.timers.values()].map(({ dueAt }) => dueAt.getTime()));
      if (next > until.getTime()) break;
      if (next > this.now.getTime()) this.now = new Date(next);
      const due = [...this.timers].filter(([, { dueAt }]) => dueAt.getTime() === next);
      for (const [key] of due) this.timers.delete(key);
      for (const [, { command }] of due.sort(([a], [b]) => (a < b ? -1 : 1)))
        this.run({ ...command, by: BOT });
      this.sendAll();
    }
    this.now = until;
  }

  /** Waits that are still to come. */
  get waits(): readonly string[] {
    return [...this.timers.keys()];
  }

  /** Ids of the people that were paged, in order. */
  get paged(): readonly string[] {
    return this.sent.map((one) => one.personId);
  }

  /** Types of everything that happened. */
  get happened(): readonly string[] {
    return this.events.map((event) => event.type);
  }

  private run(first: IncidentSideCommand): void {
    const queue = [first];
    for (let command = queue.shift(); command; command = queue.shift()) {
      const decision = decide(this.world, command, this.given());
      if (decision.kind === 'refused') {
        this.refusals.push(decision.refusal);
        continue;
      }
      for (const event of decision.events) queue.push(...this.happen(event, command));
    }
  }

  private happen(
    event: DomainEvent,
    { by, incidentId }: IncidentSideCommand,
  ): readonly IncidentSideCommand[] {
    this.seq += 1;
    const happening = { incidentId, seq: this.seq, at: this.now, by, event };
    this.world = evolve(this.world, happening);
    this.events.push(event);
    const { effects = [], timers = [], say = [] } = react(happening, this.world, this.given());
    for (const effect of effects) this.effects.push(effect);
    this.waiting.push(...effects.filter((effect) => effect.type === 'page.send'));
    for (const change of timers) this.changeTimer(change);
    return say;
  }

  private changeTimer(change: TimerChange): void {
    if (change.kind === 'clear') this.timers.delete(change.key);
    else this.timers.set(change.key, { dueAt: change.dueAt, command: change.command });
  }

  private sendAll(): void {
    for (let effect = this.waiting.shift(); effect; effect = this.waiting.shift()) this.send(effect);
  }

  private send({ incidentId, pageId, attemptId, channel }: PageSend): void {
    const attempt = { by: BOT, incidentId, pageId, attemptId } as const;
    this.run({ type: 'page.check_wanted', ...attempt });
    const page = this.world.pages.find((one) => one.id === pageId);
    const entry = page?.attempts.find((one) => one.id === attemptId);
    if (!page || entry?.outcome.state !== 'intended') return;
    const answer = this.answer(page.personId, channel);
    if (answer === 'failed') this.run({ type: 'page.record_failed', ...attempt, reason: 'closed' });
    if (answer === 'failed') return;
    this.sent.push({ personId: page.personId, channel, at: this.now });
    const muted = answer === 'muted' ? { muted: 'Do Not Disturb' } : {};
    this.run({ type: 'page.record_sent', ...attempt, messageId: `m-${attemptId}`, ...muted });
  }

  private given(): Given {
    return { now: this.now, directory: this.directory, policyRuns: new Map() };
  }
}
