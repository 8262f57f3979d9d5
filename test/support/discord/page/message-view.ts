import { MessageType } from 'discord-api-types/v10';

import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import type { Fields, Message } from '../state/shapes.ts';
import { messageJson } from '../wire/message.ts';
import { colour, componentsView, fieldsIn, wordOf } from './component-view.ts';
import { markdown } from './markdown.ts';
import { whereFields } from './visit.ts';
import type { Visit } from './visit.ts';

const LOADING = 1 << 7;

/** A message with everything that one can read and press on it. */
export function messageView(visit: Visit, message: Message): Html {
  const { world } = visit.discord;
  const author = world.users.get(message.authorId);
  const name = author?.username ?? 'somebody';
  if (message.type === MessageType.ChannelPinnedMessage)
    return html`<li class="system">📌 ${name} pinned a message to this channel.</li>`;
  const isPrivate = message.ephemeralTo !== null;
  const isThinking = (message.flags & LOADING) !== 0;
  return html`<li class="message${isPrivate ? ' private' : ''}" id="m${message.id}">
    <span class="face ${author?.isBot ? 'bot' : ''}" aria-hidden="true"
      >${name.slice(0, 1).toUpperCase()}</span
    >
    <article aria-label="${name}">
      ${above(visit, message)}
      <header>
        <strong>${name}</strong>${author?.isBot ? html` <span class="tag">APP</span>` : NOTHING}
        <time datetime="${message.createdAt.toISOString()}"
          >${message.createdAt.toISOString().slice(11, 16)}</time
        >
        ${message.pinnedAt === null ? NOTHING : html`<span class="small">📌 pinned</span>`}
      </header>
      <div class="text">
        ${isThinking ? html`<p class="thinking">${name} is thinking…</p>` : markdown(world, message.content)}
        ${message.editedAt === null ? NOTHING : html`<span class="small">(edited)</span>`}
      </div>
      ${message.embeds.map((embed) => embedView(visit, embed))}
      ${componentsView(visit, message.id, message.components)} ${files(visit, message)}
      ${reactions(visit, message)} ${isPrivate ? privateNote(visit, message) : menu(visit, message)}
    </article>
  </li>`;
}

function above({ discord }: Visit, { interaction, replyTo }: Message): Html {
  const who = interaction === null ? undefined : discord.world.users.get(interaction.userId)?.username;
  if (interaction !== null && interaction.name !== null)
    return html`<p class="above">${who ?? 'Somebody'} used <b>/${interaction.name}</b></p>`;
  const target =
    replyTo === null
      ? undefined
      : discord.world.channels.get(replyTo.channelId)?.messages.get(replyTo.messageId);
  if (target === undefined) return NOTHING;
  const author = discord.world.users.get(target.authorId)?.username ?? 'somebody';
  return html`<p class="above">↪ ${author}: ${target.content.slice(0, 80) || 'a message'}</p>`;
}

function embedView(visit: Visit, embed: Fields): Html {
  const { world } = visit.discord;
  const part = (key: string): Fields => fieldsIn([embed[key]])[0] ?? {};
  const title = wordOf(embed['title']);
  const url = wordOf(embed['url']);
  const footer = wordOf(part('footer')['text']);
  const stamp = wordOf(embed['timestamp']);
  return html`<section class="embed" style="--bar: ${colour(embed['color'])}">
    ${wordOf(part('author')['name']) && html`<p class="small">${wordOf(part('author')['name'])}</p>`}
    ${title && html`<div class="h">${url ? html`<a href="${url}">${markdown(world, title)}</a>` : markdown(world, title)}</div>`}
    ${markdown(world, wordOf(embed['description']))}
    <dl>
      ${fieldsIn(embed['fields']).map(
        (field) =>
          html`<div class="${field['inline'] === true ? 'inline' : ''}">
            <dt>${markdown(world, wordOf(field['name']))}</dt>
            <dd>${markdown(world, wordOf(field['value']))}</dd>
          </div>`,
      )}
    </dl>
    ${footer || stamp ? html`<p class="small">${[footer, stamp.slice(0, 16).replace('T', ' ')].filter(Boolean).join(' · ')}</p>` : NOTHING}
  </section>`;
}

function files({ discord }: Visit, message: Message): Html {
  if (message.attachments.length === 0) return NOTHING;
  const { attachments } = messageJson(discord.world, message);
  return html`<ul class="files">
    ${attachments.map(({ url, filename, size }) => html`<li><a href="${url}">📎 ${filename}</a> <span class="small">${size} bytes</span></li>`)}
  </ul>`;
}

function reactions(visit: Visit, message: Message): Html {
  if (message.reactions.size === 0) return NOTHING;
  return html`<form class="row" method="post" action="/act/react?${whereFields(visit)}">
    <input type="hidden" name="message" value="${message.id}" />
    ${[...message.reactions].map(
      ([emoji, people]) =>
        html`<button
          class="chip"
          name="emoji"
          value="${emoji}"
          aria-pressed="${String(people.has(visit.person.id))}"
        >
          ${emoji} ${people.size}
        </button>`,
    )}
  </form>`;
}

function privateNote(visit: Visit, { id }: Message): Html {
  return html`<form class="small" method="post" action="/act/dismiss?${whereFields(visit)}">
    👁 Only you can see this ·
    <button class="plain" name="message" value="${id}">Dismiss message</button>
  </form>`;
}

function menu(visit: Visit, message: Message): Html {
  const apps = visit.discord.commands().filter(({ type }) => type === 3);
  const own = message.authorId === visit.person.id;
  const act = (what: string): string => `/act/${what}?${whereFields(visit)}`;
  const hidden = html`<input type="hidden" name="message" value="${message.id}" />`;
  return html`<details class="menu">
    <summary aria-label="What to do with this message">•••</summary>
    <div class="sheet">
      <form method="post" action="${act('react')}">
        ${hidden}
        ${['👍', '✅', '👀', '📌'].map((emoji) => html`<button class="chip" name="emoji" value="${emoji}">${emoji}</button>`)}
      </form>
      ${apps.map(
        ({ name }) =>
          html`<form method="post" action="${act('menu')}">
            ${hidden}<button class="plain" name="name" value="${name}">Apps › ${name}</button>
          </form>`,
      )}
      <form method="post" action="${act('pin')}">
        ${hidden}<button class="plain">${message.pinnedAt === null ? 'Pin' : 'Unpin'} message</button>
      </form>
      ${
        own
          ? html`<form method="post" action="${act('edit')}">
                ${hidden}<input name="text" aria-label="New words" value="${message.content}" /><button
                  class="plain"
                >
                  Save
                </button>
              </form>
              <form method="post" action="${act('delete')}">
                ${hidden}<button class="plain danger-text">Delete message</button>
              </form>`
          : NOTHING
      }
    </div>
  </details>`;
}
