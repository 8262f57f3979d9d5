import { person, personOf } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import { SLACK } from '../parts.ts';
import type { ReceiveParts } from './deps.ts';

/** An account as a payload names it. */
export interface Account {
  readonly userId: string;
  /** The workspace it belongs to, where the payload says so. */
  readonly teamId: string | null;
  /** What the payload calls it. */
  readonly name: string | null;
}

/** Who that is to us. Somebody of another workspace reads along in a shared channel and never acts. */
export type Speaking =
  | { readonly kind: 'ours'; readonly actor: Actor; readonly name: string }
  | { readonly kind: 'external'; readonly name: string };

/**
 * Who an account is: a configured person by handle, by a proven link or by the mail address that Slack has verified, else a guest. The
 * workspace is told by the payload, and asked of Slack where it is silent.
 */
export async function speakerOf(account: Account, parts: ReceiveParts): Promise<Speaking> {
  const { userId } = account;
  const linked = parts.people.personOf(userId);
  const isKnown = linked !== null && account.teamId !== null;
  const profile = isKnown ? null : await parts.profiles.of(userId);
  if (profile === 'stranger') return { kind: 'external', name: account.name ?? 'Somebody' };
  const teamId = account.teamId ?? profile?.teamId ?? null;
  const name = profile?.name ?? account.name ?? 'Somebody';
  const home = parts.identity.known()?.teamId ?? null;
  const isElsewhere = (team: string | null | undefined) => home !== null && team != null && team !== home;
  if (isElsewhere(teamId) || isElsewhere(profile?.teamId)) return { kind: 'external', name };
  const known = linked ?? personByMail(profile?.email ?? null, parts);
  if (known !== null) return { kind: 'ours', actor: person(known), name: nameOf(known, parts) ?? name };
  return { kind: 'ours', actor: { kind: 'guest', platform: SLACK, id: userId, name }, name };
}

/** The configured person behind an account of our workspace; null when there is none. */
export async function personBehind(userId: string, parts: ReceiveParts): Promise<string | null> {
  const speaker = await speakerOf({ userId, teamId: null, name: null }, parts);
  return speaker.kind === 'ours' ? personOf(speaker.actor) : null;
}

function nameOf(personId: string, { deps }: ReceiveParts): string | undefined {
  return deps.directory().people.get(personId)?.name;
}

/** A handle says who somebody is, so that an address counts only where there is none. */
function personByMail(email: string | null, { deps }: ReceiveParts): string | null {
  if (email === null) return null;
  for (const one of deps.directory().people.values())
    if (one.handles[SLACK] === undefined && one.email?.toLowerCase() === email) return one.id;
  return null;
}
