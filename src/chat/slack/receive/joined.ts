import { personOf } from '../../../domain/actor.ts';
import type { ReceiveParts } from './deps.ts';
import { MemberJoined } from './payloads.ts';
import type { OurRooms } from './rooms.ts';
import { speakerOf } from './speaker.ts';

/** Whoever comes into an incident's room takes part in it. Into a private one they come by somebody who may let them in. */
export async function hearJoined(
  event: unknown,
  { parts, rooms }: { readonly parts: ReceiveParts; readonly rooms: OurRooms },
): Promise<void> {
  const { user, channel, team, inviter } = MemberJoined.parse(event);
  if (user === parts.identity.known()?.userId) return;
  const incident = await rooms.incidentOf(channel);
  if (incident === null) return;
  const joined = await speakerOf({ userId: user, teamId: team ?? null, name: null }, parts);
  const personId = joined.kind === 'external' ? null : personOf(joined.actor);
  if (personId === null || incident.members.includes(personId)) return;
  const by = await speakerOf({ userId: inviter ?? user, teamId: null, name: null }, parts);
  if (by.kind === 'external') return;
  await parts.deps.door.say({
    type: 'incident.add_members',
    by: by.actor,
    incidentId: incident.id,
    personIds: [personId],
  });
}
