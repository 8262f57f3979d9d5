import { ChannelType, Routes } from 'discord.js';
import type { Answer } from '../../platform.ts';
import { answerOf } from '../api.ts';
import type { Apis } from '../api.ts';
import { categoriesNamed } from '../guild.ts';
import type { DiscordParts } from '../parts.ts';
import { yes } from '../parts.ts';
import type { Channel } from '../shapes.ts';
import { Made } from '../shapes.ts';

const CHANNELS_IN_CATEGORY = 50;

/** A category of this name that still takes a channel; a new one when all are full. */
export async function roomyCategory(
  name: string,
  channels: readonly Channel[],
  { apis, settings }: Pick<DiscordParts, 'apis' | 'settings'>,
): Promise<Answer<string>> {
  const ours = categoriesNamed(name, channels);
  const roomy = ours.find(
    ({ id }) => channels.filter(({ parent_id }) => parent_id === id).length < CHANNELS_IN_CATEGORY,
  );
  if (roomy) return yes(roomy.id);
  const wanted = ours.length === 0 ? name : `${name} ${ours.length + 1}`;
  return onceOf(wanted, apis, () => makeCategory(wanted, { apis, settings }));
}

/** So long after it was made, everybody who looks sees a category. */
const SEEN_AFTER_MS = 30_000;

interface Making {
  readonly startedAt: number;
  readonly made: Promise<Answer<string>>;
}

const making = new WeakMap<Apis, Map<string, Making>>();

/** Rooms that are opened in one moment all miss the same category: only the first of them makes it. */
function onceOf(wanted: string, apis: Apis, make: () => Promise<Answer<string>>): Promise<Answer<string>> {
  const ofApis = making.get(apis) ?? new Map<string, Making>();
  making.set(apis, ofApis);
  const underway = ofApis.get(wanted);
  if (underway && performance.now() - underway.startedAt < SEEN_AFTER_MS) return underway.made;
  const made = make().then((answer) => {
    if (!answer.ok) ofApis.delete(wanted);
    return answer;
  });
  ofApis.set(wanted, { startedAt: performance.now(), made });
  return made;
}

async function makeCategory(
  name: string,
  { apis, settings }: Pick<DiscordParts, 'apis' | 'settings'>,
): Promise<Answer<string>> {
  const made = await apis.house.call(
    {
      method: 'POST',
      route: Routes.guildChannels(settings.guild),
      body: { name, type: ChannelType.GuildCategory },
      reason: 'Firebell needs a place for the rooms of incidents',
    },
    Made,
  );
  return made.ok ? yes(made.value.id) : answerOf(made);
}
