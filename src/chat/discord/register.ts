import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Routes } from 'discord.js';
import { backoffMs } from '../../lib/backoff.ts';
import { changeInstanceFact, instanceFact } from '../../store/instance.ts';
import { discordCommands } from './commands.ts';
import type { DiscordParts } from './parts.ts';
import { Nothing } from './shapes.ts';

/** Tells Discord the commands when they have changed since it was last told. Answers with what is wrong, null when nothing is. */
async function registerCommands({ apis, settings, deps }: DiscordParts): Promise<string | null> {
  const { application, guild } = settings;
  const commands = discordCommands();
  const told = createHash('sha256').update(JSON.stringify(commands)).digest('hex');
  const key = `discord commands ${application} ${guild}`;
  if ((await instanceFact(deps.db, key)) === told) return null;
  // All at once: what is not in the list is taken away, what did not change is left alone.
  const put = await apis.house.call(
    { method: 'PUT', route: Routes.applicationGuildCommands(application, guild), body: commands },
    Nothing,
  );
  if (!put.ok) return put.failure.reason;
  await changeInstanceFact(deps.db, key, told);
  return null;
}

/** Keeps telling Discord the commands until it takes them. */
export interface Registration {
  readonly start: () => void;
  readonly stop: () => void;
  /** Why the commands are not there yet; null when they are. */
  readonly trouble: () => string | null;
}

/** Tells Discord the commands, and again until it takes them. */
export function createRegistration(parts: DiscordParts): Registration {
  const stopping = new AbortController();
  let trouble: string | null = null;
  async function run(): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      trouble = await registerCommands(parts).catch((err: unknown) => String(err));
      if (trouble === null) return;
      parts.deps.logger.warn({ reason: trouble }, 'Discord does not take the commands yet');
      const pauseMs = 1_000 + backoffMs(attempt, { baseMs: 2_000, maxMs: 300_000, random: Math.random });
      await wait(pauseMs, null, { signal: stopping.signal, ref: false }).catch(() => null);
    }
  }
  return { start: () => void run(), stop: () => stopping.abort(), trouble: () => trouble };
}
