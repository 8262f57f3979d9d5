import { ChannelType, Routes } from 'discord.js';
import type { Answer } from '../../platform.ts';
import { answerOf } from '../api.ts';
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
  const made = await apis.house.call(
    {
      method: 'POST',
      route: Routes.guildChannels(settings.guild),
      body: {
        name: ours.length === 0 ? name : `${name} ${ours.length + 1}`,
        type: ChannelType.GuildCategory,
      },
      reason: 'Firebell needs a place for the rooms of incidents',
    },
    Made,
  );
  return made.ok ? yes(made.value.id) : answerOf(made);
}
