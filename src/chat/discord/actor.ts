import type { Actor } from '../../domain/actor.ts';
import { person } from '../../domain/actor.ts';
import { ownerOf } from '../../domain/contact/accounts.ts';
import type { Directory } from '../../domain/directory.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import { DISCORD } from './parts.ts';
import type { User } from './shapes.ts';

/** Who a user of Discord is to Firebell: the person whose account it is, else a guest. */
export function actorOf(user: User, nick: string | null, directory: Directory): Actor {
  const owner = ownerOf({ platform: DISCORD, userId: user.id }, directory);
  return owner === null
    ? { kind: 'guest', platform: DISCORD, id: user.id, name: shownName(user, nick) }
    : person(owner.id);
}

/** What others call a user of Discord. */
export function shownName({ id, username, global_name }: User, nick: string | null): string {
  return cleanLine(nick ?? global_name ?? username, 60) || id;
}
