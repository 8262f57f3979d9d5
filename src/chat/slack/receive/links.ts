import { z } from 'zod';
import type { Incident } from '../../../domain/incident/incident.ts';
import { incidentItem } from '../../views/lists.ts';
import { note } from '../../views/blocks.ts';
import { SLACK } from '../parts.ts';
import { rendered } from '../rendered.ts';
import type { ReceiveParts } from './deps.ts';
import { LinkShared } from './payloads.ts';

const Nothing = z.object({});

/** Shows what links to incidents lead to. Everybody in the channel sees it, so a private incident is shown in its own room alone. */
export async function hearLinks(
  event: unknown,
  { parts, isShared }: { readonly parts: ReceiveParts; readonly isShared: boolean },
): Promise<void> {
  const { channel, message_ts: ts, unfurl_id: unfurlId, source, links } = LinkShared.parse(event);
  // People of other workspaces read a shared channel too.
  if (isShared) return;
  const unfurls: Record<string, unknown> = {};
  for (const { url } of links) {
    const incident = await incidentAt(url, parts);
    if (incident !== null && isForChannel(incident, channel))
      unfurls[url] = { blocks: await previewOf(incident, parts) };
  }
  if (Object.keys(unfurls).length === 0) return;
  const where =
    unfurlId !== undefined && source !== undefined ? { unfurl_id: unfurlId, source } : { channel, ts };
  const shown = await parts.api.call({
    method: 'chat.unfurl',
    args: { ...where, unfurls },
    answers: Nothing,
    urgency: 'cosmetic',
  });
  if (!shown.ok) parts.deps.logger.info({ reason: shown.failure.reason }, 'A link could not be unfurled');
}

function isForChannel({ visibility, room }: Incident, channel: string): boolean {
  return visibility === 'public' || (room?.platform === SLACK && room.roomId === channel);
}

/** The incident of an address under ours: `/incidents/42` and what is below it. */
async function incidentAt(url: string, { deps }: ReceiveParts): Promise<Incident | null> {
  const base = deps.publicUrl();
  if (base === null || !URL.canParse(url)) return null;
  const [ours, theirs] = [new URL(base), new URL(url)];
  const below = ours.pathname.replace(/\/+$/, '');
  if (theirs.origin !== ours.origin || !theirs.pathname.startsWith(`${below}/`)) return null;
  const id = /^\/incidents\/(\d{1,9})(?:\/|$)/.exec(theirs.pathname.slice(below.length))?.[1];
  return id === undefined ? null : deps.reads.findIncident(Number(id));
}

async function previewOf(incident: Incident, parts: ReceiveParts): Promise<readonly unknown[]> {
  const directory = parts.deps.directory();
  const reading = { directory, zone: directory.settings.zone };
  const message = note([incidentItem(incident, directory)], reading);
  return (await rendered(message, { roomId: incident.room?.roomId ?? '', parts })).blocks;
}
