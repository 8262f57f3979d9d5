import { setTimeout as wait } from 'node:timers/promises';
import type { Completion } from '../../chat-front.ts';
import { actorOf } from '../actor.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import { LIMITS } from '../render/limits.ts';
import { clip } from '../render/markdown.ts';
import { readFocus } from './read-command.ts';
import type { Interaction } from './shape.ts';

/** One proposal under an option that somebody is typing in. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

const WITHIN_MS = 1_500;
const LONGEST = 100;

/** What could stand in the option. When the database is slow nothing is proposed: it can be typed all the same. */
export async function propose(interaction: Interaction, parts: DiscordParts): Promise<readonly Choice[]> {
  const focus = readFocus(interaction);
  const user = interaction.member?.user ?? interaction.user;
  if (focus === null || !user) return [];
  const { deps } = parts;
  const actor = actorOf(user, interaction.member?.nick ?? null, deps.directory());
  const speaker = { actor, platform: DISCORD, roomId: interaction.channel_id ?? null };
  const front = deps.front();
  const { typed, param, text } = focus;
  const found =
    typed.kind === 'line'
      ? front.complete({ ...speaker, text })
      : front.propose({ ...speaker, verb: typed.verb, param, text });
  const late = wait(WITHIN_MS, [] as readonly Completion[], { ref: false });
  const proposals = await Promise.race([found, late]).catch(() => []);
  return proposals
    .filter(({ insert }) => insert.length <= LONGEST)
    .slice(0, LIMITS.choices)
    .map((one) => ({ name: clip(shown(one, typed.kind), LONGEST), value: one.insert }));
}

/**
 * How a proposal is listed. What is chosen stands in the option as it was listed, and whoever types on types behind that: so a line that can
 * go on is listed as nothing but itself.
 */
function shown({ insert, label, detail }: Completion, kind: 'line' | 'verb'): string {
  const goesOn = kind === 'line' && /\s$/.test(insert);
  const name = kind === 'line' ? insert.trimEnd() : label;
  return goesOn || detail === '' ? name : `${name} – ${detail}`;
}
