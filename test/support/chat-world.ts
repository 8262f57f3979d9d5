import { may } from '../../src/domain/access/may.ts';
import { BOT, person } from '../../src/domain/actor.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { Alert } from '../../src/domain/alert/alert.ts';
import type { IncidentSideCommand } from '../../src/domain/command.ts';
import { decide, evolve, react } from '../../src/domain/decide.ts';
import type { Directory } from '../../src/domain/directory.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { isOpen } from '../../src/domain/incident/incident.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { EMPTY_WORLD } from '../../src/domain/world.ts';
import type { World } from '../../src/domain/world.ts';
import type { FrontDoor, Said } from '../../src/engine/front-door.ts';
import { createFront } from '../../src/chat/front.ts';
import type { CalendarLinks } from '../../src/engine/calendar-links.ts';
import type { ChatFront } from '../../src/chat/chat-front.ts';
import type { Message, Reply } from '../../src/chat/message.ts';
import type { ChatReads } from '../../src/chat/reads.ts';
import type { RosterDoor } from '../../src/engine/handle-roster.ts';
import { decideRoster } from '../../src/domain/roster/decide.ts';
import { evolveRoster } from '../../src/domain/roster/evolve.ts';
import { withRosters } from '../../src/domain/roster/overlay.ts';
import { EMPTY_ROSTER } from '../../src/domain/roster/roster.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import { NO_ACCOUNTS } from './no-accounts.ts';
import { NO_ADDRESSES } from './no-addresses.ts';
import { aDirectory } from './directory.ts';

/** Where somebody speaks, when it is not outside every room. */
export interface Place {
  readonly roomId?: string | null;
  readonly by?: Actor;
}

/**
 * The chat front over incidents in memory: the real rights, decisions and reactions, no database and no outbox. What is said
 * at the front door is kept in `commands`, what it makes Firebell want to do in `effects`.
 */
export class ChatWorld {
  now = new Date('2026-03-02T03:00:00Z');
  directory: Directory;
  readonly commands: IncidentSideCommand[] = [];
  readonly effects: Effect[] = [];
  readonly alerts = new Map<number, readonly Alert[]>();
  /** Set to have the front door fail as it does without a database. */
  broken: Error | null = null;
  readonly logged: string[] = [];
  readonly front: ChatFront;
  private readonly rosters = new Map<string, Roster>();
  private readonly worlds = new Map<number, World>();
  private lastId = 0;
  private readonly events = new Map<number, RecordedEvent[]>();

  constructor(directory: Directory = aDirectory()) {
    this.directory = directory;
    this.front = createFront({
      door: this.door,
      rosterDoor: this.rosterDoor,
      reads: this.reads,
      calendars: this.calendars,
      contacts: NO_ADDRESSES,
      accounts: NO_ACCOUNTS,
      adopt: () => Promise.resolve(null),
      directory: () => withRosters(this.directory, this.rosters),
      reach: () => Promise.resolve(() => null),
      clock: { now: () => this.now },
      logger: { error: (_, message) => this.logged.push(message) },
    });
  }

  /** Types a line, as Ana in the browser unless said otherwise. */
  type(text: string, { roomId = null, by = person('ana') }: Place = {}): Promise<Reply> {
    return this.front.command({ actor: by, platform: 'console', roomId, text });
  }

  /** Presses a button. */
  press(action: string, value: string, { roomId = null, by = person('ana') }: Place = {}): Promise<Reply> {
    return this.front.action({ actor: by, platform: 'console', roomId, messageId: null, action, value });
  }

  /** Sends a form. */
  send(
    form: string,
    value: string,
    fields: Readonly<Record<string, string>>,
    { roomId = null, by = person('ana') }: Place = {},
  ): Promise<Reply> {
    return this.front.submit({ actor: by, platform: 'console', roomId, form, value, fields });
  }

  /** What completion proposes, as it would be inserted. */
  async completions(text: string, roomId: string | null = null): Promise<readonly string[]> {
    const found = await this.front.complete({ actor: person('ana'), platform: 'console', roomId, text });
    return found.map(({ insert }) => insert);
  }

  /** Lets time pass without anything falling due. */
  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  /** The last thing said at the front door by somebody else than Firebell. */
  get lastCommand(): IncidentSideCommand {
    const last = this.commands.at(-1);
    if (last === undefined) throw new Error('nothing was said at the front door');
    return last;
  }

  /** Declares an incident as a person, with its room open under `room-<number>`. */
  async declare(text = 'Payments fail sev1 service checkout', by: Actor = person('dev')): Promise<Incident> {
    await this.type(`new ${text}`, { by });
    const id = this.worlds.size;
    const room = { platform: 'console', roomId: `room-${id}`, name: `inc-${id}` };
    await this.door.say({ type: 'incident.record_room', by: BOT, incidentId: id, room });
    return this.incident(id);
  }

  /** An incident as it is now. */
  incident(id: number): Incident {
    const incident = this.worlds.get(id)?.incident;
    if (!incident) throw new Error(`there is no incident #${id}`);
    return incident;
  }

  /** Everything that the log says about an incident. */
  log(id: number): readonly RecordedEvent[] {
    return this.events.get(id) ?? [];
  }

  readonly door: FrontDoor = {
    say: (command) => {
      if (this.broken !== null) return Promise.reject(this.broken);
      return Promise.resolve(this.handle(command));
    },
  };

  readonly rosterDoor: RosterDoor = {
    say: (command) => {
      const schedule = this.directory.schedules.get(command.schedule);
      if (!schedule) throw new Error(`there is no schedule ${command.schedule}`);
      const before = this.rosters.get(command.schedule) ?? EMPTY_ROSTER;
      const given = { now: this.now, directory: this.directory, schedule, absences: [] };
      const decision = decideRoster(before, command, given);
      if (decision.kind === 'refused') return Promise.resolve(decision);
      const events = decision.events.map((event) =>
        event.id === 0 ? { ...event, id: (this.lastId += 1) } : event,
      );
      const about = { by: command.by, at: this.now };
      const roster = events.reduce((state, event) => evolveRoster(state, event, about), before);
      this.rosters.set(command.schedule, roster);
      return Promise.resolve({ kind: 'done', roster, events });
    },
    sayShift: () => Promise.reject(new Error('shifts are kept by the database')),
    sayHoliday: () => Promise.reject(new Error('holidays are kept by the database')),
    saySilence: () => Promise.reject(new Error('silences are kept by the database')),
    sayAbsence: () => Promise.reject(new Error('absences are kept by the database')),
  };

  readonly reads: ChatReads = {
    rosters: () => Promise.resolve(this.rosters),
    rosterLog: () => Promise.reject(new Error('the log of a roster is kept by the database')),
    absences: () => Promise.resolve([]),
    handoverNotes: () => Promise.resolve([]),
    silences: () => Promise.resolve([]),
    heldBy: () => Promise.resolve([]),
    alertsWorkedOn: () => Promise.resolve([]),
    findIncident: (id) => Promise.resolve(this.worlds.get(id)?.incident ?? null),
    incidentOfRoom: (platform, roomId) =>
      Promise.resolve(
        this.all().find(({ room }) => room?.platform === platform && room.roomId === roomId) ?? null,
      ),
    listIncidents: ({ state, limit }) =>
      Promise.resolve(
        this.all()
          .filter((one) => state === 'all' || isOpen(one))
          .toReversed()
          .slice(0, limit),
      ),
    eventsOf: (id) => Promise.resolve(this.log(id)),
    policyRuns: () => Promise.resolve(new Map()),
    runsOf: (id) => Promise.resolve(this.worlds.get(id)?.runs ?? []),
    pagesOf: (id) => Promise.resolve(this.worlds.get(id)?.pages ?? []),
    bundleOf: () => Promise.resolve([]),
    openPagesOf: (personId) =>
      Promise.resolve(
        [...this.worlds].flatMap(([incidentId, { pages }]) =>
          pages.filter((page) => page.personId === personId && page.end === null).map(() => ({ incidentId })),
        ),
      ),
    alertsOf: (id) => Promise.resolve(this.alerts.get(id) ?? []),
  };

  /** Nobody has a calendar in memory: what becomes of them is told with a database. */
  readonly calendars: CalendarLinks = {
    create: () => Promise.resolve({ url: 'http://localhost:8080/calendar/secret.ics', others: 0 }),
    list: () => Promise.resolve([]),
    revoke: () => Promise.resolve([]),
    problemsOf: () => [],
  };

  private all(): readonly Incident[] {
    return [...this.worlds.values()].flatMap(({ incident }) => incident ?? []);
  }

  private handle(said: IncidentSideCommand): Said {
    if (said.by.kind !== 'bot') this.commands.push(said);
    const incidentId = said.type === 'incident.declare' ? this.worlds.size + 1 : said.incidentId;
    const start = this.worlds.get(incidentId) ?? EMPTY_WORLD;
    const refusal = may(said.by, said, start.incident, this.directory);
    if (refusal) return { kind: 'refused', refusal };
    const before = this.log(incidentId).length;
    const queue: IncidentSideCommand[] = [{ ...said, incidentId }];
    for (let command = queue.shift(); command; command = queue.shift()) {
      const decision = decide(this.worlds.get(incidentId) ?? EMPTY_WORLD, command, this.given());
      if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal };
      for (const event of decision.events)
        queue.push(...this.happen({ incidentId, at: this.now, by: command.by, event }));
    }
    const { incident, runs, pages } = this.worlds.get(incidentId) ?? EMPTY_WORLD;
    if (incident === null)
      throw new Error(`the domain accepted a command about #${incidentId}, which does not exist`);
    return { kind: 'done', incident, runs, pages, events: this.log(incidentId).slice(before) };
  }

  private happen(happened: Omit<RecordedEvent, 'seq'>): readonly IncidentSideCommand[] {
    const { incidentId } = happened;
    const log = this.events.get(incidentId) ?? [];
    const recorded = { ...happened, seq: log.length + 1 };
    this.events.set(incidentId, [...log, recorded]);
    const after = evolve(this.worlds.get(incidentId) ?? EMPTY_WORLD, recorded);
    this.worlds.set(incidentId, after);
    const { effects = [], say = [] } = react(recorded, after, this.given());
    this.effects.push(...effects);
    return say;
  }

  private given() {
    return { now: this.now, directory: this.directory, policyRuns: new Map<string, number>() };
  }
}

/** The plain sentence of a private answer. Throws when the answer is something else. */
export function saidPrivately(reply: Reply): string {
  return messageOf(reply).plain;
}

/** The message of a private answer. Throws when the answer is something else. */
export function messageOf(reply: Reply): Message {
  if (reply.kind !== 'private') throw new Error(`expected a private answer, got ${JSON.stringify(reply)}`);
  return reply.message;
}

/** The actions of a message's buttons. */
export function buttonsOf(message: Message): readonly string[] {
  return message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ action }) => action) : [],
  );
}
