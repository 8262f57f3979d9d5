import { CHANNELS } from '../schema/people.ts';
import { DAY, durationOf } from './clockface.ts';
import type { ForeignChannel, ForeignPerson, ForeignRule } from './foreign.ts';
import type { Notes } from './notes.ts';

const MOST_RULES = 20;
const KNOWN: ReadonlySet<string> = new Set(CHANNELS);

/** How the old tools' ways to be told are called here; what is not there is told by direct message. */
const NAMES: Readonly<Record<ForeignChannel, string>> = {
  email: 'email',
  sms: 'sms',
  voice: 'voice',
  push: 'push',
  chat: 'dm',
  webhook: 'webhook',
};

/** `rules` of a person's entry; nothing when the old tool says nothing, and the usual rules hold. */
export function rulesOf(person: ForeignPerson, notes: Notes): Readonly<Record<string, unknown>> {
  const high = textsOf(person.rules.high, person, notes);
  const low = textsOf(person.rules.low, person, notes);
  if (high === null && low === null) return {};
  return { rules: { ...(high && { high }), ...(low && { low }) } };
}

function textsOf(
  rules: readonly ForeignRule[] | null,
  person: ForeignPerson,
  notes: Notes,
): readonly string[] | null {
  if (rules === null || rules.length === 0) return null;
  const mapped = rules.map((rule) => ({
    channel: channelOf(rule.channel, person, notes),
    afterMs: Math.min(DAY, rule.afterMs),
  }));
  const ordered = mapped.toSorted((a, b) => a.afterMs - b.afterMs);
  // Mail alone reaches nobody until a mail server is configured, so the direct message goes with it.
  const isOnlyMail = ordered.every(({ channel }) => channel === 'email');
  if (isOnlyMail) {
    notes.add(
      'changed',
      'notification rules',
      'who is told by mail alone is told by direct message too: mail needs notify.email, which no export has.',
    );
  }
  const all = isOnlyMail ? [{ channel: 'dm', afterMs: ordered[0]?.afterMs ?? 0 }, ...ordered] : ordered;
  const texts = all.map(({ channel, afterMs }) =>
    afterMs === 0 ? channel : `${channel} after ${durationOf(afterMs)}`,
  );
  return [...new Set(texts)].slice(0, MOST_RULES);
}

function channelOf(channel: ForeignChannel, { email, name, handles }: ForeignPerson, notes: Notes): string {
  const wanted = NAMES[channel];
  const canUse =
    channel === 'email' ? email !== null : channel === 'webhook' ? handles['webhook'] !== undefined : true;
  if (KNOWN.has(wanted) && canUse) return wanted;
  const why = KNOWN.has(wanted)
    ? `${name} has no address for it`
    : 'Firebell has no such channel configured from an export';
  notes.add('changed', 'notification rules', `${channel} has become a direct message: ${why}.`);
  return 'dm';
}
