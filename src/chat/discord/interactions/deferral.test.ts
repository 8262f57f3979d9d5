import { Routes } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import { instanceFact } from '../../../store/instance.ts';
import type { ChatFront } from '../../chat-front.ts';
import type { Reply } from '../../message.ts';
import { declareForm } from '../../views/declare.ts';
import { discordCommands } from '../commands.ts';
import { Nothing } from '../shapes.ts';
import { answerByCall } from './claim.ts';
import { createInteractions } from './receive.ts';
import { createShownForms } from './shown-forms.ts';

/** Discord's commands, answered by a front that has to ask the database; `holds` keeps the database busy until it is let go. */
async function commands(): Promise<DiscordPartsWorld & { readonly holds: () => Promise<() => void> }> {
  const world = await discordParts();
  const { discord } = world;
  const { db } = world.parts.deps;
  const asked = async (reply: Reply): Promise<Reply> => {
    await instanceFact(db, 'on call');
    return reply;
  };
  const note: Reply = {
    kind: 'private',
    message: { blocks: [{ kind: 'text', line: ['Ana is'] }], tone: 'calm', plain: 'Ana is', notify: [] },
  };
  const form = { kind: 'form' as const, form: declareForm(world.parts.deps.directory()) };
  const front: ChatFront = {
    command: () => asked(form),
    invoke: ({ verb }) => asked(verb === 'new' ? form : note),
    action: () => asked(note),
    submit: () => asked(note),
    complete: () => Promise.resolve([]),
    propose: () => Promise.resolve([]),
    heard: () => Promise.resolve(),
  };
  const parts = { ...world.parts, deps: { ...world.parts.deps, front: () => front } };
  const interactions = createInteractions({ ...parts, forms: createShownForms(parts.values) });
  onTestFinished(() => interactions.loop.stop());
  const route = Routes.applicationGuildCommands(discord.application.id, discord.guild.id);
  const put = await parts.apis.house.call({ method: 'PUT', route, body: discordCommands() }, Nothing);
  if (!put.ok) throw new Error(put.failure.reason);
  discord.world.listeners.add(({ name, data }) => {
    if (name !== 'INTERACTION_CREATE') return;
    void interactions.receive(data({ seesContent: true }), (one) => answerByCall(one, parts.apis));
  });
  return {
    ...world,
    holds: async () => {
      const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const holding = db.transaction(async () => {
        held.resolve();
        await released.promise;
      });
      onTestFinished(() => holding);
      await held.promise;
      return released.resolve;
    },
  };
}

/** Waits until Discord has the first answer to the only thing that was done. */
async function firstAnswer({ discord }: DiscordPartsWorld): Promise<number> {
  return vi.waitFor(
    () => {
      const [interaction] = [...discord.world.interactions.values()];
      if (!interaction?.callback) throw new Error('nothing was answered yet');
      return interaction.callback.type;
    },
    { timeout: 60_000, interval: 20 },
  );
}

const THINKING = 5;

describe('while the database is slow', { timeout: 180_000 }, () => {
  it('a command is shown to be worked on, and answered when it is done', async () => {
    const world = await commands();
    const letGo = await world.holds();

    const using = world.discord.guild.person('ana').uses('/oncall', { waitMs: 120_000 });
    expect(await firstAnswer(world)).toBe(THINKING);
    letGo();

    expect((await using).text).toContain('Ana is');
  });

  it('a form that comes too late to be opened is a button that opens it', async () => {
    const world = await commands();
    const letGo = await world.holds();
    const ana = world.discord.guild.person('ana');

    const using = ana.uses('/inc new', { waitMs: 120_000 });
    expect(await firstAnswer(world)).toBe(THINKING);
    letGo();

    const seen = await using;
    expect(seen.form).toBeNull();
    if (seen.message === null) throw new Error('an answer was to be there');
    expect((await ana.clicks(seen.message, 'Open the form', 120_000)).form).not.toBeNull();
  });
});
