import { createHash } from 'node:crypto';

import { NOTHING, html } from '../../../../src/chat/console/web/html.ts';
import type { Html } from '../../../../src/chat/console/web/html.ts';
import { composer } from './composer.ts';
import { formView } from './form-view.ts';
import { markdown } from './markdown.ts';
import { nav } from './nav.ts';
import { stream } from './stream.ts';
import { whereFields } from './visit.ts';
import type { Visit } from './visit.ts';

/** The parts of the page that change by themselves, with a mark that changes whenever they do. */
export function livePart(visit: Visit): { readonly html: Html; readonly mark: string } {
  const part = html`<main>
      <div id="stream" class="stream" tabindex="0" aria-label="Messages" role="log">${stream(visit)}</div>
    </main>
    <nav id="nav" aria-label="Channels">${nav(visit)}</nav>`;
  return { html: part, mark: createHash('sha256').update(String(part)).digest('hex').slice(0, 16) };
}

/** The whole page as one person sees one channel. */
export function page(visit: Visit): Html {
  const { discord, channel, memory } = visit;
  const name = channel.guildId === null ? discord.world.bot.username : channel.name;
  const live = livePart(visit);
  const notice = memory.notice;
  memory.notice = null;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${name} · Discord on this machine</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/page.css" />
        <script src="/page.js" defer></script>
      </head>
      <body data-live="/live?${whereFields(visit)}" data-mark="${live.mark}">
        <a class="skip" href="#text">Skip to writing</a>
        <header class="top">
          <a class="button secondary to-nav" href="#nav">Channels</a>
          <h1>${channel.guildId === null ? '@' : '#'} ${name}</h1>
          ${channel.topic ? html`<div class="topic small">${markdown(discord.world, channel.topic.replaceAll(/\s+/g, ' '))}</div>` : NOTHING}
        </header>
        <div id="live" class="live">${live.html}</div>
        <footer>
          ${notice === null ? NOTHING : html`<p class="failed" role="alert">⚠ ${notice}</p>`}
          ${composer(visit)}
        </footer>
        ${memory.form === null ? NOTHING : formView(visit, memory.form)}
      </body>
    </html>`;
}
