import { setTimeout as wait } from 'node:timers/promises';
import { InteractionResponseType, InteractionType, MessageFlags, Routes } from 'discord.js';
import type { Form, Reply } from '../../message.ts';
import type { InboundLoop } from '../../inbound/loop.ts';
import { createInboundLoop } from '../../inbound/loop.ts';
import { onceUnder } from '../../once.ts';
import { keepAnswering } from '../../../store/said-once.ts';
import { DISCORD } from '../parts.ts';
import { filledForm, readFields, renderForm } from '../render/modal.ts';
import { Nothing } from '../shapes.ts';
import { timeOf } from '../snowflake.ts';
import { answerByCall } from './claim.ts';
import type { Answering, Claim } from './claim.ts';
import { propose } from './propose.ts';
import { Marked, writeMarked } from '../ledger/mark.ts';
import { createReplier, shownOf } from './reply.ts';
import type { Again, First, Replier, Shown } from './reply.ts';
import { Interaction } from './shape.ts';
import { maybeForm, work } from './work.ts';
import type { WorkParts } from './work.ts';

/** What people do on Discord, taken in and answered within its three seconds. */
export interface Interactions {
  /** Takes one in; answers when it was done. Never throws. */
  readonly receive: (payload: unknown, answering: (interaction: Interaction) => Answering) => Promise<void>;
  readonly loop: InboundLoop;
}

/** A form has to be the first answer: for so long it is waited for, then whoever asks is told to wait. */
const FORM_WITHIN_MS = 1_600;
/** A token of Discord is good for a quarter of an hour. */
const TOKEN_LASTS_MS = 14 * 60_000;

const DEFERRED: Readonly<Record<First, { readonly type: number; readonly data?: unknown }>> = {
  thinking: {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  },
  silent: { type: InteractionResponseType.DeferredMessageUpdate },
};

/** Makes the door for what people do. */
export function createInteractions(parts: WorkParts): Interactions {
  const replier = createReplier(parts);
  const { deps } = parts;
  const claims: Claims = new Map();
  const loop = createInboundLoop({
    db: deps.db,
    clock: deps.clock,
    logger: deps.logger,
    platform: DISCORD,
    processId: deps.processId,
    notesFolder: deps.notesFolder,
    // What one person does is done in the order in which they did it.
    laneOf: ({ payload }) => userOf(payload),
    process: async ({ key, kind, payload }) => {
      const once = { ...parts, deps: onceUnder(deps, `${DISCORD}:${key}`) };
      if (kind === 'mark') return writeMarked(Marked.parse(payload), once);
      const interaction = Interaction.parse(payload);
      const age = deps.clock.now().getTime() - timeOf(interaction.id).getTime();
      // Nobody waits for it any more, and it may long be otherwise.
      if (age > TOKEN_LASTS_MS) return;
      if (!(await isAnswered(interaction, claims, parts))) return;
      const reply = await work(interaction, once);
      const shown = await shownTo(reply, interaction, parts);
      if (await isUnsaid(interaction, shown, parts))
        await replier.say(interaction, firstOf(interaction), shown);
    },
  });
  const door: Door = { parts, replier, loop, claims };
  return {
    loop,
    receive: async (payload, answering) => {
      try {
        const interaction = Interaction.parse(payload);
        await take(interaction, answering(interaction), door);
      } catch (err) {
        deps.logger.error({ err }, 'Something that was done on Discord could not be taken in');
      }
    },
  };
}

interface Door {
  readonly parts: WorkParts;
  readonly replier: Replier;
  readonly loop: InboundLoop;
  readonly claims: Claims;
}

/** First answers that this process is giving, by the id of what they answer. */
type Claims = Map<string, Promise<Claim>>;

async function take(interaction: Interaction, answer: Answering, door: Door): Promise<void> {
  const { parts } = door;
  if (interaction.type === Number(InteractionType.Ping)) {
    await answer({ type: InteractionResponseType.Pong });
    return;
  }
  if (interaction.type === Number(InteractionType.ApplicationCommandAutocomplete)) {
    // In another server nothing of this one is told.
    const choices = isElsewhere(interaction, parts) ? [] : await propose(interaction, parts);
    await answer({ type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
    return;
  }
  if (isElsewhere(interaction, parts)) {
    await answer({
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { content: 'This Firebell works in another server.', flags: MessageFlags.Ephemeral },
    });
    return;
  }
  return maybeForm(interaction) ? takeForm(interaction, answer, door) : takeWork(interaction, answer, door);
}

function isElsewhere({ guild_id }: Interaction, { settings }: WorkParts): boolean {
  return typeof guild_id === 'string' && guild_id !== settings.guild;
}

/** Noted, answered at once while it is being written down, then done, by the one process that wrote it down. */
async function takeWork(interaction: Interaction, answer: Answering, door: Door): Promise<void> {
  const { parts, replier, loop, claims } = door;
  const first = firstOf(interaction);
  const incoming = { key: interaction.id, kind: 'interaction', payload: interaction };
  const doing = loop.receiveOnce(incoming, () => undefined);
  const claiming = answer(DEFERRED[first]);
  claims.set(interaction.id, claiming);
  try {
    await doing;
  } catch (err) {
    parts.deps.logger.error({ err }, 'What somebody did on Discord could not be written down');
    if (await isOurs(interaction, await claiming, parts)) await replier.say(interaction, first, troubled());
  } finally {
    await claiming;
    claims.delete(interaction.id);
  }
}

/** Whether Discord has a first answer to it, whoever gave it: after a crash it is given once more, and a no says that it was. */
async function isAnswered(interaction: Interaction, claims: Claims, parts: WorkParts): Promise<boolean> {
  const begun = claims.get(interaction.id);
  const claim = await (begun ?? answerByCall(interaction, parts.apis)(DEFERRED[firstOf(interaction)]));
  return claim === 'theirs' || isOurs(interaction, claim, parts);
}

/**
 * Whether nobody has begun to say it. An answer to a command takes the place of one that is there; what follows a press has no nonce and is
 * found by nobody, so after a crash it is rather left out than there twice: what the press changed is seen in the message itself.
 */
async function isUnsaid(interaction: Interaction, shown: Shown, { deps }: WorkParts): Promise<boolean> {
  if (firstOf(interaction) !== 'silent' || shown.kind !== 'message') return true;
  return keepAnswering(deps.db, `${DISCORD}:${interaction.id}/answer`, deps.clock.now());
}

/** A form changes nothing, so it may be made before the first answer, which it has to be. */
async function takeForm(interaction: Interaction, answer: Answering, door: Door): Promise<void> {
  const { parts, replier } = door;
  const working = work(interaction, parts);
  const reply = await Promise.race([working, wait(FORM_WITHIN_MS, null, { ref: false })]);
  if (reply === null) {
    if (!(await isOurs(interaction, await answer(DEFERRED.thinking), parts))) return;
    return replier.say(interaction, 'thinking', await shownTo(await working, interaction, parts));
  }
  if (reply.kind === 'form') {
    const data = renderForm(reply.form, parts.values.keep);
    parts.forms.shown(data.custom_id, reply.form);
    const claim = await answer({ type: InteractionResponseType.Modal, data });
    await isOurs(interaction, claim, parts);
    return;
  }
  const data = await replier.bodyOf(await shownTo(reply, interaction, parts));
  const claim = await answer({ type: InteractionResponseType.ChannelMessageWithSource, data });
  await isOurs(interaction, claim, parts);
}

/** A press changes the message under the finger, so that nothing spins; everything else shows that it is being done. */
function firstOf({ type }: Interaction): First {
  return type === Number(InteractionType.MessageComponent) ? 'silent' : 'thinking';
}

async function shownTo(reply: Reply, interaction: Interaction, parts: WorkParts): Promise<Shown> {
  const again = (form: Form, label: string): Again => ({ id: parts.forms.keep(form), label });
  const shownForm = (one: Reply): Shown => shownOf(one, parts, ({ form }) => again(form, 'Open the form'));
  if (reply.kind !== 'field_errors') return shownForm(reply);
  const form = await parts.forms.lately(interaction.data?.custom_id ?? '');
  if (form === null) return shownForm(reply);
  const shown = shownForm({ kind: 'field_errors', errors: labelled(reply.errors, form) });
  if (shown.kind !== 'message') return shown;
  return { ...shown, again: again(filledForm(form, readFields(interaction)), 'Correct it') };
}

/** Words at fields, each under what the form calls it. */
function labelled(errors: Readonly<Record<string, string>>, { fields }: Form): Record<string, string> {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  return Object.fromEntries(Object.entries(errors).map(([name, words]) => [labels.get(name) ?? name, words]));
}

/** Whether this process has it. Whoever was too late for Discord is told so in the channel, because nothing else reaches them. */
async function isOurs(interaction: Interaction, claim: Claim, { apis, deps }: WorkParts): Promise<boolean> {
  if (claim === 'ours') return true;
  if (claim === 'theirs') return false;
  deps.logger.warn({ claim }, 'Discord did not take the first answer to what somebody did; nothing was done');
  const user = interaction.member?.user ?? interaction.user;
  if (claim !== 'late' || !user || !interaction.channel_id) return false;
  const content = `<@${user.id}> That came too late through Discord, and nothing was done. Please try it once more.`;
  await apis.house.call(
    {
      method: 'POST',
      route: Routes.channelMessages(interaction.channel_id),
      body: {
        content,
        nonce: interaction.id,
        enforce_nonce: true,
        allowed_mentions: { parse: [], users: [user.id] },
      },
    },
    Nothing,
  );
  return false;
}

function troubled(): Shown {
  const words =
    'That did not work: Firebell has trouble of its own and did nothing. Please try again; if it stays like this, reach the others directly.';
  return {
    kind: 'message',
    message: { blocks: [{ kind: 'text', line: [words] }], tone: 'danger', plain: words, notify: [] },
  };
}

function userOf(payload: unknown): string | null {
  const read = Interaction.safeParse(payload);
  return read.success ? (read.data.member?.user.id ?? read.data.user?.id ?? null) : null;
}
