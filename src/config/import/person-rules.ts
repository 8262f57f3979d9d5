import { Phone } from '../schema/twilio.ts';
import { DAY, durationOf } from './clockface.ts';
import type { ForeignChannel, ForeignPerson, ForeignRule } from './foreign.ts';
import type { Notes } from './notes.ts';

const MOST_RULES = 20;

/** A telephone number as the file takes it; null when it is none in international form. */
export function phoneOf(phone: string | null): string | null {
  return Phone.safeParse(phone).data ?? null;
}

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
  const mapped = rules.map(({ channel, afterMs }) => ({
    channel: channelOf(channel, person, notes),
    afterMs: Math.min(DAY, afterMs),
  }));
  const ordered = mapped.toSorted((a, b) => a.afterMs - b.afterMs);
  // Nothing but the direct message works before its provider is configured, and no export has that.
  const needsMore = ordered.every(({ channel }) => channel !== 'dm');
  if (needsMore) {
    notes.add(
      'changed',
      'notification rules',
      'whoever had no push or chat message gets a direct message too, at the time of their first rule: mail, SMS and calls work only when notify.email and notify.twilio are there, which no export has.',
    );
  }
  const all = needsMore ? [{ channel: 'dm', afterMs: ordered[0]?.afterMs ?? 0 }, ...ordered] : ordered;
  const texts = all.map(({ channel, afterMs }) =>
    afterMs === 0 ? channel : `${channel} after ${durationOf(afterMs)}`,
  );
  return [...new Set(texts)].slice(0, MOST_RULES);
}

/** The channel of the same kind; a direct message where there is none, or no address for it. */
function channelOf(
  channel: ForeignChannel,
  { email, phone, handles, name }: ForeignPerson,
  notes: Notes,
): string {
  const address = {
    email,
    sms: phone,
    voice: phone,
    webhook: handles['webhook'] ?? null,
    push: null,
    chat: null,
  };
  if (address[channel] !== null) return channel;
  if (channel === 'push') {
    notes.add(
      'changed',
      'notification rules',
      'push messages of the old tool’s app have become direct messages; for push from Firebell give people a handle for ntfy or pushover.',
    );
  } else if (channel !== 'chat') {
    notes.add(
      'changed',
      `person ${name}`,
      `is told by ${channel} and the export has no address for it; a direct message instead.`,
    );
  }
  return 'dm';
}
