import { ButtonStyle, ComponentType } from 'discord-api-types/v10';

import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import type { Fields } from '../state/shapes.ts';
import { markdown } from './markdown.ts';
import { whereFields } from './visit.ts';
import type { Visit } from './visit.ts';

/** Buttons, menus and boxes of a message, each a form of its own. */
export function componentsView(visit: Visit, messageId: string, components: readonly Fields[]): Html {
  return html`${components.map((one) => componentView(visit, messageId, one))}`;
}

function componentView(visit: Visit, messageId: string, component: Fields): Html {
  const inside = (): Html => componentsView(visit, messageId, fieldsIn(component['components']));
  switch (component['type']) {
    case ComponentType.ActionRow:
      return html`<div class="row">${inside()}</div>`;
    case ComponentType.Button:
      return button(visit, messageId, component);
    case ComponentType.Container:
      return html`<div class="embed" style="--bar: ${colour(component['accent_color'])}">${inside()}</div>`;
    case ComponentType.Section:
      return html`<div class="section">
        <div>${inside()}</div>
        ${componentsView(visit, messageId, fieldsIn([component['accessory']]))}
      </div>`;
    case ComponentType.TextDisplay:
      return html`<div class="text">${markdown(visit.discord.world, wordOf(component['content']))}</div>`;
    case ComponentType.Separator:
      return html`<hr />`;
    default:
      return isSelect(component) ? select(visit, messageId, component) : NOTHING;
  }
}

/** The objects in a list of the wire. */
export function fieldsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value)
    ? value.filter((one): one is Fields => typeof one === 'object' && one !== null)
    : [];
}

/** A text of the wire; nothing when it is none. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A colour of the wire for a style sheet. */
export function colour(value: unknown): string {
  return typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : 'var(--line)';
}

function isSelect({ type }: Fields): boolean {
  return type === ComponentType.StringSelect || (typeof type === 'number' && type >= 5 && type <= 8);
}

const LOOKS: Readonly<Record<number, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
};

function button(visit: Visit, messageId: string, component: Fields): Html {
  const emoji = wordOf(fieldsIn([component['emoji']])[0]?.['name']);
  const label = html`${emoji === '' ? '' : `${emoji} `}${wordOf(component['label'])}`;
  if (component['style'] === ButtonStyle.Link)
    return html`<a
      class="button secondary"
      href="${wordOf(component['url'])}"
      target="_blank"
      rel="noreferrer"
      >${label} ↗</a
    >`;
  const look = LOOKS[Number(component['style'])] ?? 'secondary';
  return html`<form method="post" action="/act/click?${whereFields(visit)}">
    <input type="hidden" name="message" value="${messageId}" />
    <button
      class="button ${look}"
      name="component"
      value="${wordOf(component['custom_id'])}"
      ${component['disabled'] === true ? 'disabled' : ''}
    >
      ${label}
    </button>
  </form>`;
}

function select(visit: Visit, messageId: string, component: Fields): Html {
  const name = wordOf(component['placeholder']) || 'Choose';
  const most = Number(component['max_values'] ?? 1);
  const options = optionsOf(visit, component);
  return html`<form class="select" method="post" action="/act/select?${whereFields(visit)}">
    <input type="hidden" name="message" value="${messageId}" />
    <input type="hidden" name="component" value="${wordOf(component['custom_id'])}" />
    <select
      name="values"
      aria-label="${name}"
      ${most > 1 ? 'multiple' : ''}
      ${component['disabled'] === true ? 'disabled' : ''}
      data-sends
    >
      ${most > 1 ? NOTHING : html`<option value="" disabled selected>${name}</option>`}
      ${options.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
    </select>
    <button class="button secondary">Choose</button>
  </form>`;
}

/** What a menu offers: its own list, or the people, roles or channels there are. */
export function optionsOf(
  { discord }: Visit,
  component: Fields,
): readonly { readonly value: string; readonly label: string }[] {
  const own = fieldsIn(component['options']).map((one) => ({
    value: wordOf(one['value']),
    label: [wordOf(one['label']), wordOf(one['description'])].filter(Boolean).join(': '),
  }));
  const people = discord.guild.people().map(({ id, name }) => ({ value: id, label: name }));
  const roles = [...discord.world.guild.roles.values()].map(({ id, name }) => ({ value: id, label: name }));
  const channels = discord.guild.channels().map(({ id, name }) => ({ value: id, label: name }));
  switch (component['type']) {
    case ComponentType.UserSelect:
      return people;
    case ComponentType.RoleSelect:
      return roles;
    case ComponentType.MentionableSelect:
      return [...people, ...roles];
    case ComponentType.ChannelSelect:
      return channels;
    default:
      return own;
  }
}
