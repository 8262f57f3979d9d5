import { setTimeout as pass } from 'node:timers/promises';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Chance } from './chance.ts';
import type { Heard, Promises } from './promises.ts';

/** A day at work: monitors that post until they are heard, and people who answer their pages. */
export interface Load {
  /** People go home; monitors go on until every alert of theirs was accepted. */
  readonly end: () => Promise<void>;
}

/** Somebody where people are: the console, or a chat platform. Nothing is ever sent twice. */
export interface Visitor {
  /** The open incidents that they see. */
  readonly openIncidents: () => Promise<readonly number[]>;
  /** Types into the room of an incident. Null when there is none yet, so that nothing was said. */
  readonly type: (incidentId: number, text: string) => Promise<Heard | null>;
  /** Declares an incident of this title, of which there is no other. */
  readonly declare?: (title: string) => Promise<Heard>;
  /** Acknowledges by the button of a page; null when none asks. */
  readonly press?: () => Promise<{ readonly incidentId: number; readonly heard: Heard } | null>;
}

/** How much happens. */
export interface Pace {
  readonly monitors: number;
  /** Between two posts of a monitor, in ms of the machine: at least, and at most. */
  readonly pauseMs: readonly [number, number];
  /** Between two things that somebody does, likewise. */
  readonly thinkMs: readonly [number, number];
  /** A new place, and with it a new incident for each service, after so many posts. */
  readonly postsPerPlace: number;
  /** So many incidents are declared by people at most. */
  readonly declarations: number;
  /** In the evening somebody acknowledges all that is open, so that no more is said than the platform lets through. */
  readonly acknowledgesAll: boolean;
  /** What people do in a room. */
  readonly deeds: readonly Deed[];
}

/** What somebody does in a room, how often beside the others, and whether it takes words. */
export type Deed = readonly [verb: string, weight: number, takesWords: boolean];

/** Everything that is done in rooms. */
export const DEEDS: readonly Deed[] = [
  ['ack', 14, false],
  ['ack update in 6m', 4, false],
  ['note', 14, true],
  ['update', 10, true],
  ['task', 6, true],
  ['summary', 6, true],
  ['escalate', 10, false],
  ['escalate @eve', 3, true],
  ['decline', 5, false],
  ['unack', 5, false],
  ['snooze 5m', 3, false],
  ['resolve', 14, true],
  ['reopen', 3, true],
  ['postmortem', 3, false],
];

/** Nothing holds the console up. */
export const BUSY: Pace = {
  monitors: 3,
  pauseMs: [100, 500],
  thinkMs: [30, 250],
  postsPerPlace: 6,
  declarations: 0,
  acknowledgesAll: false,
  deeds: DEEDS,
};

/** Slack lets an app make no more than twenty channels a minute, and Discord is no quicker: few incidents, and much done in them. */
export const UNHURRIED: Pace = {
  monitors: 2,
  pauseMs: [400, 1_500],
  thinkMs: [400, 1_600],
  postsPerPlace: 1_000,
  declarations: 6,
  acknowledgesAll: true,
  deeds: DEEDS.map(([verb, weight, takesWords]) => [verb, verb === 'resolve' ? 1 : weight, takesWords]),
};

/** What the load is made of. */
export interface LoadOptions {
  readonly chance: Chance;
  readonly clock: Clock;
  readonly token: string;
  readonly promises: Promises;
  /** Where one of the bots can be reached now; null when none is. */
  readonly url: () => string | null;
  readonly visitor: (personId: string) => Visitor;
  readonly pace: Pace;
}

const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'eve'];
/** Of so many things that somebody does one is a declaration, and one the press of a button. */
const DEEDS_PER_DECLARATION = 15;
const DEEDS_PER_PRESS = 8;

/** Starts the load. */
export function startLoad(options: LoadOptions): Load {
  const day = { isOver: false };
  const monitors = Array.from({ length: options.pace.monitors }, (_, i) => monitor(i, options, day));
  const people = PEOPLE.map((personId) => person(personId, options, day));
  return {
    end: async () => {
      day.isOver = true;
      await Promise.all([...monitors, ...people]);
      if (options.pace.acknowledgesAll) await acknowledgeAll('ana', options);
    },
  };
}

interface Day {
  isOver: boolean;
}

async function monitor(n: number, options: LoadOptions, day: Day): Promise<void> {
  const { chance, pace } = options;
  const firing: string[] = [];
  for (let posts = 0; !day.isOver; posts += 1) {
    const fresh = Array.from({ length: chance.between(1, 4) }, (_, i) => `m${n}-${posts}-${i}`);
    const place = `m${n}-${Math.floor(posts / pace.postsPerPlace)}`;
    await sendUntilHeard(
      fresh.map((key) => alertOf(key, place, chance)),
      options,
    );
    firing.push(...fresh);
    const cleared = firing.length > 8 ? firing.splice(chance.between(0, firing.length - 1), 1) : [];
    if (cleared.length > 0)
      await sendUntilHeard(
        cleared.map((key) => ({ dedup_key: key, status: 'resolved' as const })),
        options,
      );
    await pass(chance.between(...pace.pauseMs));
  }
}

interface SentAlert {
  readonly dedup_key: string;
  readonly status: 'firing' | 'resolved';
}

function alertOf(key: string, place: string, chance: Chance): SentAlert & Readonly<Record<string, unknown>> {
  return {
    dedup_key: key,
    status: 'firing',
    title: `Requests fail at ${place} (${key})`,
    service: chance.pick(['checkout', 'payments', 'search']),
    severity: chance.pick(['critical', 'error', 'warning', 'info']),
    labels: { place },
  };
}

/** As a monitor does: again and again, the same post, until the answer is 2xx. */
async function sendUntilHeard(alerts: readonly SentAlert[], options: LoadOptions): Promise<void> {
  for (let posts = 1; ; posts += 1) {
    if (await send(alerts, options)) {
      for (const { dedup_key: key, status } of alerts) options.promises.alerts.set(key, { status, posts });
      return;
    }
    await pass(100);
  }
}

async function send(alerts: readonly SentAlert[], { url, token }: LoadOptions): Promise<boolean> {
  const at = url();
  if (at === null) return false;
  try {
    const response = await fetch(`${at}/ingest/generic`, {
      method: 'POST',
      body: JSON.stringify(alerts),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function person(personId: string, options: LoadOptions, day: Day): Promise<void> {
  const { chance, promises, pace } = options;
  const visitor = options.visitor(personId);
  for (let n = 1; !day.isOver; n += 1) {
    await pass(chance.between(...pace.thinkMs));
    if (chance.between(1, DEEDS_PER_DECLARATION) === 1) await declare(visitor, `${personId}-${n}`, options);
    if (chance.between(1, DEEDS_PER_PRESS) === 1) await press(personId, visitor, options);
    const [first, ...others] = await visitor.openIncidents();
    if (first === undefined) continue;
    const incidentId = chance.pick([first, ...others]);
    const [verb, , takesWords] = deedOf(pace.deeds, chance);
    const words = takesWords ? `words-of-${personId}-${n}` : '';
    const answer = await visitor.type(incidentId, `/inc ${verb} ${words}`.trim());
    if (answer !== null)
      promises.commands.push({ incidentId, personId, verb: logged(verb), words, heard: answer });
  }
}

async function declare(
  { declare: say }: Visitor,
  name: string,
  { promises: { declared }, pace }: LoadOptions,
): Promise<void> {
  if (say === undefined || declared.size >= pace.declarations) return;
  const title = `Declared by ${name}`;
  declared.set(title, 'unknown');
  declared.set(title, await say(title));
}

async function press(personId: string, visitor: Visitor, { promises }: LoadOptions): Promise<void> {
  const pressed = await visitor.press?.();
  if (pressed) promises.commands.push({ ...pressed, personId, verb: 'ack', words: '' });
}

async function acknowledgeAll(personId: string, { visitor, promises }: LoadOptions): Promise<void> {
  const evening = visitor(personId);
  for (const incidentId of await evening.openIncidents()) {
    const heard = await evening.type(incidentId, '/inc ack');
    if (heard !== null) promises.commands.push({ incidentId, personId, verb: 'ack', words: '', heard });
  }
}

/** With a promise or without: the log has it as an acknowledgement. */
function logged(verb: string): string {
  return verb.startsWith('ack ') ? 'ack' : verb;
}

function deedOf(deeds: readonly Deed[], chance: Chance): Deed {
  let left = chance.next() * deeds.reduce((sum, [, weight]) => sum + weight, 0);
  const found = deeds.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  return found ?? ['ack', 1, false];
}
