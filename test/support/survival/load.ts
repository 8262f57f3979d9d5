import { setTimeout as pass } from 'node:timers/promises';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Chance } from './chance.ts';
import { ConsoleBrowser } from './console-browser.ts';
import type { Promises } from './promises.ts';

/** A day at work: monitors that post until they are heard, and people who answer their pages. */
export interface Load {
  /** People go home; monitors go on until every alert of theirs was accepted. */
  readonly end: () => Promise<void>;
}

/** What the load is made of. */
export interface LoadOptions {
  readonly chance: Chance;
  readonly clock: Clock;
  readonly token: string;
  readonly promises: Promises;
  /** Where one of the bots can be reached now; null when none is. */
  readonly url: () => string | null;
}

const MONITORS = 3;
const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'eve'];
/** A new place, and with it a new incident for each service, after so many posts. */
const POSTS_PER_PLACE = 6;

/** Starts the load. */
export function startLoad(options: LoadOptions): Load {
  const day = { isOver: false };
  const monitors = Array.from({ length: MONITORS }, (_, i) => monitor(i, options, day));
  const people = PEOPLE.map((personId) => person(personId, options, day));
  return {
    end: async () => {
      day.isOver = true;
      await Promise.all([...monitors, ...people]);
    },
  };
}

interface Day {
  isOver: boolean;
}

async function monitor(n: number, options: LoadOptions, day: Day): Promise<void> {
  const { chance } = options;
  const firing: string[] = [];
  for (let posts = 0; !day.isOver; posts += 1) {
    const fresh = Array.from({ length: chance.between(1, 4) }, (_, i) => `m${n}-${posts}-${i}`);
    const place = `m${n}-${Math.floor(posts / POSTS_PER_PLACE)}`;
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
    await pass(chance.between(100, 500));
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

/** What people do in a room, how often, and whether it takes words. */
const DEEDS: readonly (readonly [verb: string, weight: number, takesWords: boolean])[] = [
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
const ALL = DEEDS.reduce((sum, [, weight]) => sum + weight, 0);

async function person(personId: string, options: LoadOptions, day: Day): Promise<void> {
  const { chance, promises } = options;
  const browser = new ConsoleBrowser(personId, options.url);
  for (let n = 1; !day.isOver; n += 1) {
    await pass(chance.between(30, 250));
    const [first, ...others] = await browser.openIncidents();
    if (first === undefined) continue;
    const incidentId = chance.pick([first, ...others]);
    const [verb, , takesWords] = deedOf(chance);
    const words = takesWords ? `words-of-${personId}-${n}` : '';
    const answer = await browser.type(incidentId, `/inc ${verb} ${words}`.trim());
    if (answer !== null)
      promises.commands.push({ incidentId, personId, verb: logged(verb), words, heard: answer });
  }
}

/** With a promise or without: the log has it as an acknowledgement. */
function logged(verb: string): string {
  return verb.startsWith('ack ') ? 'ack' : verb;
}

function deedOf(chance: Chance): (typeof DEEDS)[number] {
  let left = chance.next() * ALL;
  const found = DEEDS.find(([, weight]) => {
    left -= weight;
    return left < 0;
  });
  return found ?? ['ack', 1, false];
}
