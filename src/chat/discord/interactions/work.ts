import { InteractionType } from 'discord.js';
import type { Actor } from '../../../domain/actor.ts';
import { cleanLines } from '../../../lib/clean-text.ts';
import type { Reply } from '../../message.ts';
import { declareForm } from '../../views/declare.ts';
import { actorOf } from '../actor.ts';
import { MENU } from '../commands.ts';
import type { DiscordParts } from '../parts.ts';
import { DISCORD } from '../parts.ts';
import { readPointer } from '../render/custom-id.ts';
import type { ReadPointer } from '../render/custom-id.ts';
import { readFields } from '../render/modal.ts';
import { timeOf } from '../snowflake.ts';
import { lineMayOpenForm, mayOpenForm, readTyped } from './read-command.ts';
import { ACTIONS } from '../../actions/registry.ts';
import type { Interaction, TargetMessage } from './shape.ts';
import type { ShownForms } from './shown-forms.ts';

/** Who did something, and where. */
export interface Speaker {
  readonly actor: Actor;
  readonly platform: typeof DISCORD;
  readonly roomId: string | null;
}

/** What doing things works with. */
export interface WorkParts extends DiscordParts {
  readonly forms: ShownForms;
}

/** Whether the answer may be a form. It has to be the first answer then, so the interaction is worked on before it is answered. */
export function maybeForm(interaction: Interaction): boolean {
  const { type, data } = interaction;
  switch (type) {
    case Number(InteractionType.ApplicationCommand): {
      if (data?.name === MENU.declare) return true;
      const typed = readTyped(interaction);
      return typed !== null && mayOpenForm(typed);
    }
    case Number(InteractionType.MessageComponent): {
      const pointer = readPointer(data?.custom_id ?? '');
      if (pointer?.kind === 'again') return true;
      if (pointer?.kind !== 'action') return false;
      if (pointer.action === 'run-command') return !pointer.isKept && lineMayOpenForm(pointer.value);
      return ACTIONS.get(pointer.action)?.opensForm ?? false;
    }
    default:
      return false;
  }
}

/** Does what somebody asked for, and says what comes of it. */
export async function work(interaction: Interaction, parts: WorkParts): Promise<Reply> {
  const speaker = await speakerOf(interaction, parts);
  switch (interaction.type) {
    case Number(InteractionType.ApplicationCommand):
      return typed(interaction, speaker, parts);
    case Number(InteractionType.MessageComponent):
      return pressed(interaction, speaker, parts);
    case Number(InteractionType.ModalSubmit):
      return sent(interaction, speaker, parts);
    default:
      return { kind: 'nothing' };
  }
}

async function speakerOf(interaction: Interaction, parts: DiscordParts): Promise<Speaker> {
  const user = interaction.member?.user ?? interaction.user;
  const actor: Actor = user
    ? actorOf(user, interaction.member?.nick ?? null, parts.deps.directory())
    : { kind: 'guest', platform: DISCORD, id: '0', name: 'Somebody' };
  return { actor, platform: DISCORD, roomId: await roomOf(interaction, parts) };
}

/** The room in which it was: a post of the forum is one itself, a thread belongs to its channel. */
async function roomOf({ channel, channel_id }: Interaction, { deps }: DiscordParts): Promise<string | null> {
  const here = channel_id ?? channel?.id ?? null;
  const parent = channel?.parent_id ?? null;
  const isThread = [10, 11, 12].includes(channel?.type ?? 0);
  if (here === null || parent === null || !isThread) return here;
  return (await deps.reads.incidentOfRoom(DISCORD, here)) === null ? parent : here;
}

async function typed(interaction: Interaction, speaker: Speaker, parts: WorkParts): Promise<Reply> {
  const front = parts.deps.front();
  const { name, target_id = '', resolved } = interaction.data ?? {};
  const target = resolved?.messages?.[target_id];
  if (name === MENU.note && target) return front.invoke({ ...speaker, ...noteOf(target) });
  if (name === MENU.declare && target) return { kind: 'form', form: declarationOf(target, parts) };
  const read = readTyped(interaction);
  // A command of an older version that Discord still shows.
  if (read === null) return front.command({ ...speaker, text: 'help' });
  if (read.kind === 'line') return front.command({ ...speaker, text: read.text });
  return front.invoke({ ...speaker, verb: read.verb, values: read.values, incident: read.incident });
}

const LONGEST_NOTE = 1_400;

/** A message as a line of the timeline, with its own time and author. */
function noteOf({ id, content, author }: TargetMessage) {
  const said = cleanLines(content, LONGEST_NOTE);
  const who = author.global_name ?? author.username;
  const text = said === '' ? `${who} posted something without words` : `${who}: ${said}`;
  return { verb: 'note', incident: null, values: { text, time: timeOf(id).toISOString() } };
}

function declarationOf({ content }: TargetMessage, { deps }: WorkParts) {
  const said = cleanLines(content, LONGEST_NOTE);
  const [title = ''] = said.split('\n');
  const form = declareForm(deps.directory());
  const filled: Readonly<Record<string, string>> = { title: title.slice(0, 150), summary: said };
  return {
    ...form,
    fields: form.fields.map((field) => {
      const value = filled[field.name];
      return value === undefined || field.kind === 'check' ? field : { ...field, value };
    }),
  };
}

async function pressed(interaction: Interaction, speaker: Speaker, parts: WorkParts): Promise<Reply> {
  const pointer = readPointer(interaction.data?.custom_id ?? '');
  const front = parts.deps.front();
  const messageId = interaction.message?.id ?? null;
  if (pointer?.kind === 'again') {
    const form = await parts.forms.find(pointer.id);
    return form === null ? tooOld() : { kind: 'form', form };
  }
  const action = pointer?.kind === 'action' ? pointer.action : '';
  const value = pointer?.kind === 'action' ? await valueOf(pointer, parts) : '';
  return front.action({ ...speaker, messageId, action, value });
}

function tooOld(): Reply {
  const words = 'This form is not kept any more. Please type the command again.';
  return {
    kind: 'private',
    message: { blocks: [{ kind: 'text', line: [words] }], tone: 'warning', plain: words, notify: [] },
  };
}

async function sent(interaction: Interaction, speaker: Speaker, parts: WorkParts): Promise<Reply> {
  const pointer = readPointer(interaction.data?.custom_id ?? '');
  const form = pointer?.kind === 'form' ? pointer.form : '';
  const value = pointer?.kind === 'form' ? await valueOf(pointer, parts) : '';
  return parts.deps.front().submit({ ...speaker, form, value, fields: readFields(interaction) });
}

async function valueOf(
  { value, isKept }: ReadPointer & { readonly value: string },
  { values }: WorkParts,
): Promise<string> {
  // A key that nobody knows any more is answered like a button that does nothing any more.
  return isKept ? ((await values.find(value)) ?? '') : value;
}
