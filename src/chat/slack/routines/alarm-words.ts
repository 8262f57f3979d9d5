import { personOf } from '../../../domain/actor.ts';
import type { Directory, Target } from '../../../domain/directory.ts';
import { isOpen } from '../../../domain/incident/incident.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { formatDuration } from '../../../lib/duration.ts';
import { peopleOfTargets } from '../../on-call-people.ts';
import { headlineOf } from '../../views/naming.ts';
import { SLACK } from '../parts.ts';
import type { SlackParts } from '../parts.ts';
import { escapeText } from '../render/mrkdwn.ts';
import { directRoom } from '../rooms.ts';

/** More open incidents than anybody works on at once: the newest have alarms. */
const MOST_INCIDENTS = 40;
const MOST_PEOPLE = 3;
const MOST_LINES = 10;

/** Where an alarm is to wait, and what it would say. */
export interface Wanted {
  readonly roomId: string;
  readonly about: string;
  readonly text: string;
}

/** What is to wait now: a message in the room of each open incident, and one with each person who would have to act. */
export async function wantedAlarms(telling: Telling): Promise<readonly Wanted[]> {
  const { parts, now } = telling;
  const listed = await parts.deps.reads.listIncidents({ state: 'open', limit: MOST_INCIDENTS });
  const open = listed.filter((one) => isOpen(one) && one.kind !== 'retrospective' && one.wantsRoom);
  const wanted: Wanted[] = [];
  const byPerson = new Map<string, Incident[]>();
  for (const incident of open) {
    if (incident.room?.platform === SLACK) {
      const text = await words([incident], telling);
      wanted.push({ roomId: incident.room.roomId, about: `incident:${incident.id}`, text });
    }
    for (const id of responsible(incident, parts.deps.directory(), now).slice(0, MOST_PEOPLE))
      byPerson.set(id, [...(byPerson.get(id) ?? []), incident]);
  }
  for (const [id, incidents] of byPerson) {
    const roomId = await directRoomOf(id, parts);
    // Another list is another message.
    const about = `incidents:${incidents.map((one) => one.id).join()}`;
    if (roomId !== null) wanted.push({ roomId, about, text: await words(incidents, telling) });
  }
  return wanted;
}

/** Who would have to act were we gone: whoever has it, then those on call for it now, in the order in which they would be paged. */
function responsible(incident: Incident, directory: Directory, now: Date): readonly string[] {
  const holder = incident.acknowledgedBy === null ? null : personOf(incident.acknowledgedBy);
  const commander = incident.roles[directory.settings.roles[0] ?? ''];
  const onCall = peopleOfTargets(targetsOf(incident, directory), directory, now);
  const mayKnow = (id: string): boolean => incident.visibility === 'public' || incident.members.includes(id);
  return [...new Set([commander, holder, ...onCall])].filter((id) => id != null).filter(mayKnow);
}

function targetsOf({ policy: id }: Incident, directory: Directory): readonly Target[] {
  const policy = directory.policies.get(id ?? directory.settings.defaultPolicy);
  return [...(policy?.steps.flatMap((step) => step.targets) ?? []), ...directory.lastResort.targets];
}

async function directRoomOf(id: string, parts: SlackParts): Promise<string | null> {
  const person = parts.deps.directory().people.get(id);
  const account = person && (await parts.people.accountOf(person, 'room'));
  const room = account?.ok ? await directRoom(account.value, person?.name ?? id, parts) : null;
  return room?.ok ? room.value.roomId : null;
}

/** When, and after how long a silence Slack would say it. */
interface Telling {
  readonly parts: SlackParts;
  readonly now: Date;
  readonly afterMs: number;
}

/** Slack will say it long after we wrote it, so it names people and nothing that changes by the minute. */
async function words(incidents: readonly Incident[], { parts, now, afterMs }: Telling): Promise<string> {
  const directory = parts.deps.directory();
  const ids = [...new Set(incidents.flatMap((one) => responsible(one, directory, now)))].slice(0, 10);
  const accounts = await parts.people.accountsOf(ids);
  const names = ids.map((id) => {
    const account = accounts.get(id);
    return account === undefined ? escapeText(directory.people.get(id)?.name ?? id) : `<@${account}>`;
  });
  const whom = names.length === 0 ? 'the people you know' : names.join(', ');
  const lines = incidents.slice(0, MOST_LINES).map((one) => `• ${lineOf(one, directory)}`);
  const more = incidents.length - lines.length;
  return [
    `🔴 *Firebell has been silent for ${formatDuration(afterMs)}*, and ${incidents.length === 1 ? 'this is' : 'these are'} still open:`,
    ...lines,
    ...(more > 0 ? [`• and ${more} more`] : []),
    `Nobody is being paged any more. Escalate by hand: ${whom}. Then look after Firebell itself.`,
  ].join('\n');
}

function lineOf(incident: Incident, directory: Directory): string {
  const room = incident.room?.platform === SLACK ? ` <#${incident.room.roomId}>` : '';
  return `${escapeText(headlineOf(incident, directory))}${room}`;
}
