import type { Person } from '../domain/directory.ts';
import type { Reach } from '../domain/forecast/play.ts';
import type { NotificationChannel } from './notification-channel.ts';

type Channels = ReadonlyMap<string, Pick<NotificationChannel, 'name' | 'reaches'>>;

/** What is known of a page before it is sent: the same words that the ledger would have. */
export function reachBy(channels: () => Channels): Reach {
  return (person, name) => {
    const channel = channels().get(name);
    return channel ? whyUnreached(person, channel) : noSuchChannel(name, channels());
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
