import { Routes } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import { instanceFact } from '../../../store/instance.ts';
import { dropInbound, keepInbound } from '../../../store/platform-inbound.ts';
import type { ChatFront } from '../../chat-front.ts';
import type { Reply } from '../../message.ts';
import { button, buttons } from '../../views/blocks.ts';
import { declareForm } from '../../views/declare.ts';
import { discordCommands } from '../commands.ts';
import { DISCORD } from '../parts.ts';
import { Nothing } from '../shapes.ts';
import { answerByCall } from './claim.ts';
import { createInteractions } from './receive.ts';
import { Interaction } from './shape.ts';
import { createShownForms } from './shown-forms.ts';

interface Commanded extends DiscordPartsWorld {
  /** Keeps the database busy until what it answers with is called. */
  readonly holds: () => Promise<() => void>;
  /** Another process takes up the newest thing that was done, as after a crash between its answer and the note that it is done. */
  readonly takesUp: () => Promise<void>;
}

/** Discord's commands, answered by a front that has to ask the database. */
async function commands(): Promise<Commanded> {
  const world = await discordParts();
  const { discord } = world;
  const { db } = world.parts.deps;
  const asked = async (reply: Reply): Promise<Reply> => {
    await instanceFact(db, 'on call');
    return reply;
  };
  const note: Reply = {
    kind: 'private',
    message: {
      blocks: [
        { kind: 'text', line: ['Ana is'] },
        ...buttons(button('acknowledge', 'Acknowledge', { value: 1 })),
      ],
      tone: 'calm',
      plain: 'Ana is',
      notify: [],
    },
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
  let newest: unknown;
  discord.world.listeners.add(({ name, data }) => {
    if (name !== 'INTERACTION_CREATE') return;
    newest = data({ seesContent: true });
    void interactions.receive(newest, (one) => answerByCall(one, parts.apis));
  });
  return {
    ...world,
    takesUp: async () => {
      await interactions.loop.stop();
      const now = parts.deps.clock.now();
      const one = { platform: DISCORD, key: Interaction.parse(newest).id };
      await dropInbound(db, one);
      const kept = { ...one, kind: 'interaction', payload: newest, receivedAt: now };
      expect(await keepInbound(db, kept, { holder: 'gone', leasedUntil: now })).toBe(true);
      expect(await interactions.loop.tick()).toBe(1);
    },
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

describe('after a crash between an answer and the note that it was given', () => {
  it('a press is not answered a second time', async () => {
    const world = await commands();
    const ana = world.discord.guild.person('ana');
    const { message } = await ana.uses('/oncall');
    if (message === null) throw new Error('an answer was to be there');

    const { interaction, text } = await ana.clicks(message, 'Acknowledge');
    expect(text).toContain('Ana is');
    await world.takesUp();

    expect(interaction.followUps).toHaveLength(1);
  });

  it('the answer to a command is there once', async () => {
    const world = await commands();
    const { interaction } = await world.discord.guild.person('ana').uses('/oncall');
    await world.takesUp();
    expect([interaction.original === null, interaction.followUps.length]).toEqual([false, 0]);
  });
});
