import { dmChannel } from '../chat/dm-channel.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Directory } from '../domain/directory.ts';
import type { Channels } from '../notify/registry.ts';
import { newVapidKeys, VapidKeys } from '../notify/vapid.ts';
import { madeOnce } from '../store/instance.ts';
import { voiceRecordOf } from '../store/voice-attempts.ts';
import type { VoiceRecord } from '../store/voice-attempts.ts';
import type { Shared } from './parts.ts';

/** What tells people something: chat, and the channels of `src/notify`. */
interface Ways {
  readonly home: ChatPlatform;
  readonly channels: Channels;
  readonly directory: () => Directory;
}

/** Every way to tell a person something, by its name in notification rules. */
export function channelsOf({ home, channels, directory }: Ways) {
  const all = [dmChannel({ chat: home, directory }), ...channels.all];
  return new Map(all.map((channel) => [channel.name, channel]));
}

/** No page is held for longer than this before its call is made. */
const LONGEST_HOLD_MS = 14 * 86_400_000;

/** What is on record about calls to a number, whoever has it. */
export function voiceRecord(
  phone: string,
  { options, directory }: Pick<Shared, 'options' | 'directory'>,
): Promise<VoiceRecord> {
  const whose = [...directory().people.values()].filter((person) => person.phone === phone);
  const since = new Date(options.clock.now().getTime() - LONGEST_HOLD_MS);
  const ids = whose.map(({ id }) => id);
  return voiceRecordOf(options.store.db, ids, since);
}

/** The keys of web push. Made when they are first needed, and the same for every process. */
export async function vapidKeys({ options }: Pick<Shared, 'options'>): Promise<VapidKeys> {
  return VapidKeys.parse(JSON.parse(await madeOnce(options.store.db, 'vapid', newVapidKeys)));
}
