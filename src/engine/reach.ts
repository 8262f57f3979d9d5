import type { Person } from '../domain/directory.ts';
import type { Reach } from '../domain/forecast/play.ts';
import { NOT_VERIFIED } from '../domain/contact/contact.ts';
import type { Contacts } from './contacts.ts';
import type { NotificationChannel } from './notification-channel.ts';

type Channels = ReadonlyMap<string, Pick<NotificationChannel, 'name' | 'reaches'>>;

/** What a page asks before it is sent. */
export interface ReachParts {
  readonly channels: () => Channels;
  readonly contacts: Pick<Contacts, 'list'>;
  readonly people: () => Iterable<Person>;
}

/** Reads what is known of each way to reach somebody before a page is sent: the same words that the ledger would have. */
export async function readReach({ channels, contacts, people }: ReachParts): Promise<Reach> {
  const known = channels();
  const bars = new Map<string, { readonly why: string; readonly evenAtLast: boolean }>();
  for (const { personId, channel, standing, failing } of await contacts.list([...people()])) {
    const at = `${personId} ${channel}`;
    if (failing !== null) bars.set(at, { why: `does not work: ${failing.reason}`, evenAtLast: true });
    else if (standing === 'unverified') bars.set(at, { why: NOT_VERIFIED, evenAtLast: false });
  }
  return (person, name, isLastResort) => {
    const channel = known.get(name);
    const why = channel ? whyUnreached(person, channel) : noSuchChannel(name, known);
    const bar = bars.get(`${person.id} ${name}`);
    return why ?? (bar && (bar.evenAtLast || !isLastResort) ? bar.why : null);
  };
}

/** Why this channel does not reach the person; null when it does. */
export function whyUnreached(
  person: Person,
  { name, reaches }: Pick<NotificationChannel, 'name' | 'reaches'>,
): string | null {
  return reaches(person) ? null : `${person.name} has no address for ${name}`;
}

/** Why a rule that names this channel cannot work. */
export function noSuchChannel(name: string, channels: Channels): string {
  return `there is no channel ${name}; name one of ${[...channels.keys()].join(', ')}`;
}
