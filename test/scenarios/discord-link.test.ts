import { expect, it } from 'vitest';
import { createAccounts } from '../../src/engine/accounts.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { instanceSecret } from '../../src/store/instance.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';
import type { DiscordBot } from '../support/discord-bot.ts';
import { configFor } from '../support/discord-bot.ts';

/** Tells the codes that Firebell tells people where it knows them, some of them so long ago. */
async function codesOf({ store, discord }: DiscordBot, ageMs = 0) {
  const { directory } = configFor(discord, { linked: [] });
  const accounts = createAccounts({
    db: store.db,
    clock: { now: () => new Date(SYSTEM_CLOCK.now().getTime() - ageMs) },
    configured: () => directory,
    secret: await instanceSecret(store.db),
    changed: () => Promise.resolve(),
  });
  return (id: string): Promise<string> => {
    const person = directory.people.get(id);
    if (person === undefined) throw new Error(`expected ${id} to be configured`);
    return accounts.issueCode(person);
  };
}

it('an account becomes a person’s by a code, once, and acts for them from then on', async () => {
  const bot = await startDiscordBot({ linked: ['ana'], discord: { people: ['ana', 'phone', 'thief'] } });
  const { discord, alert, incident } = bot;
  const [ana, phone, thief] = ['ana', 'phone', 'thief'].map((name) => discord.guild.person(name));
  if (!ana || !phone || !thief) throw new Error('three people were to be there');
  const give = async (who: typeof ana, code: string) => {
    const told = await who.uses('/inc link', { options: { code } });
    expect(told.isEphemeral).toBe(true);
    return told.text;
  };
  const id = await alert();
  const incidentId = `#${id}`;

  for (const [line, options] of [
    ['/ack', { incident: incidentId }],
    ['/inc resolve', { incident: incidentId }],
    ['/inc severity', { severity: 'sev1', incident: incidentId }],
    ['/inc invite', { people: '@ana', incident: incidentId }],
    ['/page', { target: '@ana', incident: incidentId }],
  ] as const)
    expect((await phone.uses(line, { options })).text, line).toContain('is a guest here');
  expect((await phone.uses('/inc link')).text).toContain('does not know yet who you are here');

  const old = await (await codesOf(bot, 11 * 60_000))('ben');
  expect(await give(phone, old)).toContain('older than 10 minutes');
  expect(await give(phone, 'please')).toContain('looks like');
  const code = await (await codesOf(bot))('ben');
  expect(await give(ana, code)).toContain('linked already: you are Ana Souza');
  expect(await give(phone, code.toLowerCase())).toContain('Ben Okafor');
  expect(await give(thief, code)).toContain('not good: it was used');

  await until(async () => {
    await phone.uses('/ack', { options: { incident: incidentId } });
    expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ben' });
  });
  expect((await thief.uses('/inc resolve', { options: { incident: incidentId } })).text).toContain('guest');
});

it('an account that guesses is stopped, even before the right code', async () => {
  const bot = await startDiscordBot({ linked: ['ana'] });
  const guest = bot.discord.guild.person('guest');
  const give = async (code: string) => (await guest.uses('/inc link', { options: { code } })).text;

  for (let i = 0; i < 5; i += 1) expect(await give(`K7QM-2XR${i + 2}`)).toContain('not good');

  expect(await give(await (await codesOf(bot))('ben'))).toContain('Too many codes were tried');
  expect((await guest.uses('/inc do', { options: { text: 'whoami' } })).text).toContain('guest');
});
