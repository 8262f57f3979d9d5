import { onTestFinished, describe, expect, it, vi } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import { PATIENCE } from './connection.ts';
import type { Patience } from './connection.ts';
import { createKeeper } from './keeper.ts';
import type { GatewayKeeper } from './keeper.ts';

interface Kept extends DiscordPartsWorld {
  readonly keeper: GatewayKeeper;
  readonly alarms: readonly string[];
  /** What was heard, by its words. */
  readonly heard: readonly string[];
}

async function connected(patience: Patience = PATIENCE): Promise<Kept> {
  const world = await discordParts();
  const { parts, discord } = world;
  const alarms: string[] = [];
  const heard: string[] = [];
  const keeper = createKeeper({
    ...parts.deps,
    application: discord.application.id,
    rest: parts.apis.rest,
    token: discord.token,
    hear: (payload) => {
      if (payload.t === 'MESSAGE_CREATE') heard.push(payload.d.content);
    },
    alarm: (words) => alarms.push(words),
    patience,
  });
  keeper.start();
  onTestFinished(() => keeper.stop());
  await until(() => keeper.state().kind === 'connected');
  return { ...world, keeper, alarms, heard };
}

function until(holds: () => boolean): Promise<unknown> {
  return vi.waitUntil(holds, { timeout: 60_000, interval: 20 });
}

describe('whoever keeps the gateway', { timeout: 180_000 }, () => {
  it('leaves a line that is open and silent, and hears what was said meanwhile', async () => {
    const { discord, heard } = await connected({
      askAfterMs: 500,
      answerWithinMs: 5_000,
      connectWithinMs: 60_000,
    });

    discord.gateway.freezes();
    discord.guild.person('ana').says('Is anybody there?');

    await until(() => heard.includes('Is anybody there?'));
    expect(discord.gateway.counts.identified).toBe(1);
    expect(discord.gateway.counts.resumed).toBeGreaterThan(0);
  });

  it('asks people for a new token when Discord takes the old one no more, once, and knocks no further', async () => {
    const { discord, keeper, alarms } = await connected();

    discord.gateway.closes(4004);

    await until(() => keeper.state().kind === 'refused');
    expect(keeper.state()).toMatchObject({
      why: expect.stringContaining('put a new one into chat.discord.token'),
    });
    expect(alarms).toEqual([expect.stringContaining('chat.discord.token')]);
    expect(discord.gateway.connected()).toBe(0);
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 0 });
  });
});
