import { onTestFinished, describe, expect, it, vi } from 'vitest';
import { ageLeases } from '../../../../test/support/age-leases.ts';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import { fakeStopwatch } from '../../../../test/support/fake-stopwatch.ts';
import type { FakeStopwatch } from '../../../../test/support/fake-stopwatch.ts';
import { takeLease } from '../../../store/leases.ts';
import { PATIENCE } from './connection.ts';
import { createKeeper, LEASE_MS } from './keeper.ts';
import type { GatewayKeeper, GatewayState, KeeperOptions } from './keeper.ts';

/** A process that may keep the gateway, with its own time. */
interface Process {
  readonly keeper: GatewayKeeper;
  readonly stopwatch: FakeStopwatch;
  readonly alarms: readonly string[];
  /** What was heard, by its words. */
  readonly heard: readonly string[];
}

function aProcess(
  { parts, discord }: DiscordPartsWorld,
  changes: Partial<Pick<KeeperOptions, 'processId' | 'token' | 'patience'>> = {},
): Process {
  const stopwatch = fakeStopwatch();
  const alarms: string[] = [];
  const heard: string[] = [];
  const keeper = createKeeper({
    ...parts.deps,
    processId: 'one',
    application: discord.application.id,
    rest: parts.apis.rest,
    token: discord.token,
    hear: (payload) => {
      if (payload.t === 'MESSAGE_CREATE') heard.push(payload.d.content);
    },
    alarm: (words) => alarms.push(words),
    stopwatch,
    ...changes,
  });
  keeper.start();
  onTestFinished(() => keeper.stop());
  return { keeper, stopwatch, alarms, heard };
}

async function connected(): Promise<DiscordPartsWorld & Process> {
  const world = await discordParts();
  const process = aProcess(world);
  await until(() => process.keeper.state().kind === 'connected');
  return { ...world, ...process };
}

function until(holds: () => boolean): Promise<unknown> {
  return vi.waitUntil(holds, { timeout: 120_000, interval: 5 });
}

/**
 * Lets time pass for a process until it holds, and only while so many in it sleep, so while it has nothing to do. Answers how long,
 * in ms.
 */
async function passesUntil(
  { stopwatch }: Process,
  holds: () => boolean,
  { stepMs = 250, sleepers = 1 } = {},
): Promise<number> {
  const from = stopwatch.now();
  for (;;) {
    await until(() => stopwatch.sleepers() >= sleepers || holds());
    if (holds()) return stopwatch.now() - from;
    stopwatch.passes(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Whoever starts a session soon after the last one waits, beside whoever renews the lease. */
const STARTING = { sleepers: 2 };

function isNow({ keeper }: Process, kind: GatewayState['kind']): boolean {
  return keeper.state().kind === kind;
}

describe('whoever keeps the gateway', { timeout: 300_000 }, () => {
  it('leaves a line that is open and silent within half a minute, and hears what was said meanwhile', async () => {
    const one = await connected();
    const { discord, heard } = one;

    discord.gateway.freezes();
    discord.guild.person('ana').says('Is anybody there?');
    const noticedMs = await passesUntil(one, () => !isNow(one, 'connected'));

    expect(noticedMs).toBeLessThan(30_000);
    await until(() => heard.includes('Is anybody there?'));
    expect(discord.gateway.counts.identified).toBe(1);
    expect(discord.gateway.counts.resumed).toBeGreaterThan(0);
  });

  it.each([
    [4004, 'put a new one into chat.discord.token'],
    [4011, 'an application of its own'],
    [4013, 'the intents are wrong'],
  ])('is told no by %i, asks people once, and knocks again after five minutes', async (code, words) => {
    const one = await connected();
    const { discord, keeper, alarms, stopwatch } = one;

    discord.gateway.closes(code);

    await until(() => isNow(one, 'refused'));
    expect(keeper.state()).toMatchObject({ why: expect.stringContaining(words) });
    expect(discord.gateway.connected()).toBe(0);
    const from = stopwatch.now();
    await passesUntil(one, () => !isNow(one, 'refused'), { stepMs: 1_500 });
    expect(stopwatch.now() - from).toBeGreaterThanOrEqual(5 * 60_000);
    expect(alarms).toEqual([expect.stringContaining(words)]);
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 0 });
  });

  it('goes on without the words when Discord does not grant the right to read them, and says so', async () => {
    const one = await connected();
    const { discord, heard, keeper, alarms } = one;
    discord.application.intents.messageContent = false;

    discord.gateway.closes(4014);

    await passesUntil(one, () => discord.gateway.counts.identified === 2, STARTING);
    await until(() => isNow(one, 'connected'));
    expect(keeper.state()).toEqual({ kind: 'connected', readsMessages: false });
    expect(alarms).toEqual([expect.stringContaining('switch on “Message Content Intent”')]);
    discord.guild.person('ana').says('Can you read this?');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['']);
  });

  it('goes on where it stood when Discord sends it away for a moment', async () => {
    const { discord, heard, alarms } = await connected();

    discord.gateway.closes(4000);
    discord.guild.person('ana').says('While you were away');

    await until(() => heard.includes('While you were away'));
    expect(discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
    expect(alarms).toEqual([]);
  });

  it('starts anew when Discord has forgotten the session, though not at once', async () => {
    const one = await connected();
    const { discord, alarms } = one;

    discord.gateway.invalidates(false);
    const waitedMs = await passesUntil(one, () => discord.gateway.counts.identified === 2, STARTING);

    await until(() => isNow(one, 'connected'));
    expect(waitedMs).toBeGreaterThanOrEqual(5_000);
    expect(discord.gateway.counts).toEqual({ identified: 2, resumed: 0 });
    expect(alarms).toEqual([]);
  });

  it('waits two minutes before the sixth start within ten, and takes that for no trouble', async () => {
    const one = await connected();
    const { discord } = one;
    const { counts } = discord.gateway;
    for (let starts = 2; starts <= 5; starts += 1) {
      discord.gateway.invalidates(false);
      // A machine that is slow to answer may make it more.
      await passesUntil(one, () => counts.identified >= starts, STARTING);
      await until(() => isNow(one, 'connected'));
    }

    const before = counts.identified;
    discord.gateway.invalidates(false);
    const waitedMs = await passesUntil(one, () => counts.identified > before, STARTING);

    expect(waitedMs).toBeGreaterThanOrEqual(2 * 60_000);
    expect(waitedMs).toBeLessThan(2 * 60_000 + 10_000);
    await until(() => isNow(one, 'connected'));
  });

  it('asks people for a new token when it is refused again and again on the way in, once', async () => {
    const world = await discordParts();
    const { discord, parts } = world;
    parts.apis.rest.setToken('stolen');
    // Its time runs on while Discord is asked, and must not run out.
    const patience = { ...PATIENCE, connectWithinMs: Infinity };
    const one = aProcess(world, { token: () => 'stolen', patience });

    await passesUntil(one, () => one.alarms.length > 0, { stepMs: 1_500 });

    expect(one.alarms).toEqual([expect.stringContaining('chat.discord.token')]);
    expect(discord.calls.filter(({ path }) => path === '/gateway/bot').length).toBeGreaterThan(2);
    expect(discord.gateway.counts.identified).toBe(0);
  });
});

describe('among several processes', { timeout: 300_000 }, () => {
  it('another one has the gateway within ten seconds of a death, however short before the lease was renewed', async () => {
    const world = await discordParts();
    const { db } = world.parts.deps;
    const name = `discord gateway ${world.discord.application.id}`;
    // What a killed process leaves behind.
    expect(await takeLease(db, { name, holder: 'killed', forMs: LEASE_MS })).toBe(true);
    const other = aProcess(world);
    await until(() => isNow(other, 'elsewhere'));

    let waitedMs = 0;
    while (isNow(other, 'elsewhere')) {
      await until(() => other.stopwatch.sleepers() > 0 || !isNow(other, 'elsewhere'));
      await ageLeases(db, 250);
      other.stopwatch.passes(250);
      waitedMs += 250;
    }

    expect(waitedMs).toBeGreaterThan(5_000);
    expect(waitedMs).toBeLessThan(8_000);
    await until(() => isNow(other, 'connected'));
  });

  it('one that stood still for long finds that another has taken over, and lets go', async () => {
    const one = await connected();
    const { discord, parts } = one;
    const other = aProcess(one, { processId: 'other' });
    await until(() => isNow(other, 'elsewhere'));

    await ageLeases(parts.deps.db, LEASE_MS);
    await passesUntil(other, () => !isNow(other, 'elsewhere'));
    await until(() => isNow(other, 'connected'));
    await passesUntil(one, () => isNow(one, 'elsewhere'));

    await until(() => discord.gateway.connected() === 1);
    expect(isNow(other, 'connected')).toBe(true);
    discord.guild.person('ana').says('Who hears me?');
    await until(() => other.heard.includes('Who hears me?'));
  });

  it('one that ends gives the gateway back at once', async () => {
    const one = await connected();
    const other = aProcess(one, { processId: 'other' });
    await until(() => isNow(other, 'elsewhere'));

    await one.keeper.stop();

    expect(await passesUntil(other, () => !isNow(other, 'elsewhere'))).toBeLessThanOrEqual(1_000);
    await until(() => isNow(other, 'connected'));
  });
});
