import { isOpen } from '../../domain/incident/incident.ts';
import type { RoomRef } from '../../domain/incident/incident.ts';
import type { Refusal } from '../../domain/decision.ts';
import { cleanLine } from '../../lib/clean-text.ts';
import type { Asking } from '../step.ts';
import { told } from '../step.ts';
import { confirmDeclared, declareBy } from './declaration.ts';
import { defineCommand } from './define.ts';

/** `/inc channel Checkout is down sev1`, typed in a channel that people already work in */
export const channel = defineCommand({
  name: 'channel',
  synonyms: ['convert'],
  summary: 'Work on an incident in this channel: a new one, or one that is open',
  where: 'either',
  params: [
    {
      name: 'title',
      kind: 'text',
      description: 'What is wrong: declares a new incident with this channel as its room',
    },
    { name: 'severity', kind: 'severity', description: 'How bad it is' },
    {
      name: 'service',
      kind: 'service',
      keywords: ['service'],
      description: 'The service that is affected; decides who is paged',
    },
  ],
  examples: ['channel Checkout is down', 'channel #42', 'channel Checkout is down sev1 service checkout'],
  toCommand: async ({ title, severity, service }, asking) => {
    const { incident, actor } = asking;
    if (incident !== null && isHere(asking) && isOpen(incident))
      return {
        why: `This channel is the room of #${incident.id} already.`,
        hint: '`new …` declares another one, with a room of its own.',
      };
    const named = isHere(asking) ? null : incident;
    if (title === null && named === null)
      return {
        why: 'Which incident is to be worked on here?',
        hint: 'Say what is wrong, as in `channel Checkout is down`, or name an open one: `channel #42`.',
      };
    if (title !== null && named !== null)
      return {
        why: `#${named.id} has a title already.`,
        hint: `\`channel #${named.id}\` moves it here as it is.`,
      };
    const room = await roomHere(asking);
    if ('why' in room) return room;
    if (named !== null) return { type: 'incident.use_room', by: actor, incidentId: named.id, room };
    return { ...declareBy(asking, { title: title ?? '', severity, service }), room };
  },
  confirm: (done, { title }, asking) =>
    title === null
      ? told([`#${done.incident.id} is worked on here from now on.`])
      : confirmDeclared(done, asking),
});

/** The channel that it is typed in was the room of the incident before anybody named one. */
function isHere({ incident, roomId, platform }: Asking): boolean {
  return incident?.room?.roomId === roomId && incident?.room?.platform === platform;
}

/** The channel that it is typed in, as a room, once Firebell is in it. */
async function roomHere({ roomId, platform, adopt, directory }: Asking): Promise<RoomRef | Refusal> {
  if (roomId === null)
    return { why: 'This is no channel.', hint: 'Type it in the channel that is to be the room.' };
  const adopted = await adopt({ platform, roomId });
  if (adopted === null)
    return {
      why: 'Here every incident has a room of its own.',
      hint: '`new Checkout is down` declares one and opens its room.',
    };
  if (!adopted.ok)
    return {
      why: `An incident cannot be worked on here: ${cleanLine(adopted.failure.reason, 300)}.`,
      hint: '`new Checkout is down` declares one with a room of its own.',
    };
  const { name } = adopted.value;
  const { announceRoom, adminRoom } = directory.settings;
  if ([announceRoom, adminRoom].some((one) => one.replace(/^#/, '').toLowerCase() === name.toLowerCase()))
    return {
      why: `#${name} is where everybody follows along: an incident would drown the others.`,
      hint: '`new Checkout is down` declares one with a room of its own.',
    };
  return { platform, roomId, name, isBorrowed: true };
}
