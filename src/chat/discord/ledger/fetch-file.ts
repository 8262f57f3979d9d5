import { Routes } from 'discord.js';
import { z } from 'zod';
import type { RoomFile } from '../../../store/platform-files.ts';
import { download } from '../../files/download.ts';
import { TOO_LARGE } from '../../files/keep-files.ts';
import type { Fetched, FetchFile } from '../../files/keep-files.ts';
import { findLedgerMessage } from '../../../store/platform-messages.ts';
import type { DiscordParts } from '../parts.ts';
import { Attachment } from './message.ts';

const WithFiles = z.object({ attachments: z.array(Attachment) });
const UNKNOWN_MESSAGE = 10_008;

/** Where Discord keeps attachments. The addresses are signed and need no token. */
const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** Fetches an attachment. Its address is good for a day or so: after that the message is asked for a new one. */
export function discordFiles(parts: DiscordParts): FetchFile {
  return async (file, most) => {
    const first = file.url === null ? null : await fetchAt(file.url, { file, most, parts });
    if (first !== null && first !== 'expired') return first;
    const url = await newUrl(file, parts);
    if (typeof url !== 'string') return url;
    const second = await fetchAt(url, { file, most, parts });
    return second === 'expired' ? { kind: 'gone' } : second;
  };
}

interface Fetching {
  readonly file: RoomFile;
  readonly most: number;
  readonly parts: DiscordParts;
}

async function fetchAt(url: string, { file, most, parts }: Fetching): Promise<Fetched | 'expired'> {
  const isTrusted = (address: URL): boolean => isDiscord(address, new URL(parts.settings.apiUrl));
  const got = await download({ url, headers: {}, isTrusted, most });
  switch (got.kind) {
    case 'content':
      return { kind: 'content', content: got.content, type: file.type ?? got.type };
    case 'too_large':
      return { kind: 'left', why: TOO_LARGE };
    case 'untrusted':
      return {
        kind: 'left',
        why: `it is not kept in Discord but at ${got.host}, where Firebell does not go`,
      };
    case 'refused':
      if ([401, 403, 404, 410].includes(got.status)) return 'expired';
      return { kind: 'later', why: `Discord answered with HTTP ${got.status}`, afterMs: got.afterMs };
    case 'failed':
      return { kind: 'later', why: got.reason, afterMs: null };
  }
}

function isDiscord({ protocol, hostname, origin }: URL, api: URL): boolean {
  const isElsewhere = !/(^|\.)discord(app)?\.com$/.test(api.hostname);
  return (isElsewhere && origin === api.origin) || (protocol === 'https:' && HOSTS.has(hostname));
}

/** The address as the message names it now. A message of a thread is in the thread. */
async function newUrl(file: RoomFile, { apis, deps }: DiscordParts): Promise<string | Fetched> {
  const said = await findLedgerMessage(deps.db, file);
  const places = [file.roomId, ...(said?.thread == null ? [] : [said.thread])];
  for (const place of places) {
    const route = Routes.channelMessage(place, file.messageId);
    const read = await apis.house.call({ method: 'GET', route }, WithFiles);
    if (read.ok) return read.value.attachments.find(({ id }) => id === file.fileId)?.url ?? { kind: 'gone' };
    const { code, kind, reason, afterMs } = read.failure;
    if (kind === 'temporary') return { kind: 'later', why: reason, afterMs };
    if (code !== UNKNOWN_MESSAGE && place === places.at(-1)) return { kind: 'left', why: reason };
  }
  return { kind: 'gone' };
}
