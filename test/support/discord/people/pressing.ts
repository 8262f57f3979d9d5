import { ComponentType, InteractionType, MessageFlags } from 'discord-api-types/v10';

import { messagesOf } from '../interactions/interaction.ts';
import { startInteraction } from '../interactions/start.ts';
import { canSee } from '../permissions.ts';
import { everyComponent } from '../rest/bodies/components.ts';
import type { Fields, Message } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { resolved } from './command-options.ts';
import { whenSeen } from './seen.ts';
import type { Form, Seen } from './seen.ts';

/** What is filled into a form, by the custom id or the label of each field. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** Finds a message that the person sees: in a channel, or shown to them alone. */
export function messageFor(world: World, userId: string, id: string): Message {
  for (const channel of world.channels.values()) {
    const message = channel.messages.get(id);
    if (message !== undefined && canSee(world, channel, userId)) return message;
  }
  for (const interaction of world.interactions.values()) {
    const message = messagesOf(interaction).find((one) => one.id === id && one.ephemeralTo === userId);
    if (message !== undefined) return message;
  }
  throw new Error(`This person sees no message ${id}`);
}

/** Something on a message that is pressed. */
export interface Press {
  readonly messageId: string;
  /** The custom id, or the words on it. */
  readonly component: string;
  readonly waitMs?: number | undefined;
}

/** Clicks a button by its custom id or by its label. */
export async function clickButton(world: World, userId: string, press: Press): Promise<Seen> {
  const message = messageFor(world, userId, press.messageId);
  const button = componentOf(message, press.component, (type) => type === Number(ComponentType.Button));
  return send(world, { userId, message, component: button, values: null, waitMs: press.waitMs });
}

/** Chooses in a select menu: values of its list, or ids of people, roles or channels. */
export async function chooseIn(
  world: World,
  userId: string,
  press: Press & { readonly values: readonly string[] },
): Promise<Seen> {
  const message = messageFor(world, userId, press.messageId);
  const select = componentOf(message, press.component, (type) => type === 3 || (type >= 5 && type <= 8));
  refuseValues(select, press.values);
  return send(world, { userId, message, component: select, values: press.values, waitMs: press.waitMs });
}

function componentOf(message: Message, name: string, isKind: (type: number) => boolean): Fields {
  const all = everyComponent(message.components)
    .map(({ component }) => component)
    .filter(({ type }) => isKind(Number(type)));
  const found =
    all.find((one) => one['custom_id'] === name) ??
    all.find((one) => one['label'] === name || one['placeholder'] === name);
  if (found === undefined) {
    const there = all.map(
      (one) => `${String(one['label'] ?? one['placeholder'])} (${String(one['custom_id'])})`,
    );
    throw new Error(`The message has nothing like ${name} to press; it has ${there.join(', ') || 'nothing'}`);
  }
  if (found['disabled'] === true) throw new Error(`${name} is greyed out`);
  if (typeof found['custom_id'] !== 'string')
    throw new Error(`${name} is a link: it tells the application nothing`);
  return found;
}

function refuseValues(select: Fields, values: readonly string[]): void {
  const options = select['options'];
  const all = Array.isArray(options) && select['type'] === ComponentType.CheckboxGroup ? options.length : 1;
  const [least, most] = [Number(select['min_values'] ?? 1), Number(select['max_values'] ?? all)];
  if (values.length < least || values.length > most) throw new Error(`Choose ${least} to ${most} there`);
  if (!Array.isArray(options)) return;
  const known = options.map((one: Fields) => one['value']);
  const strange = values.find((value) => !known.includes(value));
  if (strange !== undefined) throw new Error(`${strange} is none of ${known.join(', ')}`);
}

interface Sent {
  readonly userId: string;
  readonly message: Message;
  readonly component: Fields;
  readonly values: readonly string[] | null;
  readonly waitMs: number | undefined;
}

function send(world: World, { userId, message, component, values, waitMs }: Sent): Promise<Seen> {
  const data = {
    id: component['id'],
    custom_id: component['custom_id'],
    component_type: component['type'],
    ...(values === null ? {} : { values, ...chosen(world, Number(component['type']), values) }),
  };
  const interaction = startInteraction(world, {
    type: InteractionType.MessageComponent,
    userId,
    channelId: message.channelId,
    data,
    commandName: null,
    message,
  });
  return whenSeen(world, interaction, waitMs);
}

function chosen(world: World, type: number, ids: readonly string[]) {
  if (type < 5 || type > 8) return {};
  return resolved(world, {
    users: ids.filter((id) => world.users.has(id)),
    roles: ids.filter((id) => world.guild.roles.has(id)),
    channels: ids.filter((id) => world.channels.has(id)),
  });
}

/** Fills a form in and sends it; an error when the client would not let it be sent. */
export async function submitForm(
  world: World,
  form: Form,
  { values, waitMs }: { readonly values: FormValues; readonly waitMs?: number | undefined },
): Promise<Seen> {
  const used = new Set<string>();
  const components = form.components.map((one) => filled(one, values, used));
  const strange = Object.keys(values).find((name) => !used.has(name));
  if (strange !== undefined) throw new Error(`The form ${form.title} has no field ${strange}`);
  const { interaction: before } = form;
  const interaction = startInteraction(world, {
    type: InteractionType.ModalSubmit,
    userId: before.userId,
    channelId: before.channelId,
    data: { custom_id: form.custom_id, components, ...picked(world, components) },
    commandName: null,
    message: before.message !== null && !isGone(world, before.message) ? before.message : null,
  });
  return whenSeen(world, interaction, waitMs);
}

/** Who and what was chosen in the form's menus of people, roles and channels. */
function picked(world: World, components: readonly Fields[]) {
  const ids = everyComponent(components).flatMap(({ component: { type, values } }) =>
    Number(type) >= 5 && Number(type) <= 8 && Array.isArray(values) ? values.map(String) : [],
  );
  return chosen(world, ComponentType.MentionableSelect, ids);
}

function isGone(world: World, { channelId, id, flags }: Message): boolean {
  return (flags & MessageFlags.Ephemeral) === 0 && !world.channels.get(channelId)?.messages.has(id);
}

/** A component of a form with what the person gave; the label around it names it for them. */
function filled(component: Fields, values: FormValues, used: Set<string>, label?: unknown): Fields {
  const inner = component['component'];
  const { type, id = 0 } = component;
  if (type === ComponentType.Label)
    return { type, id, component: filled(inner as Fields, values, used, component['label']) }; // Labels hold one.
  if (type === ComponentType.ActionRow) {
    const inside = Array.isArray(component['components'])
      ? (component['components'] as readonly Fields[])
      : [];
    return { type, id, components: inside.map((one) => filled(one, values, used)) };
  }
  if (type === ComponentType.TextDisplay) return { type, id };
  const customId = String(component['custom_id']);
  const names = [customId, textOf(label) || textOf(component['label']) || customId];
  const name = names.find((one) => values[one] !== undefined);
  if (name !== undefined) used.add(name);
  const given = name === undefined ? undefined : values[name];
  return { type, id, custom_id: customId, ...valueOf(component, given) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function valueOf(component: Fields, given: string | readonly string[] | undefined): Fields {
  const name = String(component['custom_id']);
  const values = given === undefined ? [] : [given].flat();
  if (component['type'] === ComponentType.Checkbox) return { value: values.includes('true') };
  if (component['type'] !== ComponentType.TextInput) {
    if (component['required'] !== false && values.length === 0) throw new Error(`The form needs ${name}`);
    if (values.length > 0) refuseValues(component, values);
    return component['type'] === ComponentType.RadioGroup ? { value: values[0] ?? null } : { values };
  }
  const text = textOf(given ?? component['value']);
  if (component['required'] !== false && text === '') throw new Error(`The form needs ${name}`);
  const [least, most] = [Number(component['min_length'] ?? 0), Number(component['max_length'] ?? 4000)];
  if (text !== '' && (text.length < least || text.length > most))
    throw new Error(`${name} takes ${least} to ${most} characters`);
  return { value: text };
}
