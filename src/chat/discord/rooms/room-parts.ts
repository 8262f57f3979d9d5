import type { Guild } from '../guild.ts';
import type { DiscordParts } from '../parts.ts';

/** What rooms are made with. */
export interface RoomParts extends DiscordParts {
  readonly guild: Guild;
}
