import { ChannelType } from 'discord-api-types/v10';

import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import { canSee } from '../permissions.ts';
import { dmWith } from '../state/channels.ts';
import type { Channel } from '../state/shapes.ts';
import type { Visit } from './visit.ts';

const SIGNS: Partial<Record<ChannelType, string>> = {
  [ChannelType.GuildVoice]: '🔊',
  [ChannelType.GuildForum]: '🗂',
  [ChannelType.PrivateThread]: '🔒',
  [ChannelType.PublicThread]: '↳',
};

/** Who one is, and where one can go: conversations with the bot, channels by category, threads below theirs. */
export function nav(visit: Visit): Html {
  const { discord, person } = visit;
  const { world } = discord;
  const seen = [...world.channels.values()].filter(
    (one) => one.guildId !== null && canSee(world, one, person.id),
  );
  const categories = seen.filter(({ type }) => type === ChannelType.GuildCategory).sort(byPosition);
  const inside = (parentId: string | null): readonly Channel[] =>
    seen
      .filter(
        (one) => one.parentId === parentId && one.type !== ChannelType.GuildCategory && one.thread === null,
      )
      .sort(byPosition);
  const group = (name: string, channels: readonly Channel[]): Html =>
    channels.length === 0
      ? NOTHING
      : html`<h3>${name}</h3>
          <ul>
            ${channels.map((one) => place(visit, one, threadsOf(seen, one)))}
          </ul>`;
  return html`<a class="close-nav" href="#stream">Close</a>
    <h2>${discord.guild.name}</h2>
    ${people(visit)}
    <h3>Direct messages</h3>
    <ul>
      ${place(visit, dmWith(world, person.id), [])}
    </ul>
    ${group('Channels', inside(null))} ${categories.map((one) => group(one.name, inside(one.id)))}`;
}

function byPosition(a: Channel, b: Channel): number {
  return a.position - b.position;
}

function threadsOf(seen: readonly Channel[], parent: Channel): readonly Channel[] {
  return seen.filter(({ thread, parentId }) => thread !== null && parentId === parent.id);
}

function people({ discord, person, channel }: Visit): Html {
  return html`<form class="who" method="get" action="/">
    <label for="as">You are</label>
    <select id="as" name="as" data-sends>
      ${discord.guild
        .people()
        .map(
          ({ name }) =>
            html`<option value="${name}" ${name === person.name ? 'selected' : ''}>${name}</option>`,
        )}
    </select>
    <input type="hidden" name="in" value="${channel.id}" />
    <button class="button secondary">Change</button>
  </form>`;
}

function place(visit: Visit, channel: Channel, threads: readonly Channel[]): Html {
  const { discord, person, memory, channel: here } = visit;
  const isHere = here.id === channel.id;
  const last = memory.read.get(channel.id) ?? '0';
  const unread = [...channel.messages.values()].filter(
    ({ id, authorId }) => BigInt(id) > BigInt(last) && authorId !== person.id,
  ).length;
  const name = channel.guildId === null ? discord.world.bot.username : channel.name;
  const sign = channel.guildId === null ? '@' : (SIGNS[channel.type] ?? '#');
  return html`<li>
    <a href="/?as=${encodeURIComponent(person.name)}&in=${channel.id}" ${isHere ? 'aria-current=page' : ''}>
      <span aria-hidden="true">${sign}</span>
      ${name}${channel.thread?.archived ? html` <span class="small">archived</span>` : NOTHING}
      ${unread === 0 || isHere ? NOTHING : html`<span class="unread">${unread}<span class="sr"> unread</span></span>`}
    </a>
    ${
      threads.length === 0
        ? NOTHING
        : html`<ul>
            ${threads.map((one) => place(visit, one, []))}
          </ul>`
    }
  </li>`;
}
